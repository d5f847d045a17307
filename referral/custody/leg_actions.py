"""Where a stay goes on: at court, in hospital, in prison, at another centre."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.acts.actions import Remembered, remembering
from referral.acts.kinds import ActKind
from referral.audit.trail import Tag, record
from referral.custody.leg_models import StayLeg
from referral.custody.models import Booking
from referral.custody.places import GOES, UNSEEN, Place
from referral.db import db
from referral.directory.bounds import BOUNDS
from referral.directory.models import CustodyCentre
from referral.errors import RuleBroken, StaleEdit


class NoCentre(RuleBroken):
    """Your account has no custody centre. Ask your administrator to add one."""


class StayOver(RuleBroken):
    """This person is free: their stay has ended. Look at “Left today” if that is wrong."""

    status = 409


class LeftWhen(RuleBroken):
    """Choose a time after they came there and not later than now."""

    fields = ("left_at", "released_at")


class CourtWhen(RuleBroken):
    """Say when the court sits. It must be after they left, and within 40 days."""

    fields = ("expected_at",)


class LeavesWhen(RuleBroken):
    """Choose a time from now on, within 40 days. Leave it empty where nobody knows yet."""

    fields = ("expected_at",)


class NotInCells(RuleBroken):
    """They are not in the cells of a custody centre. Say where they are instead."""

    status = 409


class SameCentre(RuleBroken):
    """They are at that centre already. Choose another one."""


class NotOnTheWay(RuleBroken):
    """They are not on the way to your centre any more. Look at the list again."""

    status = 409


@dataclass(frozen=True)
class LegDetails:
    """Where a stay goes on and since when; where exactly; until when, if known."""

    place: Place
    left_at: datetime
    seen_version: int
    expected_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class TransferDetails:
    """To which centre, when they left, and what its desk should know of the way."""

    centre_id: UUID
    left_at: datetime
    seen_version: int
    note: str = ""


def own_centre(by: Actor) -> CustodyCentre:
    """The centre of the desk. Raises NoCentre."""
    centre = db.session.get(CustodyCentre, by.centre_id) if by.centre_id else None
    if centre is None:
        raise NoCentre
    return centre


def first_leg(booking: Booking, centre: CustodyCentre, by: Actor, at: datetime) -> None:
    """A stay begins in the cells of a centre."""
    leg = _leg(booking, Place.CENTRE, centre.id, booking.authorised_at, by, at)
    leg.arrived_at = booking.authorised_at
    leg.centre = centre
    booking.legs.append(leg)


def go_on(booking: Booking, details: LegDetails, by: Actor, at: datetime) -> StayLeg:
    """The person is elsewhere now, and not free. The desk that had them last answers for them.

    Raises StaleEdit, StayOver, LeftWhen, CourtWhen.
    """
    if details.place is Place.COURT:
        _check_sitting(details, at)
    before = booking.leg
    end_leg(booking, details.left_at, details.seen_version, at)
    leg = _leg(booking, details.place, before.centre_id, details.left_at, by, at)
    leg.centre = before.centre
    leg.expected_at = details.expected_at
    leg.note = details.note
    if details.place is Place.CENTRE:
        leg.arrived_at = details.left_at
    return _begin(booking, leg, by, at)


def _check_sitting(details: LegDetails, at: datetime) -> None:
    sits = details.expected_at
    bound = BOUNDS["expected_at"]
    if not sits or bound.too_late(sits, at) or bound.too_early(sits, at, details.left_at):
        raise CourtWhen


def transfer(booking: Booking, details: TransferDetails, by: Actor, at: datetime) -> StayLeg:
    """The person is taken to another centre; it stays one stay, and that desk takes them over.

    Raises StaleEdit, StayOver, LeftWhen, SameCentre.
    """
    here = booking.leg.place is Place.CENTRE and booking.leg.centre_id == details.centre_id
    to = db.session.get_one(CustodyCentre, details.centre_id)
    with remembering(Remembered(ActKind.LEFT, booking.id, f"Sent to {to.name}"), by, at):
        end_leg(booking, details.left_at, details.seen_version, at)
        if here:
            raise SameCentre
        leg = _leg(booking, Place.CENTRE, to.id, details.left_at, by, at)
        leg.centre = to
        leg.note = details.note
        return _begin(booking, leg, by, at)


def expect(
    booking: Booking, leaves_at: datetime | None, seen_version: int, by: Actor, at: datetime
) -> bool:
    """When they are expected to leave the cells of a centre; None where nobody knows any more.

    Whether that is another time than was said before; the same changes nothing.
    Raises StaleEdit, StayOver, NotInCells, LeavesWhen.
    """
    if booking.version != seen_version:
        raise StaleEdit
    if booking.released_at:
        raise StayOver
    if booking.leg.place is not Place.CENTRE:
        raise NotInCells
    bound = BOUNDS["expected_at"]
    if leaves_at and (bound.too_late(leaves_at, at) or bound.too_early(leaves_at, at, at)):
        raise LeavesWhen
    if booking.leg.expected_at == leaves_at:
        return False
    booking.leg.expected_at = leaves_at
    booking.changed()
    record(Tag.STAY_EXPECTED, by, at, subject_id=booking.person_id, record_id=booking.id)
    return True


def arrive_at_centre(booking: Booking, by: Actor, at: datetime) -> None:
    """The desk has taken over who was sent to it. Raises NotOnTheWay."""
    if booking.released_at or not booking.leg.on_the_way:
        raise NotOnTheWay
    booking.leg.arrived_at = at
    booking.version += 1
    record(Tag.STAY_MOVED, by, at, subject_id=booking.person_id, record_id=booking.id)


def bring(booking: Booking, came_at: datetime, by: Actor, at: datetime) -> None:
    """The person is in the cells of the officer's own centre now, wherever the stay was last."""
    if booking.leg.on_the_way and booking.leg.centre_id == by.centre_id:
        arrive_at_centre(booking, by, at)
        return
    centre = own_centre(by)
    since = min(max(came_at, booking.leg.since), at).replace(second=0, microsecond=0)
    since = max(since, booking.leg.since)
    with remembering(Remembered(ActKind.LEFT, booking.id, f"Came to {centre.name}"), by, at):
        end_leg(booking, since, booking.version, at)
        leg = _leg(booking, Place.CENTRE, centre.id, since, by, at)
        leg.centre = centre
        leg.arrived_at = since
        _begin(booking, leg, by, at)


