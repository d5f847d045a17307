"""Who may be meant, who was told apart, and what was kept from the last time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select

from referral.custody.models import Booking
from referral.db import db
from referral.desk.models import CarriedOver, ToldApart
from referral.desk.suggestions import Suggested, outward, told_apart
from referral.directory.models import CustodyCentre
from referral.directory.queries import councils
from referral.people.actions import Identity
from referral.people.models import Person
from referral.people.queries import Candidate, candidates

WORTH_A_LOOK = 8  # bits of evidence; below, hardly anybody is who was meant


def suggested(identity: Identity) -> list[Suggested]:
    """The earlier records that may be this person, as the desk may see them; best first."""
    found = recognised(identity)
    numbers = [candidate.person.id for candidate in found]
    seen, areas = _last_seen(numbers), {c.code: c.name for c in councils()} if found else {}
    shown = [_shown(candidate, areas, seen) for candidate in found]
    return told_apart(shown, apart(numbers))


def recognised(identity: Identity) -> list[Candidate]:
    """Who may be meant, best first: a record that was joined stands for whom it was joined into."""
    found: dict[UUID, Candidate] = {}
    for candidate in candidates(identity):
        if candidate.score < WORTH_A_LOOK:
            break  # best first: the rest share less still
        survivor = candidate.person.merged_into_id
        if survivor:
            candidate = replace(candidate, person=db.session.get_one(Person, survivor))
        found.setdefault(candidate.person.id, candidate)
    return list(found.values())


def apart(person_ids: Collection[UUID]) -> set[frozenset[UUID]]:
    """The pairs among these whom somebody has said to be two people.

    What was said of a record that was joined since holds for the one that it was joined into.
    """
    stands = select(Person.id, func.coalesce(Person.merged_into_id, Person.id)).where(
        or_(Person.id.in_(person_ids), Person.merged_into_id.in_(person_ids))
    )
    now = {row[0]: row[1] for row in db.session.execute(stands.order_by(Person.id))}
    said = select(ToldApart.one_id, ToldApart.other_id).where(
        ToldApart.one_id.in_(now), ToldApart.other_id.in_(now)
    )
    return {frozenset((now[one], now[other])) for one, other in db.session.execute(said)}


def standing_record(person_id: UUID) -> Person | None:
    """The record that a number stands for now, locked, so that nobody joins it meanwhile."""
    person = db.session.get(Person, person_id, with_for_update=True)
    if person is None or person.merged_into_id is None:
        return person
    return standing_record(person.merged_into_id)


def identity_of(person: Person) -> Identity:
    """What is recorded of who somebody is, as if it had been typed now."""
    return Identity(
        forename=person.forename,
        middle=person.middle,
        surname=person.surname,
        date_of_birth=person.date_of_birth,
        born_about=person.born_about,
        sex=person.sex,
        postcode=person.postcode,
        no_fixed_abode=person.no_fixed_abode,
        council_code=person.council_code,
        phone=person.phone,
        s_number=person.s_number,
        language=person.language,
        interpreter=person.interpreter,
    )


def unconfirmed(booking_id: UUID) -> Sequence[str]:
    """The names of the fields that were kept from the last time and nobody has confirmed yet."""
    carried = db.session.get(CarriedOver, booking_id)
    return carried.fields.split() if carried and carried.confirmed_at is None else []


def last_time(booking: Booking) -> datetime | None:
    """When the stay before this one began."""
    before = Booking.authorised_at < booking.authorised_at
    earlier = select(func.max(Booking.authorised_at)).where(
        Booking.person_id == booking.person_id, before
    )
    return db.session.scalar(earlier)


def _last_seen(person_ids: Collection[UUID]) -> Mapping[UUID, tuple[datetime, str]]:
    stays = (
        select(Booking.person_id, Booking.authorised_at, CustodyCentre.name)
        .join(CustodyCentre, CustodyCentre.id == Booking.centre_id)
        .where(Booking.person_id.in_(person_ids))
        .order_by(Booking.authorised_at, Booking.order)
    )
    return {person: (began, centre) for person, began, centre in db.session.execute(stays)}


def _shown(
    candidate: Candidate,
    areas: Mapping[str, str],
    seen: Mapping[UUID, tuple[datetime, str]],
) -> Suggested:
    person = candidate.person
    moment, centre = seen.get(person.id, (None, ""))
    return Suggested(
        number=person.id,
        name=person.name,
        born=person.date_of_birth.year if person.date_of_birth else person.born_about,
        area=outward(person.postcode) or areas.get(person.council_code or "", ""),
        seen_at=centre,
        seen=moment,
        confident=candidate.confident,
        why=candidate.why,
    )
