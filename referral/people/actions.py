"""Say who somebody is: a person already known, or a new one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import zip_longest
from uuid import UUID

from sqlalchemy import delete, insert, or_, select

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.db import db
from referral.errors import RuleBroken
from referral.people.detail_actions import Heard, repeat, say
from referral.people.detail_queries import details_of
from referral.people.details import Detail, Value, ever_said, typed
from referral.people.identity import Identity
from referral.people.keys import keys_of
from referral.people.models import (
    Person,
    PersonAlias,
    PersonKey,
    PersonTraits,
    SaidDetail,
    ToldApart,
    key_of,
)
from referral.people.naming import NAMELESS, Named, must_be_named
from referral.people.searching import words_of
from referral.people.sources import Source
from referral.people.traits import Traits, called, of_line, traits


class NoSuchPerson(RuleBroken):
    """That earlier record is no longer there. Search again, or book a new person."""


def identify(
    identity: Identity, same_as: UUID | None, heard: Heard, home: str | None = None
) -> Person:
    """The known person that the officer chose, brought up to date, or a new one.

    To choose a record never renames it: another name or birth date that was typed is kept as one
    that they go by as well; only who had no name yet gets the one that was typed. Where they lived
    and the numbers they gave before are kept, and they are found by all of it. Nothing is ever
    joined without a person saying so. `home` is the council that is assumed of somebody new who
    does not say. Raises NoSuchPerson, and what `must_be_named` raises.
    """
    must_be_named(identity)
    if same_as is None:
        person = Person()
        db.session.add(person)
    elif (known := db.session.get(Person, same_as)) is None:
        raise NoSuchPerson
    else:
        person = known
        _keep_earlier(person, identity)
    _name(person, identity)
    person.middle = person.middle or identity.middle or ""
    person.date_of_birth = person.date_of_birth or identity.date_of_birth
    person.born_about = person.born_about or identity.born_about
    if person.sex in {None, "U"}:
        person.sex = identity.sex
    db.session.flush()  # a new person has their number
    said = typed(identity)
    if home and same_as is None and Detail.COUNCIL not in said:
        say(person, {Detail.COUNCIL: home}, replace(heard, said_by=Source.OFFICER))
    say(person, said, heard)
    reindex(person)
    return person


def _keep_earlier(person: Person, identity: Identity) -> None:
    """Keep what was typed besides the record's own name and birth date; and what will change."""
    own = called(person.forename, person.middle, person.surname)
    typed = called(identity.forename, identity.middle or person.middle, identity.surname)
    born = person.date_of_birth
    other = identity.date_of_birth if born and identity.date_of_birth != born else None
    named = identity.naming not in NAMELESS and person.naming not in NAMELESS
    if named and (own != typed or other):
        goes_by(person, identity, other)


def _name(person: Person, identity: Identity) -> None:
    """A new record, or one without a name, has what was typed; who is known keeps theirs."""
    if person.forename is None or person.naming in NAMELESS:
        call(person, identity)


def call(person: Person, named: Named) -> None:
    """They have this name from now on, or none."""
    person.forename, person.surname, person.naming = named.forename, named.surname, named.naming
    person.forename_key = key_of(named.forename)
    person.surname_key = key_of(named.surname)


def goes_by(person: Person, identity: Identity, born: date | None) -> None:
    """A name, and perhaps another birth date, that the person goes by as well."""
    alias = PersonAlias(person_id=person.id, date_of_birth=born, middle=identity.middle)
    alias.forename, alias.surname = identity.forename, identity.surname
    known = {_of_alias(known) for known in _aliases(person)}
    if _of_alias(alias) not in known:
        db.session.add(alias)


def _of_alias(alias: PersonAlias) -> tuple[object, ...]:
    return called(alias.forename, alias.middle, alias.surname), alias.date_of_birth


def reindex(person: Person) -> None:
    """Bring the columns of the person, and what they are found by, into line with what was said.

    To be called whenever a name, birth date of theirs, an alias or a word was added,
    changed, moved or taken back. It writes only what differs. Who was joined into another
    record is not found any more; the other record is found by everything of both.
    """
    if person.merged_into_id:
        unindex(person)
        return
    db.session.flush()  # what was just added is read back
    joined = _joined_into(person)
    aliases = _aliases(person)
    said = details_of(person.id)
    repeat(person, said)
    found = traits_of(person, joined, aliases, said)
    searched = [word for word in said if word.detail is not Detail.TELLS_APART]
    to_find = traits_of(person, joined, aliases, searched)
    person.words = words_under(person, [*aliases, *joined], to_find)
    line = found.line()
    kept = _kept_traits(person)
    if kept is not None and kept.line == line:
        return
    before = keys_of(of_line(kept.line)) if kept else frozenset()
    if kept is None:
        kept = PersonTraits(person_id=person.id, line=line)
        db.session.add(kept)
    kept.line = line
    db.session.flush()  # the keys point at its number
    _change_keys(kept.number, before, keys_of(of_line(line)))


