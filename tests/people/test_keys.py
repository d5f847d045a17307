"""Whatever is written of a person, they are found by what is recorded now, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from support.said import HEARD

from referral.db import db
from referral.people.actions import (
    identify,
    new_phone,
    now_says,
    reindex,
    traits_of,
    unindex,
)
from referral.people.detail_queries import details_of
from referral.people.details import Detail, counting, ever_said
from referral.people.identity import Identity
from referral.people.keys import keys_of, keys_to_ask
from referral.people.models import Person, PersonAlias, PersonKey, PersonTraits, SaidDetail
from referral.people.queries import candidates
from referral.people.traits import Traits, traits

NAMES = st.sampled_from(["Ann", "Màiri", "Bill", "Euan", "Dixon-Spencer", "MacNeil", "Kerr", "Ó"])
IDENTITIES = st.builds(
    Identity,
    forename=NAMES,
    surname=NAMES,
    middle=st.one_of(st.just(""), NAMES),
    date_of_birth=st.none() | st.dates(date(1970, 1, 1), date(1972, 12, 31)),
    sex=st.sampled_from("MFXU"),
    postcode=st.sampled_from(["", "G1 1AA", "EH1 2BB", "g11aa"]),
    phone=st.sampled_from(["", "07700 900001", "07700 900002"]),
    number=st.sampled_from(["", "07700 900003"]),
    s_number=st.sampled_from(["", "S123456/05K", "7"]),
)


def rebuilt() -> set[tuple[int, int]]:
    """The keys table as it would be made from nothing."""
    made = set()
    for number, person in db.session.execute(
        select(PersonTraits.number, Person).join(Person, Person.id == PersonTraits.person_id)
    ):
        aliases = db.session.scalars(
            select(PersonAlias)
            .where(PersonAlias.person_id == person.id)
            .order_by(PersonAlias.surname, PersonAlias.forename, PersonAlias.id)
        ).all()
        said = details_of(person.id)
        made |= {(key, number) for key in keys_of(traits_of(person, [], aliases, said))}
    return made


def kept() -> set[tuple[int, int]]:
    return {tuple(row) for row in db.session.execute(select(PersonKey.key, PersonKey.number))}


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=st.lists(st.tuples(IDENTITIES, st.integers(0, 3)), min_size=1, max_size=6))
def test_adding_and_changing_people_keeps_the_keys_equal_to_a_rebuild(app, history):
    with app.app_context():
        known = []
        for identity, chosen in history:
            again = known[chosen] if chosen < len(known) else None
            person = identify(identity, again, HEARD)
            known = [*known, person.id] if again is None else known
            assert kept() == rebuilt()
            assert person.id in {one.person.id for one in candidates(identity)}
        db.session.rollback()


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=IDENTITIES, second=IDENTITIES)
def test_moving_aliases_and_fields_and_reindexing_keeps_them_equal_too(app, first, second):
    with app.app_context():
        one, other = identify(first, None, HEARD), identify(second, None, HEARD)
        identify(replace(second, surname="Baxter", postcode="KA1 1AA"), other.id, HEARD)
        for moved in (PersonAlias, SaidDetail):
            for row in db.session.scalars(select(moved).where(moved.person_id == other.id)):
                row.person_id = one.id
        new_phone(one, "07700 900009", HEARD)
        reindex(other)
        assert kept() == rebuilt()
        unindex(other)
        assert kept() == rebuilt()
        assert other.id not in {found.person.id for found in candidates(second)}
        reindex(other)
        assert kept() == rebuilt()
        db.session.rollback()


def test_another_name_and_an_earlier_address_are_kept_and_found(app):
    first = Identity("Shona", "Gillanders", date(1988, 3, 7), postcode="G12 8QQ", sex="F")
    with app.app_context():
        person = identify(first, None, HEARD)
        married = replace(first, surname="Baxter", postcode="EH1 1AA")
        assert identify(married, person.id, HEARD) is person
        aliases = db.session.scalars(select(PersonAlias)).all()
        assert [(a.forename, a.surname, a.date_of_birth) for a in aliases] == [
            ("Shona", "Baxter", None)
        ]
        assert ever_said(details_of(person.id), Detail.POSTCODE) == ["EH1 1AA", "G12 8QQ"]
        assert (person.surname, person.date_of_birth) == ("Gillanders", date(1988, 3, 7))
        assert candidates(married)[0].person is person
        found = candidates(first)
        assert found[0].person is person
        assert found[0].confident
        assert "same postcode" in found[0].why


def test_earlier_numbers_are_kept_and_found(app):
    first = Identity("Shona", "Gillanders", phone="07700 900001", s_number="S123456/05K")
    with app.app_context():
        person = identify(first, None, HEARD)
        identify(replace(first, phone="07700 900002"), person.id, HEARD)
        identify(replace(first, phone="+44 7700 900002", s_number="S998877/11C"), person.id, HEARD)
        said = details_of(person.id)
        assert ever_said(said, Detail.S_NUMBER)[::2] == ["S998877/11C", "S123456/05K"]
        assert ever_said(said, Detail.PHONE)[1:] == ["07700 900002", "07700 900001"]
        found = candidates(replace(first, surname="Baxter", s_number=""))
        assert found[0].person is person
        assert "same phone number" in found[0].why
        assert candidates(replace(first, phone=""))[0].confident


def test_a_number_and_an_address_said_anew_on_any_page_leave_those_before_found(app):
    first = Identity("Shona", "Gillanders", phone="07700 900001", postcode="G51 2AB")
    with app.app_context():
        person = identify(first, None, HEARD)
        new_phone(person, "07700 900002", HEARD)
        now_says(person, {Detail.PHONE: "", Detail.POSTCODE: "G41 1AA"}, HEARD)
        said = details_of(person.id)
        assert ever_said(said, Detail.PHONE) == ["", "07700 900002", "07700 900001"]
        assert ever_said(said, Detail.POSTCODE) == ["G41 1AA", "G51 2AB"]
        assert "same phone number" in candidates(replace(first, surname="Baxter"))[0].why


def test_who_was_joined_is_found_by_the_numbers_of_both_records(app):
    with app.app_context():
        one = identify(Identity("Shona", "Gillanders", s_number="S123456/05K"), None, HEARD)
        other = identify(Identity("Shona", "Gilanders", s_number="S998877/11C"), None, HEARD)
        other.merged_into_id = one.id
        reindex(other)
        reindex(one)
        for number in ("S123456/05K", "S998877/11C"):
            found = candidates(Identity("Shona", "Baxter", s_number=number))
            assert [(like.person, like.confident) for like in found] == [(one, True)]


def test_coming_back_unchanged_writes_no_alias(app):
    first = Identity("Shona", "Gillanders", date(1988, 3, 7), postcode="G12 8QQ", phone="0141")
    with app.app_context():
        person = identify(first, None, HEARD)
        identify(replace(first, date_of_birth=None, postcode=""), person.id, HEARD)
        identify(replace(first, postcode="g128qq"), person.id, HEARD)
        assert db.session.scalars(select(PersonAlias)).all() == []
        assert not any(now.changed for now in counting(details_of(person.id)).values())


def test_a_stranger_is_nobody(app):
    with app.app_context():
        identify(Identity("Shona", "Gillanders", date(1988, 3, 7)), None, HEARD)
        assert candidates(Identity("Piotr", "Wojcik", date(1970, 12, 30))) == []
        assert candidates(Identity("", "")) == []


@pytest.mark.parametrize(
    ("known", "said", "kept"),
    [("F", "U", "F"), ("F", "M", "F"), ("U", "X", "X"), ("U", "U", "U")],
)
def test_a_sex_that_is_known_is_not_lost_where_nobody_said_it_again(app, known, said, kept):
    first = Identity("Shona", "Gillanders", sex=known)
    with app.app_context():
        person = identify(first, None, HEARD)
        assert person.sex == known
        assert identify(replace(first, sex=said), person.id, HEARD).sex == kept


@pytest.mark.parametrize(("sex", "compared"), [("M", "M"), ("F", "F"), ("X", ""), ("U", "")])
def test_only_a_sex_that_sets_people_apart_is_compared(sex, compared):
    assert asked(sex=sex).sex == compared


def asked(forename="", surname="", born=None, *, sex="", code="", phone="", number="") -> Traits:
    """What somebody typed."""
    return traits([(forename, "", surname)], [born], sex, [code], [(phone, number)])


def test_a_number_is_worth_more_than_both_names_and_they_more_than_the_rest():
    nobody = keys_to_ask(asked())

    def worth(**typed) -> list[int]:
        return sorted(
            worth for key, worth in keys_to_ask(asked(**typed)).items() if key not in nobody
        )

    assert worth(phone="07700 900001") == [4]
    assert worth(number="S123456/05K") == [4, 4, 4, 4]
    assert worth(born=date(1988, 3, 7)) == [1]
    assert worth(forename="Chloe", surname="Gillanders") == [2]
    birth_and_names = worth(forename="Chloe", surname="Gillanders", born=date(1988, 3, 7))
    assert birth_and_names == [1] * 7 + [2]
    short = worth(forename="Al", surname="Gillanders")
    assert set(short) == {2}
    assert len(short) > 1  # and of the full names that it stands for


@pytest.mark.parametrize(
    ("names", "typed"),
    [
        (("Олександр", "Шевченко"), ("олександр", "ШЕВЧЕНКО")),
        (("محمد", "علي"), ("محمد", "علي")),
    ],
)
def test_at_the_desk_a_name_in_another_script_is_found_without_a_birth_date(app, names, typed):
    with app.app_context():
        known = identify(Identity(*names, date(1990, 4, 2)), None, HEARD)
        identify(Identity("Дмитро", "Бойко", date(1990, 4, 2)), None, HEARD)
        found = candidates(Identity(*typed, None))
        assert [one.person.id for one in found] == [known.id]
        assert "same name" in found[0].why
        assert not found[0].confident
