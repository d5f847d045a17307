"""Somebody called or came; the team has made sure that it is them; family left a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.cases.actions import decide, found, meet, watch_over
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.casework.doors.models import FamilyMessage
from referral.casework.doors.queries import held_before
from referral.casework.doors.refusals import (
    BookedByTheDesk,
    ByWhen,
    MessageOver,
    NoNumberBack,
    NotHeldBefore,
    NothingKept,
    SureAlready,
    WhoSaysSo,
)
from referral.consent.actions import Agreement, Circumstances, confirm, record_agreements
from referral.consent.purposes import Answer, Companion, Purpose
from referral.custody.door_actions import DoorDetails, come
from referral.custody.doors import IN_PERSON, Door, Sure, Way
from referral.custody.models import Booking
from referral.db import db, new_number
from referral.directory.bounds import BOUNDS
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at
from referral.known.actions import Hearing, Saying, observe
from referral.known.now import SaidIn
from referral.people.actions import identify
from referral.people.detail_actions import Heard
from referral.people.details import HeardIn
from referral.people.identity import Identity
from referral.people.sources import Source


@dataclass(frozen=True)
class Coming:
    """Who came and how, whether they agree that it is written down and that they are contacted.

    `due_at` is by when they are met or rung back, `stated_by` the agency that says they agreed,
    `place` which court. What they `said` are needs and dangers. None was not asked. `team_id` is
    the team that is to meet them, where no worker of it writes this down.
    """

    way: Way
    identity: Identity
    talk: bool | None
    contact: bool | None = None
    said: Sequence[Saying] = ()
    due_at: datetime | None = None
    stated_by: str = ""
    place: str = ""
    beside: Companion | None = None
    beside_name: str = ""
    message: FamilyMessage | None = None
    team_id: UUID | None = None

    @property
    def in_person(self) -> bool:
        """Whether the worker has them in front of them."""
        return self.way in IN_PERSON

    @property
    def agreed(self) -> list[Agreement]:
        """The answers of the person, each apart."""
        said = {Purpose.TALK: self.talk, Purpose.CONTACT: self.contact}
        words = {True: Answer.GRANTED, False: Answer.REFUSED}
        return [Agreement(one, words[yes]) for one, yes in said.items() if yes is not None]

    @property
    def how(self) -> Circumstances:
        """How they answered: by telephone, and through an agency, it holds until they are met."""
        spoken = "spoken" if self.in_person else "phone"
        return Circumstances(
            given_how=spoken,
            accompanied_by=self.beside,
            accompanied_name=self.beside_name,
            unmet=not self.in_person,
        )


@dataclass(frozen=True)
class MessageDetails:
    """Who rings and on which number, for whom as they say it, what, and by when it is seen to."""

    caller: str
    phone: str
    whom: str
    words: str
    due_at: datetime | None


def write_down(details: Coming, by: Actor, at: datetime) -> Case:
    """A case by another door. Whoever they may be, it is a record of its own.

    Nothing is looked up before they are met, and nothing is joined by itself. Raises NothingKept,
    WhoSaysSo, ByWhen, MessageOver, and what a name, an agreement or a code that is none raises.
    """
    if not details.talk:
        raise NothingKept
    if details.way is Way.AGENCY and not details.stated_by:
        raise WhoSaysSo
    if not details.in_person:
        _check_when(details.due_at, at)
    source = Source.SERVICE if details.way is Way.AGENCY else Source.PERSON
    person = identify(details.identity, None, Heard(HeardIn.PLAN, by, at, source))
    how = DoorDetails(details.way, details.place, details.stated_by)
    stay = come(person.id, how, by, at)
    case = _opened(stay, details, by, at)
    record_agreements(person, details.agreed, details.how, by, at)
    observe(stay, details.said, Hearing(SaidIn.CASE, source), by, at)
    _watch(case, at)
    case.say_next()
    if details.message:
        end_message(details.message, by, at)
    record(Tag.CASE_CAME, by, at, subject_id=person.id, record_id=case.id)
    return case


def check_by_door(case: Case) -> None:
    """Only who came by another door is known again by a worker alone. Raises BookedByTheDesk."""
    if case.booking.door is Door.CUSTODY:
        raise BookedByTheDesk


def make_sure(case: Case, how: Sure, by: Actor, at: datetime) -> None:
    """It is them: what they said by telephone holds from now on, as far as it has not run out.

    Raises CaseClosed, SureAlready, NotHeldBefore.
    """
    case.check_open()
    if not case.booking.unmet:
        raise SureAlready
    if how is Sure.RUNG and not held_before(by, case.booking):
        raise NotHeldBefore
    case.booking.make_sure(how, at)
    confirm(case.person, by, at)
    words = "Met" if how is Sure.MET else "Rung back"
    found(case, words, at)
    meet(case, words, at)
    record(Tag.CASE_MADE_SURE, by, at, subject_id=case.person_id, record_id=case.id)


def leave_message(details: MessageDetails, by: Actor, at: datetime) -> FamilyMessage:
    """Family or a friend leaves word. Nothing is looked up, and nobody gets a record by it.

    Raises NoNumberBack, ByWhen.
    """
    if not details.phone:
        raise NoNumberBack
    due_at = _check_when(details.due_at, at)
    message = FamilyMessage(
        team_id=by.organisation_id,
        caller=details.caller,
        phone=details.phone,
        whom=details.whom,
        words=details.words,
        due_at=due_at,
        by_id=by.user_id,
        recorded_at=at,
    )
    db.session.add(message)
    db.session.flush()  # the audit names it by its number
    record(Tag.MESSAGE_LEFT, by, at, record_id=message.id)
    return message


def end_message(message: FamilyMessage, by: Actor, at: datetime) -> None:
    """It is dealt with, and what it said is gone. Raises MessageOver."""
    if message.over_at:
        raise MessageOver
    message.end(at)
    record(Tag.MESSAGE_OVER, by, at, record_id=message.id)


def _check_when(due_at: datetime | None, at: datetime) -> datetime:
    bound = BOUNDS["due_at"]
    if due_at is None or bound.too_early(due_at, at) or bound.too_late(due_at, at):
        raise ByWhen
    return due_at


def _opened(stay: Booking, details: Coming, by: Actor, at: datetime) -> Case:
    team = details.team_id or by.organisation_id
    case = Case(id=new_number(), person_id=stay.person_id, team_id=team, opened_at=at)
    case.worker_id = None if details.team_id else by.user_id
    case.hang_on(stay)
    if stay.unmet and details.due_at:
        case.promise(NextStep.SEE, details.due_at, at)
    else:
        decide(case, Kind.DECIDE, at)
    db.session.add(case)  # not before it says by when what is due
    db.session.flush()  # the audit names it by its number
    return case


def _watch(case: Case, at: datetime) -> None:
    """After a recent overdose somebody must find them: who is in front of the worker is found."""
    stay = case.booking
    watch_over(case, at)
    if stay.unmet and stay.recent_overdose(at):
        case.promise(NextStep.OUTREACH, deadlines_at(at).first_contact(None, stay, at), at)
