"""Answers of a service by link, through the same actions as in its inbox."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.directory.models import Service
from referral.handoff.by_link.queries import (
    ReferralDoor,
    linked_referrals,
    to_be_asked,
    unsaid_meeting,
)
from referral.handoff.by_link.questions import open_question, question_now
from referral.handoff.followup.actions import AttendanceDetails, say
from referral.handoff.referrals.actions import MoveDetails, move
from referral.handoff.referrals.queries import open_stop
from referral.handoff.referrals.states import Move, Side
from referral.handoff.referrals.stops import StopState
from referral.handoff.referrals.telling_actions import ask_by_link, tell_to_stop
from referral.handoff.withdrawals.actions import confirm
from referral.handoff.withdrawals.queries import stops_of_one
from referral.post.links.actions import LinkOver, revoke_links, use
from referral.post.links.purposes import LinkPurpose
from referral.post.links.queries import live_links


def answer(door: ReferralDoor, details: MoveDetails, at: datetime) -> None:
    """Yes, no, a question, or how it ended. Who says yes gets a link to see who it is.

    Raises LinkOver, StaleEdit, IllegalMove, ReasonNeeded, NoteNeeded, OutcomeNeeded.
    """
    use(door.link, details.move.value, door.actor, at)
    move(door.referral, details, Side.TARGET, door.actor, at)
    if details.move is Move.ACCEPT:
        ask_by_link(door.referral, LinkPurpose.SEE, "accepted", at)


def say_came(door: ReferralDoor, came: bool, seen_version: int, at: datetime) -> None:
    """They came, or not yet. Where an appointment is over, it is said of that one.

    Raises LinkOver, StaleEdit, IllegalMove.
    """
    use(door.link, "came" if came else "not yet", door.actor, at)
    meeting = unsaid_meeting(door.referral.id, at)
    if meeting:
        say(meeting, AttendanceDetails(True, meeting.version, came=came), door.actor, at)
    elif came:
        start = MoveDetails(Move.START, seen_version)
        move(door.referral, start, Side.TARGET, door.actor, at)


def say_still(door: ReferralDoor, at: datetime) -> None:
    """They are still with the service. Raises LinkOver."""
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
