"""The last word on a phone, an address or a language counts, and none of them is lost."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from support.one_writer import PRODUCT, worked_out
from support.said import AT, HEARD, everybody_is_as_was_said
from support.stories import centre, moment

from referral.accounts.users.models import User
from referral.acts.kinds import ActKind
from referral.acts.queries import last_act
from referral.casework.contact_plan.actions import PlanDetails, make
from referral.consent.actions import PLAINLY, Agreement, ContactRules, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.contact.own_page.actions import ReachDetails, change_reach, code_for
from referral.contact.own_page.queries import last_card
from referral.custody.actions import BookingDetails
from referral.custody.places import Mistake
from referral.custody.stay_actions import MistakeDetails
from referral.db import db
from referral.desk.actions import Arrival, StillTrue, arrive, confirm
from referral.desk.mistake_actions import bring_back, call_mistake
from referral.merging.detaching.actions import DetachDetails, detach
from referral.merging.joining.actions import JoinDetails, join
from referral.merging.parting.actions import PartDetails, part
from referral.people.actions import identify, new_phone, now_says
from referral.people.detail_queries import details_of
from referral.people.details import (
    UNSAID,
    Detail,
    HeardIn,
    columns,
    counting,
    read,
    silent,
    typed,
    written,
)
from referral.people.identity import Identity
from referral.people.models import Person, SaidDetail
from referral.people.queries import candidates
from referral.people.sources import Source

WHO = Identity(
    "Shona",
    "Gillanders",
    postcode="G51 2AB",
    phone="07700 900001",
    s_number="S123456/05K",
    language="pl",
    interpreter=True,
)
HOUR = timedelta(hours=1)
WORDS = st.builds(
    SaidDetail,
    detail=st.sampled_from(Detail),
    value=st.sampled_from(("", "yes", "07700 900001", "G51 2AB")),
    said_by=st.just(Source.PERSON),
    heard_in=st.sampled_from(HeardIn),
    happened_at=st.just(AT),
    taken_back_at=st.sampled_from((None, AT)),
)


@given(words=st.lists(WORDS, max_size=12), data=st.data())
def test_the_last_word_that_stands_counts_in_whatever_order_they_are_read(words, data):
    for order, word in enumerate(words):
        word.order = order
    by_hand = dict(UNSAID)
    for word in words:
        if word.taken_back_at is None and word.detail in UNSAID:
            by_hand[word.detail] = read(word.detail, word.value)
    assert columns(data.draw(st.permutations(words))) == by_hand


@pytest.mark.parametrize("detail", UNSAID)
def test_a_value_comes_back_as_it_was_written(detail):
    for value in (True, False) if isinstance(UNSAID[detail], bool) else ("pl", UNSAID[detail]):
        assert read(detail, written(value)) == value


def test_a_form_that_was_left_blank_says_nothing_and_replaces_nothing(app):
    assert typed(silent(WHO)) == {}
    with app.app_context():
        person = identify(WHO, None, HEARD)
        said = details_of(person.id)
        assert {word.detail for word in said} == UNSAID.keys() - {Detail.COUNCIL}
        identify(silent(WHO), person.id, HEARD)
        assert details_of(person.id) == said
        assert (person.phone, person.postcode, person.s_number, person.language) == (
            WHO.phone, WHO.postcode, WHO.s_number, "pl",
        )  # fmt: skip
        assert person.interpreter


def test_that_there_is_no_phone_and_no_fixed_abode_is_a_word_and_the_old_ones_are_found(app):
    with app.app_context():
        person = identify(WHO, None, HEARD)
        now_says(person, {Detail.PHONE: "", Detail.NO_FIXED_ABODE: True}, HEARD)
        assert (person.phone, person.postcode, person.no_fixed_abode) == ("", "", True)
        now = counting(details_of(person.id))
        assert now[Detail.PHONE].changed
        assert not now[Detail.LANGUAGE].changed
        assert candidates(WHO)[0].person is person
        identify(replace(silent(WHO), postcode="G41 1AA"), person.id, HEARD)
        assert (person.postcode, person.no_fixed_abode) == ("G41 1AA", False)


def test_the_same_number_written_in_another_way_is_no_change(app):
    with app.app_context():
        person = identify(WHO, None, HEARD)
        new_phone(person, "+44 7700 900001", HEARD)
        assert not counting(details_of(person.id))[Detail.PHONE].changed


ANN = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 10:00 Ann agreed telling DRUG
"""


