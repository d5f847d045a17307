"""Open a booking of somebody new or known, tell two people apart, confirm what was kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.cases.actions import continue_case
from referral.custody.actions import BookingDetails, open_booking
from referral.custody.models import Booking
from referral.db import db
from referral.desk.models import CarriedOver, Suggestion
from referral.desk.queries import unconfirmed
from referral.desk.still_true import kept
from referral.desk.suggestions import Suggested
from referral.people.actions import NoSuchPerson, reindex, tell_apart
from referral.people.queries import identity_of, standing_record


@dataclass(frozen=True)
class Arrival:
    """A booking to be opened, and the earlier records that the officer had before them."""

    booking: BookingDetails
    offered: Sequence[Suggested] = ()


@dataclass(frozen=True)
class StillTrue:
    """The person's word on details kept from last time; None for one that nobody asked."""

    sex: str | None = None
    postcode: str | None = None
    no_fixed_abode: bool | None = None
    phone: str | None = None
    language: str | None = None
    interpreter: bool | None = None


def arrive(details: Arrival, by: Actor, at: datetime) -> Booking:
    """Open the booking of somebody new, or of the known person whom the officer chose.

    Who comes back keeps what was not asked again, marked as such, and goes on with their open case.
    Raises NoCentre, AuthorisedLater, NoSuchPerson.
    """
    opened = details.booking
    fields = list[str]()
    if opened.same_as:
        known = standing_record(opened.same_as)
        if known is None:
            raise NoSuchPerson
        identity, fields = kept(opened.identity, identity_of(known))
        opened = replace(opened, identity=identity, same_as=known.id)
    booking = open_booking(opened, by, at)
    if fields:
        db.session.add(CarriedOver(booking_id=booking.id, fields=tuple(fields)))
    _remember(details, opened.same_as, booking, by, at)
    if opened.same_as:
        continue_case(booking, by, at)
    return booking


def note_suggestions(offered: Sequence[Suggested], by: Actor, at: datetime) -> None:
    """To be shown an earlier record is to consult it, chosen or not."""
    for one in offered:
        record(Tag.PERSON_SUGGESTED, by, at, subject_id=one.number)


def confirm(booking: Booking, details: StillTrue, by: Actor, at: datetime) -> None:
    """The person has said what is still true of what was kept from the last time."""
    person = booking.person
    for name, value in asdict(details).items():
        if value is not None:
            setattr(person, name, value)
    carried = db.session.get(CarriedOver, booking.id)
    if carried and unconfirmed(booking.id):
        carried.confirmed_at = at
        carried.confirmed_by_id = by.user_id
    reindex(person)
    record(Tag.PERSON_CONFIRMED, by, at, subject_id=person.id, record_id=booking.id)


def _remember(
    details: Arrival, chosen: UUID | None, booking: Booking, by: Actor, at: datetime
) -> None:
    """Keep what was suggested and chosen. Only "none of these" says that two records differ."""
    for one in details.offered:
        row = Suggestion(
            booking_id=booking.id,
            person_id=one.number,
            confident=one.confident,
            why=", ".join(one.why),
            chosen=one.number == chosen,
            by_id=by.user_id,
            recorded_at=at,
        )
        db.session.add(row)
        if chosen is None:
            tell_apart(booking.person_id, one.number, by, at)
    if chosen:
        record(Tag.PERSON_RECOGNISED, by, at, subject_id=chosen, record_id=booking.id)
