"""Put a stay right, with the case that counts from it; and take back what was put right."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.acts.actions import Remembered, Undone, remembering
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.acts.queries import last_act
from referral.casework.cases.actions import count_window_from
from referral.casework.cases.queries import open_case_of
from referral.casework.cases.undo_actions import unpromise
from referral.custody.models import Booking
from referral.custody.stay_actions import (
    TimesDetails,
    check_counts,
    check_stay,
    check_when,
    correct_times,
    put_stay_back,
)
from referral.desk.mistake_actions import bring_back, check_brought_back
from referral.desk.who_actions import take_back_who
from referral.desk.who_queries import is_known_by_joining
from referral.errors import RuleBroken, allows
from referral.handoff.referrals.leaving_actions import leaving_to_take_back, take_back_leaving
from referral.merging.detaching.actions import DetachDetails, detach
from referral.people import correcting_actions as people
from referral.people.correcting_actions import Correction


class NoWayBack(RuleBroken):
    """That cannot be taken back here. Tell your custody supervisor."""

    status = 409


class LeftAgain(RuleBroken):
    """They have left again since. Undo the later one first."""

    status = 409


def correct_began(booking: Booking, details: TimesDetails, by: Actor, at: datetime) -> Act:
    """Custody was authorised at another time: the twelve hours count from then.

    Raises StaleEdit, MistakeAlready, LongAgo, TooLongAgo, BeganWhen, SayWhyWrong.
    """
    what = Remembered(ActKind.CORRECTED, booking.id, "Time of authorisation", details.why)
    with remembering(what, by, at) as act:
        before = booking.authorised_at
        correct_times(booking, details, by, at)
        case = open_case_of(booking.person_id, to_change=True)
        if case and case.booking_id == booking.id:
            count_window_from(case, before, at)
    return act


def correct_who(booking: Booking, details: Correction, by: Actor, at: datetime) -> Act:
    """The record of who is in this stay was wrong.

    Of a booking that was a mistake, perhaps the wrong person's, nobody's record is put right.
    Raises MistakeAlready, LongAgo, TooLongAgo and its own.
    """
    check_counts(booking)
    check_when(booking.leg.until or at, by, at)
    return people.correct(booking.person, details, by, at)


def undoable(booking: Booking, acts: Sequence[Act], by: Actor, at: datetime) -> set[UUID]:
    """Those of the acts of a stay that may be taken back."""
    return {act.id for act in acts if allows(check_undo, booking, act, by, at)}


def check_undo(booking: Booking, act: Act, by: Actor, at: datetime) -> None:
    """An act of a stay may be taken back. Raises NoWayBack, Undone, LeftAgain and more."""
    if act.undone_at:
        raise Undone
    if act.kind is ActKind.LEFT:
        if leaving_to_take_back(booking, by, at) is not act:
            raise LeftAgain
    elif act.kind is ActKind.VOIDED:
        check_brought_back(booking, act, by, at)
    elif act.kind is ActKind.RECOGNISED:
        check_when(act.done_at, by, at)
        check_counts(booking)
    elif act.kind is ActKind.CORRECTED:
        check_when(act.done_at, by, at)
        if act.about_id != booking.id:
            check_counts(booking)
    else:
        raise NoWayBack


def undo(booking: Booking, act: Act, why: str, by: Actor, at: datetime) -> None:
    """Take back one act of a stay. Raises what `check_undo` raises."""
    check_undo(booking, act, by, at)
    if act.kind is ActKind.LEFT:
        take_back_leaving(booking, booking.version, why, by, at)
    elif act.kind is ActKind.VOIDED:
        bring_back(booking, act, why, by, at)
    elif act.kind is ActKind.RECOGNISED:
        take_back_who(booking, act, why, by, at)
    elif act.about_id == booking.id:
        put_stay_back(booking, act, why, by, at)
        unpromise(act, at)
    else:
        people.take_back(booking.person, act, why, by, at)


def somebody_else(booking: Booking, details: DetachDetails, by: Actor, at: datetime) -> None:
    """The wrong record was chosen: what the desk made one is two again, else the stay leaves it.

    Raises what `undo` raises, and what `detach` raises.
    """
    said = last_act(booking.id, (ActKind.RECOGNISED,))
    if said and is_known_by_joining(booking):
        check_stay(booking, details.seen_version)
        undo(booking, said, details.why, by, at)
    else:
        detach(booking, details, by, at)
