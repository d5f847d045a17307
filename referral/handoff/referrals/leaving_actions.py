"""The person leaves the cells: what that means for their case, their plan and their services."""

from dataclasses import replace
from datetime import datetime

from referral.access.actor import Actor
from referral.acts.actions import Remembered, put_back, remembering
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.acts.queries import last_act
from referral.audit.trail import Tag, record
from referral.casework.cases.actions import reach_outside, see_elsewhere
from referral.casework.cases.models import Case
from referral.casework.cases.queries import open_case_of
from referral.casework.cases.undo_actions import unpromise
from referral.casework.contact_plan.actions import recount, resume
from referral.casework.contact_plan.waiting_actions import hold
from referral.custody.actions import ReleaseDetails, release
from referral.custody.leg_actions import expect
from referral.custody.leg_models import StayLeg
from referral.custody.models import Booking
from referral.custody.places import GOES, HELD_AS, Place
from referral.custody.queries import stay_of
from referral.custody.stay_actions import check_counts, check_stay, check_when
from referral.db import db
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at, labels
from referral.errors import RuleBroken
from referral.handoff.referrals.promise_actions import note_next
from referral.handoff.referrals.queries import open_referrals
from referral.handoff.referrals.states import ReferralState


class AtDesk(RuleBroken):
    """They are at a custody centre. Its desk records how they leave."""


class NothingToUndo(RuleBroken):
    """Nobody has recorded that they left. Look at the stay again."""

    status = 409


class ThereAlready(RuleBroken):
    """They have arrived at the other centre. Ask its desk to send them back."""

    status = 409


class HereSince(RuleBroken):
    """They have been booked again since, so this stay cannot go on. Correct that one instead."""

    status = 409


# by when somebody who was not seen in the cells is to be seen where they are held on
SEEN_THERE = {Place.HOSPITAL: Kind.NEXT_TRY, Place.PRISON: Kind.PAUSED}


def leave(booking: Booking, details: ReleaseDetails, by: Actor, at: datetime) -> Booking:
    """The person leaves where they are. Only when they are free the time to first contact runs.

    Raises StaleEdit, StayOver, NotAskedYet, ReleasedWhen, LeftWhen, CourtWhen, SayNaloxone.
    """
    with remembering(Remembered(ActKind.LEFT, booking.id, _words_of(details)), by, at):
        return _leave(booking, details, by, at)


def _words_of(details: ReleaseDetails) -> str:
    return labels("release").get(details.route) or GOES.get(details.route, "Left")


def _leave(booking: Booking, details: ReleaseDetails, by: Actor, at: datetime) -> Booking:
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


def expect_to_leave(
    booking: Booking, leaves_at: datetime | None, seen_version: int, by: Actor, at: datetime
) -> None:
    """The desk says when they leave: until then they can be seen in their cell.

    Raises StaleEdit, StayOver, NotInCells, LeavesWhen.
    """
    changed = expect(booking, leaves_at, seen_version, by, at)
    case = open_case_of(booking.person_id) if changed else None
    if case and case.booking_id == booking.id:
        see_elsewhere(case, max(case.window_ends, at), at)
        note_next(case, at)


def tell_where(case: Case, details: ReleaseDetails, by: Actor, at: datetime) -> None:
    """The worker knows where the person is now.

    Raises CaseClosed, AtDesk, and what `leave` raises.
    """
    case.check_open()
    if case.booking.leg.place is Place.CENTRE:
        raise AtDesk
    leave(case.booking, details, by, at)


def take_back_leaving(
    booking: Booking, seen_version: int, why: str, by: Actor, at: datetime
) -> Act:
    """They did not leave after all: stay, case, plan and services are as they were before.

    Raises StaleEdit, MistakeAlready, NothingToUndo, LongAgo, TooLongAgo, ThereAlready, HereSince.
    """
    check_stay(booking, seen_version)
    act = leaving_to_take_back(booking, by, at)
    put_back(act, why, by, at, (StayLeg,))
    unpromise(act, at)
    booking.changed()
    db.session.expire(booking, ["legs"])
    record(Tag.STAY_PUT_BACK, by, at, subject_id=booking.person_id, record_id=booking.id)
    return act


def leaving_to_take_back(booking: Booking, by: Actor, at: datetime) -> Act:
    """How they left last, as long as it may be taken back.

    Raises MistakeAlready, NothingToUndo, LongAgo, TooLongAgo, ThereAlready, HereSince.
    """
    check_counts(booking)
    act = last_act(booking.id, (ActKind.LEFT,))
    if act is None:
        raise NothingToUndo
    check_when(act.done_at, by, at)
    leg = booking.leg
    arrived = leg.place is Place.CENTRE and leg.arrived_at and leg.centre_id != by.centre_id
    if arrived and not booking.released_at:
        raise ThereAlready
    if booking.released_at and stay_of(booking.person_id):
        raise HereSince
    return act


def leave_rightly(
    booking: Booking, details: ReleaseDetails, why: str, by: Actor, at: datetime
) -> Booking:
    """They left otherwise than was recorded, or at another time. Raises what the two raise."""
    take_back_leaving(booking, details.seen_version, why, by, at)
    return leave(booking, replace(details, seen_version=booking.version), by, at)


def _is_free(case: Case, released_at: datetime, by: Actor, at: datetime) -> None:
    reach_by = deadlines_at(at).first_contact(released_at, case.booking, at)
    reach_outside(case, reach_by, at)
    recount(case, released_at, by, at)
    for referral in open_referrals(case.person_id):
        if referral.state == ReferralState.ACCEPTED:
            referral.due_at = max(referral.due_at, reach_by)


def _is_held_on(case: Case, by: Actor, at: datetime) -> None:
    """In a cell they can be seen until the court sits; in hospital or prison the plan waits."""
    place = case.booking.leg.place
    if place in HELD_AS:
        see_elsewhere(case, deadlines_at(at).due(SEEN_THERE[place], at, case.booking), at)
        hold(case, HELD_AS[place], by, at)
    else:
        see_elsewhere(case, max(case.window_ends, at), at)
        resume(case, case.booking.leg.since, by, at)
