"""The person leaves the cells: what that means for their case, their plan and their services."""

from datetime import datetime

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.cases.queries import open_case_of
from referral.casework.contact_plan.actions import hold, recount, resume
from referral.custody.actions import ReleaseDetails, release
from referral.custody.models import Booking
from referral.custody.places import HELD_AS, Place
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at
from referral.errors import RuleBroken
from referral.handoff.referrals.actions import note_next
from referral.handoff.referrals.queries import open_referrals
from referral.handoff.referrals.states import ReferralState


class AtDesk(RuleBroken):
    """They are at a custody centre. Its desk records how they leave."""


# by when somebody who was not seen in the cells is to be seen where they are held on
SEEN_THERE = {Place.HOSPITAL: Kind.NEXT_TRY, Place.PRISON: Kind.PAUSED}


def leave(booking: Booking, details: ReleaseDetails, by: Actor, at: datetime) -> Booking:
    """The person leaves where they are. Only when they are free the time to first contact runs.

    Raises StaleEdit, StayOver, NotAskedYet, ReleasedWhen, LeftWhen, CourtWhen, SayNaloxone.
    """
    release(booking, details, by, at)
    case = open_case_of(booking.person_id)
    if case is None or case.booking_id != booking.id:
        return booking
    if booking.released_at:
        _is_free(case, booking.released_at, by, at)
    else:
        _is_held_on(case, by, at)
    note_next(case, at)
    return booking


def tell_where(case: Case, details: ReleaseDetails, by: Actor, at: datetime) -> None:
    """The worker knows where the person is now. Raises AtDesk, and what `leave` raises."""
    if case.booking.leg.place is Place.CENTRE:
        raise AtDesk
    leave(case.booking, details, by, at)


def _is_free(case: Case, released_at: datetime, by: Actor, at: datetime) -> None:
    reach_by = deadlines_at(at).first_contact(released_at, case.booking, at)
    case.left_custody(reach_by)
    recount(case, released_at, by, at)
    for referral in open_referrals(case.person_id):
        if referral.state == ReferralState.ACCEPTED:
            referral.due_at = max(referral.due_at, reach_by)


def _is_held_on(case: Case, by: Actor, at: datetime) -> None:
    """In a cell they can be seen until the court sits; in hospital or prison the plan waits."""
    place = case.booking.leg.place
    if place in HELD_AS:
        case.held_on(deadlines_at(at).due(SEEN_THERE[place], at, case.booking))
        hold(case, HELD_AS[place], by, at)
    else:
        case.held_on(max(case.window_ends, at))
        resume(case, case.booking.leg.since, by, at)
