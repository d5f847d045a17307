"""Say who somebody is: a person already known, or a new one."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, insert, select

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.db import db
from referral.errors import RuleBroken
from referral.people.identity import Identity
from referral.people.keys import keys_of
from referral.people.models import (
    Person,
    PersonAddress,
    PersonAlias,
    PersonKey,
    PersonNumber,
    PersonTraits,
    ToldApart,
    key_of,
)
from referral.people.naming import NAMELESS, Named, must_be_named
from referral.people.searching import words_of
from referral.people.traits import Traits, called, of_line, phone, postcode, s_number, traits


class NoSuchPerson(RuleBroken):
    """That earlier record is no longer there. Search again, or book a new person."""


def identify(identity: Identity, same_as: UUID | None) -> Person:
    """The known person that the officer chose, brought up to date, or a new one.

    To choose a record never renames it: another name or birth date that was typed is kept as one
    that they go by as well; only who had no name yet gets the one that was typed. Where they lived
    and the numbers they gave before are kept, and they are found by all of it. Nothing is ever
    joined without a person saying so. Raises NoSuchPerson, and what `must_be_named` raises.
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
    person.postcode = identity.postcode or person.postcode or ""
    person.no_fixed_abode = identity.no_fixed_abode
    person.council_code = identity.council_code or person.council_code
    person.phone = identity.phone or person.phone or ""
    person.s_number = identity.s_number or person.s_number or ""
    person.language, person.interpreter = identity.language, identity.interpreter
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
    _keep_address(person, identity.postcode or person.postcode)
    _keep_numbers(person, identity.phone or person.phone, identity.s_number)


def _keep_address(person: Person, now: str) -> None:
    """A postcode that is about to change."""
    before = postcode(person.postcode)
    known = {postcode(address.postcode) for address in _addresses(person)}
    if before and postcode(now) != before and before not in known:
        db.session.add(PersonAddress(person_id=person.id, postcode=person.postcode))


def _keep_numbers(person: Person, now: str, s_number_now: str = "") -> None:
    """A phone number or an S-number that is about to change; a code of a country is no change."""
    known = traits_of(person, [], [], _numbers(person))
    earlier = PersonNumber(person_id=person.id, phone="", s_number="")
    if phone(now) != phone(person.phone):
        earlier.phone = person.phone if phone(person.phone) not in known.phones[1:] else ""
    if s_number(s_number_now) not in {"", s_number(person.s_number)}:
        number = person.s_number
        earlier.s_number = number if s_number(number) not in known.s_numbers[1:] else ""
    if earlier.phone or earlier.s_number:
        db.session.add(earlier)


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
    """Bring what the person is found by into line with what is recorded of them.

    To be called whenever a name, birth date, postcode, phone or S-number of theirs, an alias or an
    address was added, changed or moved. It writes only what differs. Who was joined into another
    record is not found any more; the other record is found by everything of both.
    """
    if person.merged_into_id:
        unindex(person)
        return
    db.session.flush()  # the aliases and addresses just added are read back, and numbers given
    same = _joined_into(person)
    aliases: list[PersonAlias | Person] = [*_aliases(person), *same]
    found = traits_of(person, aliases, [*_addresses(person), *same], [*_numbers(person), *same])
    person.words = words_under(person, aliases, found)
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


def now_says(person: Person, said: Mapping[str, object]) -> None:
    """The person says otherwise of these details, by name; what was said before is found too."""
    _keep_numbers(person, str(said.get("phone", person.phone)))
    _keep_address(person, str(said.get("postcode", person.postcode)))
    for name, value in said.items():
        setattr(person, name, value)
    reindex(person)


def new_phone(person: Person, phone: str) -> None:
    """The person gives another number, or none; the one before is kept."""
    now_says(person, {"phone": phone})


def unindex(person: Person) -> None:
    """The person is found no more, as when their record was joined to another."""
    if kept := _kept_traits(person):
        _change_keys(kept.number, keys_of(of_line(kept.line)), frozenset())
        db.session.delete(kept)
        db.session.flush()  # else a new row for the person could come before this one goes


def traits_of(
    person: Person,
    aliases: Iterable[PersonAlias | Person],
    addresses: Iterable[PersonAddress | Person],
    numbers: Iterable[PersonNumber | Person],
) -> Traits:
    """All that a person is recognised by: as they are now, then what they were before."""
    earlier = list(aliases)
    now = (person.forename, person.middle, person.surname)
    return traits(
        [now, *((a.forename, a.middle, a.surname) for a in earlier)],
        [person.date_of_birth, *(a.date_of_birth for a in earlier)],
        person.sex,
        [person.postcode, *(a.postcode for a in addresses)],
        [(given.phone, given.s_number) for given in (person, *numbers)],
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


def _addresses(person: Person) -> list[PersonAddress]:
    found = select(PersonAddress).where(PersonAddress.person_id == person.id)
    return list(db.session.scalars(found.order_by(PersonAddress.postcode)).all())


def _numbers(person: Person) -> list[PersonNumber]:
    found = select(PersonNumber).where(PersonNumber.person_id == person.id)
    by_number = found.order_by(PersonNumber.phone, PersonNumber.s_number, PersonNumber.id)
    return list(db.session.scalars(by_number).all())


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