def now_says(
    person: Person, said: Mapping[Detail, Value], heard: Heard, sex: str | None = None
) -> None:
    """The person says this of these details, and of their sex; what was said before is kept."""
    say(person, said, heard)
    person.sex = sex or person.sex
    reindex(person)


def new_phone(person: Person, phone: str, heard: Heard) -> None:
    """The person gives a number, or says that they have none; the one before is kept."""
    now_says(person, {Detail.PHONE: phone}, heard)


def unindex(person: Person) -> None:
    """The person is found no more, as when their record was joined to another."""
    if kept := _kept_traits(person):
        _change_keys(kept.number, keys_of(of_line(kept.line)), frozenset())
        db.session.delete(kept)
        db.session.flush()  # else a new row for the person could come before this one goes


def traits_of(
    person: Person,
    joined: Sequence[Person],
    aliases: Sequence[PersonAlias],
    said: Sequence[SaidDetail],
) -> Traits:
    """All that a person is recognised by: as they are now, then what they were before."""
    names: list[Person | PersonAlias] = [person, *aliases, *joined]
    phones, s_numbers = ever_said(said, Detail.PHONE), ever_said(said, Detail.S_NUMBER)
    apart = ever_said(said, Detail.TELLS_APART)
    return traits(
        [(one.forename, one.middle, one.surname) for one in names],
        [one.date_of_birth for one in names],
        person.sex,
        [
            person.postcode,
            *ever_said(said, Detail.POSTCODE),
            *(one.postcode for one in joined),
        ],
        [
            (person.phone, person.s_number),
            *zip_longest([*phones, *apart], s_numbers, fillvalue=""),
            *((one.phone, one.s_number) for one in joined),
        ],
    )


def words_under(person: Person, earlier: Iterable[PersonAlias | Person], numbers: Traits) -> str:
    """The words under which a worker finds the person: all names, birth dates and numbers."""
    called_so = [person, *earlier]
    names = [part for one in called_so for part in (one.forename, one.middle, one.surname)]
    return words_of(
        [*names, NAMELESS.get(person.naming, "")], (one.date_of_birth for one in called_so), numbers
    )


def _joined_into(person: Person) -> list[Person]:
    """The records that were joined into this one, also by way of another."""
    found = select(Person).where(Person.merged_into_id == person.id).order_by(Person.id)
    nearest = list(db.session.scalars(found).all())
    return [*nearest, *(far for near in nearest for far in _joined_into(near))]


def _kept_traits(person: Person) -> PersonTraits | None:
    """Locked, so that two changes to one person do not both work from the old keys."""
    found = select(PersonTraits).where(PersonTraits.person_id == person.id)
    refreshed = found.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(refreshed).one_or_none()


def _aliases(person: Person) -> list[PersonAlias]:
    found = select(PersonAlias).where(PersonAlias.person_id == person.id)
    by_name = found.order_by(PersonAlias.surname, PersonAlias.forename, PersonAlias.id)
    return list(db.session.scalars(by_name).all())


def _change_keys(number: int, before: frozenset[int], after: frozenset[int]) -> None:
    if gone := before - after:
        mine = PersonKey.number == number, PersonKey.key.in_(sorted(gone))
        db.session.execute(delete(PersonKey).where(*mine))
    if new := after - before:
        rows = [{"key": key, "number": number} for key in sorted(new)]
        db.session.execute(insert(PersonKey), rows)


def tell_apart(one: UUID, other: UUID, by: Actor, at: datetime) -> None:
    """These are two people. To say it again changes nothing."""
    first, second = sorted((one, other))
    if first != second and db.session.get(ToldApart, (first, second)) is None:
        db.session.add(ToldApart(one_id=first, other_id=second, by_id=by.user_id, recorded_at=at))
        record(Tag.PERSON_TOLD_APART, by, at, subject_id=first, record_id=second)


def no_longer_apart(person_id: UUID, said_at: datetime) -> None:
    """What was said at a moment, that these are two people, is taken back."""
    either = or_(ToldApart.one_id == person_id, ToldApart.other_id == person_id)
    db.session.execute(delete(ToldApart).where(either, ToldApart.recorded_at == said_at))
