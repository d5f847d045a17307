"""Put a stay right: it was a mistake, or it began at another time."""

from dataclasses import dataclass
from datetime import datetime

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.acts.actions import Remembered, put_back, remembering
from referral.acts.kinds import OFFICER_UNDOES, SUPERVISOR_UNDOES, ActKind
from referral.acts.models import Act
from referral.audit.trail import Tag, record
from referral.custody.models import Booking
from referral.custody.places import Mistake
from referral.directory.bounds import BOUNDS
from referral.errors import RuleBroken, StaleEdit


class LongAgo(RuleBroken):
    """That was more than a day ago. Ask your custody supervisor to put it right."""


class TooLongAgo(RuleBroken):
    """That was more than four weeks ago, so it can no longer be changed here."""


class MistakeAlready(RuleBroken):
    """This booking was recorded as a mistake. Bring it back first."""

    status = 409


class BeganWhen(RuleBroken):
    """Custody was authorised in the last 40 days, before they left. Check the time."""

    fields = ("authorised_at",)


class SayWhyWrong(RuleBroken):
    """Say in a few words why you correct it."""


@dataclass(frozen=True)
class MistakeDetails:
    """Why a booking was a mistake, and the version that was seen."""

    why: Mistake
    seen_version: int


@dataclass(frozen=True)
class TimesDetails:
    """Since when the person is held, why it was wrong, and the version that was seen."""

    authorised_at: datetime
    why: str
    seen_version: int


def check_when(done_at: datetime, by: Actor, at: datetime) -> None:
    """An officer puts right what is a day old, a supervisor four weeks. Raises LongAgo."""
    if done_at < at - SUPERVISOR_UNDOES:
        raise TooLongAgo
    if done_at < at - OFFICER_UNDOES and not by.may(Permission.CORRECT_STAYS):
        raise LongAgo


def check_stay(booking: Booking, seen_version: int) -> None:
    """It is as it was seen, and no mistake. Raises StaleEdit, MistakeAlready."""
    if booking.version != seen_version:
        raise StaleEdit
    check_counts(booking)


def check_counts(booking: Booking) -> None:
    """It is no mistake. Raises MistakeAlready."""
    if booking.voided_at:
        raise MistakeAlready


def void(booking: Booking, why: Mistake, by: Actor, at: datetime) -> None:
    """The stay counts nowhere from now on; what is recorded of it is kept."""
    booking.void(why, by.user_id, at)
    booking.version += 1
    record(Tag.STAY_VOIDED, by, at, subject_id=booking.person_id, record_id=booking.id)


def correct_times(booking: Booking, details: TimesDetails, by: Actor, at: datetime) -> None:
    """Custody was authorised at another time. Raises what `check_*` raise, BeganWhen, SayWhyWrong.

    The twelve hours, and what is counted from them, follow in casework.
    """
    check_stay(booking, details.seen_version)
    check_when(booking.recorded_at, by, at)
    first = booking.legs[0]
    given = details.authorised_at
    early = BOUNDS["authorised_at"].too_early(given, booking.recorded_at)
    if early or given > min(at, first.until or at):
        raise BeganWhen
    if not details.why:
        raise SayWhyWrong
    booking.authorised_at = details.authorised_at
    first.since = details.authorised_at
    first.arrived_at = details.authorised_at
    booking.version += 1
    record(Tag.STAY_CORRECTED, by, at, subject_id=booking.person_id, record_id=booking.id)


def move_cell(booking: Booking, cell: str, by: Actor, at: datetime) -> None:
    """They are in another cell of the centre; empty where nobody has said in which."""
    was, goes = booking.cell or "none", cell or "none"
    what = Remembered(ActKind.CORRECTED, booking.id, f"Cell: {goes}, before {was}")
    with remembering(what, by, at):
        booking.cell = cell
    record(Tag.STAY_CORRECTED, by, at, subject_id=booking.person_id, record_id=booking.id)


def put_stay_back(booking: Booking, act: Act, why: str, by: Actor, at: datetime) -> None:
    """A correction of the stay is taken back. Raises LongAgo, TooLongAgo, Undone."""
    check_when(act.done_at, by, at)
    put_back(act, why, by, at)
    booking.version += 1
    record(Tag.STAY_PUT_BACK, by, at, subject_id=booking.person_id, record_id=booking.id)
