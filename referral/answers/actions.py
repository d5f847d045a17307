"""What a service says by a link: through the same actions as in its inbox."""

from datetime import datetime

from referral.answers.queries import Door, to_be_asked, unsaid_meeting
from referral.answers.questions import question_now
from referral.followup.actions import AttendanceDetails, say
from referral.handoff.actions import MoveDetails, move
from referral.handoff.queries import open_stop
from referral.handoff.states import Move, ReferralState, Side
from referral.handoff.telling import ask_by_link
from referral.jobs.kinds import Effect, Task
from referral.links.actions import LinkOver, use
from referral.links.purposes import LinkPurpose
from referral.stopping.actions import confirm


def answer(door: Door, details: MoveDetails, at: datetime) -> None:
    """Yes, no, a question, or how it ended. Who says yes gets a link to see who it is.

    Raises LinkOver, StaleEdit, IllegalMove, ReasonNeeded, NoteNeeded, OutcomeNeeded.
    """
    use(door.link, details.move.value, door.actor, at)
    move(door.referral, details, Side.TARGET, door.actor, at)
    if details.move is Move.ACCEPT:
        ask_by_link(door.referral, LinkPurpose.SEE, "accepted", at)


def say_came(door: Door, came: bool, seen_version: int, at: datetime) -> None:
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


def say_still(door: Door, at: datetime) -> None:
    """They are still with the service. Raises LinkOver."""
    use(door.link, "still", door.actor, at)


def say_stopped(door: Door, at: datetime) -> None:
    """They have stopped using what they were told. Raises LinkOver for any other link."""
    stop = open_stop(door.referral.id)
    if stop is None or door.purpose is not LinkPurpose.STOPPED:
        raise LinkOver
    confirm(stop, door.actor, at)


def send_anew(door: Door, at: datetime) -> None:
    """Another link to the registered address, for what is open now; one in ten minutes."""
    question = question_now(ReferralState(door.referral.state))
    if question:
        occasion = f"again:{at:%Y%m%d%H}{at.minute // 10}"
        ask_by_link(door.referral, question, occasion, at)


def ask_what_became(task: Task) -> Effect | None:
    """On day 3, 14, 42 and 90: one question, unless that day has been asked about already."""
    for referral, day in to_be_asked(task.at):
        question = question_now(ReferralState(referral.state))
        if question:
            ask_by_link(referral, question, f"day{day}", task.at)
    return None
