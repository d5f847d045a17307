"""Write to a person, look again at the moment of sending, and say why where it did not go out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.casework.cases.models import Case
from referral.contact.messages.models import PersonMessage, State
from referral.contact.messages.queries import (
    KIND,
    Filled,
    filled_reminder,
    filled_ring,
    in_doubt,
    preview_of,
    reach_of,
    reaches_of,
    reference_of,
    to_be_reminded,
    waiting_ring,
)
from referral.contact.messages.ways import Way, WhyNot, way_of
from referral.db import chunks, db, new_number
from referral.errors import RuleBroken
from referral.handoff.followup.models import Appointment
from referral.jobs.actions import enqueue
from referral.jobs.kinds import JobKind, Owner
from referral.post.links.actions import revoke
from referral.post.links.models import Link
from referral.post.messages.actions import Leaving, envelope_of, handing_over
from referral.post.messages.channels import FIRST_TO_LAST, NO_PAPER, Channel
from referral.post.messages.post import Post
from referral.post.messages.queries import words_of
from referral.web.filters import when

Filler = Callable[[PersonMessage, datetime], Filled | WhyNot]

FILLERS: Mapping[str, Filler] = {"ring": filled_ring, "reminder": filled_reminder}
LOOK_AGAIN = timedelta(days=1)  # whether somebody who is said to have died has
FIT: Mapping[str, tuple[Channel, ...]] = {"worth": NO_PAPER}


class CannotReach(RuleBroken):
    """We may not send this person a message now. The case says why."""

    status = 409


class WaitsAlready(RuleBroken):
    """A message asking them to ring is already waiting to be sent."""

    status = 409


def ask_to_ring(case: Case, by: Actor, at: datetime) -> PersonMessage:
    """Ask the person to ring the team, in the words that were shown.

    Raises CaseClosed, CannotReach, WaitsAlready.
    """
    case.check_open()
    shown = preview_of(case, at)
    if shown.words is None or shown.leaves_at is None:
        raise CannotReach
    if waiting_ring(case.id):
        raise WaitsAlready
    number = new_number()
    message = PersonMessage(id=number, case=case, name="ring", about_id=case.id, by_name=by.name)
    message.occasion = f"ring:{number}"
    message.words_id = shown.words.id
    return write(message, by, at, shown.leaves_at)


def write(
    message: PersonMessage, by: Actor | None, at: datetime, leaves_at: datetime
) -> PersonMessage:
    """Promise a message to a person, in the transaction of its cause."""
    message.made_at = at
    message.state = State.WAITING
    db.session.add(message)
    db.session.flush()  # the work and the audit name it by its number
    _queue(message, leaves_at, at)
    subject = message.case.person_id
    record(Tag.PERSON_MESSAGE_WRITTEN, by, at, subject_id=subject, record_id=message.id)
    return message


def _queue(message: PersonMessage, leaves_at: datetime, at: datetime) -> None:
    """One piece of work for each time at which it may leave; the message itself leaves once."""
    owner = Owner(message.case.team_id, Permission.WORK_CASES)
    key = f"{KIND}:{message.id}:{leaves_at:%Y%m%d%H%M}"
    title = f"{reference_of(message.case_id)}, written {when(message.made_at)}".removeprefix(", ")
    enqueue(KIND, key, at, about_id=message.id, owner=owner, title=title, due_at=leaves_at)


def reminders_due(at: datetime) -> list[UUID]:
    """The appointments of tomorrow whose person may be reached and was not reminded yet."""
    return [
        meeting.id
        for meetings in chunks(to_be_reminded(at))
        for meeting in _reachable(meetings, at)
    ]


def remind(meeting_ids: Sequence[UUID], at: datetime) -> None:
    """A reminder for each of these appointments whose person may still be reached."""
    for meeting in _reachable(to_be_reminded(at, meeting_ids), at):
        message = PersonMessage(case=meeting.referral.case, name="reminder", about_id=meeting.id)
        message.occasion = f"reminder:{meeting.id}"
        write(message, None, at, at)  # the work finds out when it is safe, and if in time


def _reachable(meetings: Sequence[Appointment], at: datetime) -> list[Appointment]:
    """Those whose person may be reached; of the others there is no trace."""
    reaches = reaches_of([meeting.referral.case for meeting in meetings], at)
    ways = [(meeting, way_of(reaches[meeting.referral.case_id])) for meeting in meetings]
    return [meeting for meeting, way in ways if not isinstance(way, WhyNot)]


def stop(message: PersonMessage, by: Actor, at: datetime) -> None:
    """The team does not want it to go out any more; of what has left, a link opens nothing."""
    _stop(message, WhyNot.STOPPED, by, at)
    if link := db.session.get(Link, message.about_id):
        revoke(link, by, at)


def _stop(message: PersonMessage, why: WhyNot, by: Actor | None, at: datetime) -> None:
    if not message.waits:
        return
    message.stop(why, at)
    subject, number = message.case.person_id, message.id
    record(Tag.PERSON_MESSAGE_STOPPED, by, at, subject_id=subject, record_id=number)


def person_kind(fillers: Mapping[str, Filler], posts: Mapping[Channel, Post]) -> JobKind:
    """The work of handing messages to people over: consent, plan and hours are asked anew."""

    def look(message: PersonMessage, at: datetime) -> Leaving | None:
        filled, way = _looked_at_anew(message, fillers[message.name], at)
        if isinstance(filled, Filled) and way is WhyNot.DIED and in_doubt(message.case.person_id):
            _wait(message, filled, at + LOOK_AGAIN, at)
            return None
        if isinstance(way, WhyNot) or isinstance(filled, WhyNot):
            _stop(message, _first(filled, way), None, at)
            return None
        opens = way.hours.next_open(at)
        if opens > at:
            _wait(message, filled, opens, at)
            return None
        words = message.words or words_of(message.name, message.case.person.language, at)
        envelope = envelope_of(message, words, filled.places, way.to, at)
        return Leaving(way.channel, envelope, partial(_note, message.id, way.channel, words.id))

    return JobKind(KIND, "Send a message to a person", handing_over(PersonMessage, look, posts))


def _looked_at_anew(
    message: PersonMessage, filler: Filler, at: datetime
) -> tuple[Filled | WhyNot, Way | WhyNot]:
    fit = FIT.get(message.name, FIRST_TO_LAST)
    return filler(message, at), way_of(reach_of(message.case, at), fit)


def _first(filled: Filled | WhyNot, way: Way | WhyNot) -> WhyNot:
    """The reason to show the team: the person's wish comes before a change of the occasion."""
    found = [why for why in (way, filled) if isinstance(why, WhyNot)]
    return found[0]


def _wait(message: PersonMessage, filled: Filled, opens: datetime, at: datetime) -> None:
    if filled.until and opens >= filled.until:
        _stop(message, WhyNot.LATE, None, at)
    else:
        _queue(message, opens, at)


def _note(message_id: UUID, channel: Channel, words_id: UUID, at: datetime) -> None:
    message = db.session.get_one(PersonMessage, message_id)
    message.sent(channel, words_id, at)
    subject = message.case.person_id
    record(Tag.PERSON_MESSAGE_SENT, None, at, subject_id=subject, record_id=message_id)
