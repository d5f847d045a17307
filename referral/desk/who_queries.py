"""Who may be meant by a booking that came from a register, for the desk to ask."""

from dataclasses import replace
from uuid import UUID

from referral.acts.kinds import ActKind
from referral.acts.queries import acts_about
from referral.custody.models import Booking
from referral.db import db
from referral.desk.models import CarriedOver, FromRegister
from referral.desk.queries import suggested
from referral.desk.suggestions import Suggested
from referral.merging.detaching.actions import typed_in
from referral.people.identity import Identity
from referral.people.queries import identity_of


def came_unasked(booking_id: UUID) -> FromRegister | None:
    """How far it was said who a stay of a register is about; None for one that was typed here."""
    return db.session.get(FromRegister, booking_id)


def who_it_may_be(booking: Booking) -> list[Suggested]:
    """The earlier records to ask about, best first; none where somebody has said who it is.

    When they were here last is not told: nobody has said yet that it is one of them.
    """
    came = came_unasked(booking.id)
    if came is None or came.said_at or booking.voided_at:
        return []
    who = replace(identity_of(booking.person), number=as_typed(booking).number)
    return [replace(one, seen=None, seen_at="") for one in suggested(who, booking.person_id)]


def is_known_by_joining(booking: Booking) -> bool:
    """Whether its record was made one with an earlier one at the desk."""
    came = came_unasked(booking.id)
    return came is not None and came.joining_id is not None


def as_typed(booking: Booking) -> Identity:
    """Who the stay was booked for, as it stood in the file."""
    return typed_in(acts_about(booking.id, (ActKind.ARRIVED,))[0])


def carried_over(booking_id: UUID) -> CarriedOver | None:
    """What the stay keeps from the last time."""
    return db.session.get(CarriedOver, booking_id)