def heard(person: Person, detail: Detail) -> list[tuple]:
    """Each word on a detail: what, in the course of what, out of whose mouth, who wrote it down."""
    names = dict(db.session.execute(select(User.id, User.name).order_by(User.name)).all())
    return [
        (word.value, word.heard_in, word.said_by, names.get(word.by_id))
        for word in details_of(person.id)
        if word.detail is detail
    ]


def test_each_word_says_who_said_it_where_and_who_wrote_it_down(stories):
    stay = stories.play(ANN).came["Ann"]
    person, case = stay.person, stories.case("Ann")
    at = moment("2026-08-03 11:00")
    confirm(stay, StillTrue(phone="07700 900001"), stories.officer, at)
    call = Agreement(
        Purpose.CONTACT, Answer.GRANTED, rules=ContactRules(("call",), ""), phone="07700 900002"
    )
    record_agreements(person, [call], PLAINLY, stories.worker, at + HOUR)
    plan = PlanDetails("call", "readback", phone="07700 900003")
    make(case, plan, 0, stories.worker, at + 2 * HOUR)
    person.date_of_birth = date(1985, 5, 3)
    code_for(person, case.team_id, stories.worker, at)
    db.session.flush()
    change_reach(last_card(person.id), ReachDetails(True, phone="07700 900004"), at + 3 * HOUR)
    mouth, officer, worker = Source.PERSON, stories.officer.name, stories.worker.name
    assert heard(person, Detail.PHONE) == [
        ("07700 900123", HeardIn.BOOKING, mouth, officer),
        ("07700 900001", HeardIn.STAY, mouth, officer),
        ("07700 900002", HeardIn.AGREEMENT, mouth, worker),
        ("07700 900003", HeardIn.PLAN, mouth, worker),
        ("07700 900004", HeardIn.OWN_PAGE, mouth, None),
    ]
    council = stay.centre.council_code  # where they were booked: they did not say where they live
    assert heard(person, Detail.COUNCIL) == [(council, HeardIn.BOOKING, Source.OFFICER, officer)]
    everybody_is_as_was_said()


def test_what_was_said_in_a_booking_by_mistake_counts_no_more_and_again_when_it_was_none(stories):
    stay = stories.play(ANN).came["Ann"]
    stories.play("2026-08-03 20:00 Ann released")
    here = replace(stories.officer, centre_id=centre("Govan").id)
    at, person = moment("2026-08-04 09:00"), stay.person
    again = arrive(Arrival(BookingDetails(WHO, at, person.id)), here, at)
    confirm(again, StillTrue(postcode="G41 1AA"), here, at)
    plan = PlanDetails("call", "readback", phone="07700 900005")
    make(stories.case("Ann"), plan, 0, stories.worker, at + HOUR)
    assert person.postcode == "G41 1AA"
    assert (person.phone, person.language) == ("07700 900005", "pl")
    call_mistake(again, MistakeDetails(Mistake.WRONG, again.version), here, at + 2 * HOUR)
    assert (person.phone, person.language) == ("07700 900005", "en")  # to a worker, not in it
    assert (person.s_number, person.postcode) == ("", "")
    bring_back(again, last_act(again.id, (ActKind.VOIDED,)), "no", here, at + 3 * HOUR)
    assert (person.language, person.s_number) == ("pl", WHO.s_number)
    everybody_is_as_was_said()