def end_unseen(booking: Booking, by_then: datetime, by: Actor, at: datetime) -> None:
    """The stay was over at that moment, and nobody had recorded that the person is free."""
    moment = min(max(by_then, booking.leg.since), at)
    with remembering(Remembered(ActKind.LEFT, booking.id, GOES[UNSEEN]), by, at):
        end_leg(booking, moment, booking.version, at)
        booking.release_route = UNSEEN
        booking.released_at = moment
        booking.version += 1
    record(Tag.RELEASED, by, at, subject_id=booking.person_id, record_id=booking.id)


def end_leg(booking: Booking, moment: datetime, seen_version: int, at: datetime) -> None:
    """They are not there any more. Raises StaleEdit, StayOver, LeftWhen."""
    if booking.version != seen_version:
        raise StaleEdit
    if booking.released_at:
        raise StayOver
    if not booking.leg.since <= moment <= at:
        raise LeftWhen
    booking.leg.until = moment


def _leg(
    booking: Booking, place: Place, centre_id: UUID | None, since: datetime, by: Actor, at: datetime
) -> StayLeg:
    return StayLeg(
        number=len(booking.legs) + 1,
        place=place,
        centre_id=centre_id,
        since=since,
        by_id=by.user_id,
        recorded_at=at,
    )


def _begin(booking: Booking, leg: StayLeg, by: Actor, at: datetime) -> StayLeg:
    db.session.flush()  # the leg before has ended: a stay is in one place
    booking.legs.append(leg)
    booking.version += 1
    db.session.flush()
    record(Tag.STAY_MOVED, by, at, subject_id=booking.person_id, record_id=booking.id)
    return leg
