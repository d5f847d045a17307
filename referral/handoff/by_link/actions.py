"""Answers of a service by link, through the same actions as in its inbox."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.contact_plan.try_actions import AttemptDetails
from referral.directory.models import Service
from referral.errors import StaleEdit
from referral.handoff.by_link.queries import (
    ReferralDoor,
    came_version,
    linked_referrals,
    said_meeting,
    to_be_asked,
    unsaid_meeting,
)
from referral.handoff.by_link.questions import MAY_SAY, Came, open_question, question_now
from referral.handoff.followup.actions import (
    AttendanceDetails,
    attempt,
    begin,
    say,
    unbegin,
    unsay,
)
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.answer_actions import take_back_answer
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.queries import open_stop
from referral.handoff.referrals.refusals import IllegalMove
from referral.handoff.referrals.states import Move, Side
from referral.handoff.referrals.stops import StopState
from referral.handoff.referrals.telling_actions import ask_by_link, tell_to_stop
from referral.handoff.withdrawals.actions import confirm
from referral.handoff.withdrawals.queries import stops_of_one
from referral.post.links.actions import LinkOver, note_opened, revoke_links, unuse, use
from referral.post.links.purposes import LinkPurpose
from referral.post.links.queries import live_links


@dataclass(frozen=True)
class CameDetails:
    """What became of the appointment, by the name of the answer; why or by whom, and to when."""

    answer: Came
    seen_version: int
    not_held: str | None = None
    moved_by: str | None = None
    moved_to: datetime | None = None


def answer(door: ReferralDoor, details: MoveDetails, at: datetime) -> None:
    """Yes, no, a question, that it can no longer, or how it ended; each by its own kind of link.

    A question leaves the link as it is. Who says yes gets a link to see who it is. Said anew, a
    yes or no counts as not said before. Raises LinkOver, StaleEdit, IllegalMove, ReasonNeeded,
    NoteNeeded, OutcomeNeeded, TooLateToTakeBack, GoneOnSince.
    """
    if details.move not in MAY_SAY.get(door.purpose, ()):
        raise IllegalMove
    if door.link.used_at:
        unuse(door.link, door.actor, at)
        take_back_answer(door.referral, details.seen_version, Side.TARGET, door.actor, at)
        details = replace(details, seen_version=door.referral.version)
    if details.move is Move.ASK:
        note_opened(door.link, door.actor, at)
    else:
        use(door.link, details.move.value, door.actor, at)
    move(door.referral, details, Side.TARGET, door.actor, at)
    if details.move is Move.ACCEPT:
        ask_by_link(door.referral, LinkPurpose.SEE, "accepted", at)


def log_try(door: ReferralDoor, details: AttemptDetails, at: datetime) -> None:
    """A try to reach them; the link goes on. Raises LinkOver, NotTakenOn, InTheFuture."""
    if door.purpose is not LinkPurpose.SEE:
        raise LinkOver
    note_opened(door.link, door.actor, at)
    attempt(door.referral, details, door.actor, at)


def say_came(door: ReferralDoor, details: CameDetails, at: datetime) -> None:
    """What became of the appointment that is over; without one, whether they have come at all.

    Said anew, what this link said before counts as not said. Raises LinkOver, StaleEdit,
    IllegalMove, WhyNot, TooLateToTakeBack, GoneOnSince.
    """
    if door.purpose is not LinkPurpose.CAME:
        raise LinkOver
    if came_version(door) != details.seen_version:
        raise StaleEdit
    if door.link.used_at:
        _take_back(door, at)
    if details.answer is Came.UNKNOWN:
        return
    use(door.link, details.answer.value, door.actor, at)
    if meeting := unsaid_meeting(door.referral.id, at):
        say(meeting, _attendance(details, meeting.version), door.actor, at)
    elif details.answer is Came.YES:
        begin(door.referral, door.referral.version, door.actor, at)


def _take_back(door: ReferralDoor, at: datetime) -> None:
    meeting = said_meeting(door.link)
    said = door.link.answer
    unuse(door.link, door.actor, at)
    if meeting:
        unsay(meeting, Side.TARGET, door.actor, at)
    elif said == Came.YES:
        unbegin(door.referral, Side.TARGET, door.actor, at)


def _attendance(details: CameDetails, version: int) -> AttendanceDetails:
    if details.answer in {Came.YES, Came.NO}:
        return AttendanceDetails(True, version, came=details.answer is Came.YES)
    if details.answer is Came.NOT_HELD:
        return AttendanceDetails(False, version, not_held=details.not_held)
    return AttendanceDetails(False, version, moved_by=details.moved_by, moved_to=details.moved_to)


def say_still(door: ReferralDoor, at: datetime) -> None:
    """They are still with the service. Raises LinkOver."""
    if door.purpose is not LinkPurpose.CHANGED:
        raise LinkOver
    use(door.link, "still", door.actor, at)


def say_stopped(door: ReferralDoor, at: datetime) -> None:
    """They have stopped using what they were told. Raises LinkOver for any other link."""
    stop = open_stop(door.referral.id)
    if stop is None or door.purpose is not LinkPurpose.STOPPED:
        raise LinkOver
    confirm(stop, door.actor, at)


def send_anew(door: ReferralDoor, at: datetime) -> None:
    """Another link to the registered address, for what is open now; one in ten minutes."""
    if question := door.question(at):
        occasion = f"again:{at:%Y%m%d%H}{at.minute // 10}"
        ask_by_link(door.referral, question, occasion, at)


def write_anew(service: Service, by: Actor, at: datetime) -> None:
    """A service has moved or closed: no link that was sent to it before opens anything more.

    What is open is sent to the new address, each referral once. Where there is none, somebody must
    ring; of what the service was only told to stop this is said on the team's list.
    """
    occasion = f"address{service.version}"
    for referral in linked_referrals(service.id, at):
        links = live_links(referral.id, at)
        revoke_links(referral.id, by, at)
        if purpose := open_question(referral.state, links):
            ask_by_link(referral, purpose, occasion, at)
    for stop in stops_of_one(service.id):
        if stop.state == StopState.TOLD:
            stop.lose()
            record(Tag.STOP_LOST, by, at, subject_id=stop.referral.person_id, record_id=stop.id)
        tell_to_stop(stop, occasion, at)


def asking_due(at: datetime) -> list[UUID]:
    """The referrals whose service is to be asked today what became of somebody."""
    return [referral.id for referral, _ in to_be_asked(at)]


def ask_what_became(referral_ids: Sequence[UUID], at: datetime) -> None:
    """On day 3, 14, 42 and 90: one question, unless that day has been asked about already."""
    for referral, day in to_be_asked(at, referral_ids):
        question = question_now(referral.state)
        if question:
            ask_by_link(referral, question, f"day{day}", at)