def test_what_was_said_in_a_stay_goes_with_it_when_it_was_somebody_else(stories):
    stay = stories.play(ANN).came["Ann"]
    stories.play("2026-08-03 20:00 Ann released")
    here = replace(stories.officer, centre_id=centre("Govan").id)
    at, ann = moment("2026-08-04 09:00"), stay.person
    wrong = arrive(Arrival(BookingDetails(WHO, at, ann.id)), here, at)
    before = [word.id for word in details_of(ann.id)]
    shona = detach(wrong, DetachDetails("her card", wrong.version), here, at + HOUR)
    hers = [word.id for word in details_of(shona.id)]
    assert {*hers, *(word.id for word in details_of(ann.id))} == set(before)
    assert (shona.phone, shona.postcode, shona.language) == (WHO.phone, WHO.postcode, "pl")
    assert (ann.phone, ann.postcode, ann.language) == ("07700 900123", "", "en")
    everybody_is_as_was_said()


TWO = (
    ANN
    + """
2026-08-03 20:00 Ann released
2026-08-04 09:00 Bob booked at Govan
2026-08-04 09:30 Bob declined telling MH
2026-08-04 10:00 Bob released
"""
)


def test_the_last_word_of_either_record_counts_while_they_are_one(stories):
    came = stories.play(TWO).came
    ann, bob = came["Ann"].person, came["Bob"].person
    at = moment("2026-08-05 09:00")
    new_phone(ann, "07700 900001", replace(HEARD, at=at))
    new_phone(bob, "07700 900002", replace(HEARD, at=at + HOUR))
    joining = join(JoinDetails(ann.id, bob.id), stories.lead, at + 2 * HOUR)
    assert ann.phone == "07700 900002"
    assert len(heard(ann, Detail.PHONE)) == 4
    new_phone(ann, "07700 900003", replace(HEARD, at=at + 3 * HOUR))
    part(joining, PartDetails(joining.version), stories.lead, at + 4 * HOUR)
    assert (ann.phone, bob.phone) == ("07700 900003", "07700 900002")
    everybody_is_as_was_said()


def test_what_was_said_in_a_stay_while_they_were_one_goes_with_the_stay(stories):
    came = stories.play(TWO).came
    ann, bob = came["Ann"].person, came["Bob"].person
    at = moment("2026-08-05 09:00")
    joining = join(JoinDetails(ann.id, bob.id), stories.lead, at)
    here = replace(stories.officer, centre_id=centre("Govan").id)
    stay = arrive(Arrival(BookingDetails(WHO, at + HOUR, ann.id)), here, at + HOUR)
    theirs = PartDetails(joining.version, frozenset({stay.id}))
    part(joining, theirs, stories.lead, at + 2 * HOUR)
    assert (ann.phone, bob.phone) == ("07700 900123", WHO.phone)
    assert (ann.language, bob.language) == ("en", "pl")
    everybody_is_as_was_said()


def test_a_number_goes_with_the_answer_that_it_was_given_with(stories):
    came = stories.play(TWO).came
    ann, bob = came["Ann"].person, came["Bob"].person
    at = moment("2026-08-05 09:00")
    joining = join(JoinDetails(ann.id, bob.id), stories.lead, at)
    rules = ContactRules(("call",), "")
    call = Agreement(Purpose.CONTACT, Answer.GRANTED, rules=rules, phone="07700 900002")
    [yes] = record_agreements(ann, [call], PLAINLY, stories.worker, at + HOUR)
    assert ann.phone == "07700 900002"
    theirs = PartDetails(joining.version, frozenset({yes.id}))
    part(joining, theirs, stories.lead, at + 2 * HOUR)
    assert (ann.phone, bob.phone) == ("07700 900123", "07700 900002")
    everybody_is_as_was_said()


def test_a_column_that_is_written_past_the_rule_is_noticed(app):
    assert {column.key for column in worked_out()} == UNSAID.keys()
    with app.app_context():
        person = identify(WHO, None, HEARD)
        planted = compile("person.phone = 'x'", str(Path(PRODUCT) / "planted.py"), "exec")
        with pytest.raises(AssertionError, match="written past the rule"):
            exec(planted, {"person": person})  # noqa: S102 - a line of the product, planted
