"""How a person may be reached now, whom to remind, and what became of each message."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from flask import abort
from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from referral.casework.cases.models import Case
from referral.casework.contact_plan.models import ContactPlan
from referral.casework.contact_plan.queries import latest_plans
from referral.casework.facts.meanings import Fact, Sender, is_stopped
from referral.casework.facts.models import SaidFact
from referral.casework.facts.queries import Standing, facts_of, is_wrong, standing_facts
from referral.clock import day_of, here, midnight
from referral.consent.models import Consent
from referral.consent.purposes import Purpose
from referral.consent.queries import Yeses, of_persons, own_yeses
from referral.contact.messages.models import PersonMessage, State
from referral.contact.messages.ways import BECAUSE, Reach, Way, WhyNot, way_of
from referral.custody.models import Booking
from referral.custody.queries import COUNTS
from referral.db import db
from referral.directory.queries import organisation_of
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.states import TAKEN_ON
from referral.jobs.models import Job
from referral.jobs.states import JobState
from referral.people.traits import same_number
from referral.post.links.models import Link
from referral.post.messages.models import MessageWords
from referral.post.messages.queries import words_if_any
from referral.web.bidi import in_words_of
from referral.web.paging import Page, page_of

KIND = "person-message"
CALLED = {
    "reminder": "Reminder of an appointment",
    "ring": "Please ring us",
    "worth": "Was it worth it?",
}


def called(message: PersonMessage) -> str:
    """What a message is called; one that only another release knows is called by its name."""
    return CALLED.get(message.name, message.name)


@dataclass(frozen=True)
class Filled:
    """The places of a message as they are now, and the time after which sending it is pointless."""

    places: Mapping[str, str]
    until: datetime | None = None


@dataclass(frozen=True)
class MessageLine:
    """A message as the team sees it: what it is, what became of it, and what can be stopped."""

    message: PersonMessage
    called: str
    became: str
    stoppable: str


@dataclass(frozen=True)
class Preview:
    """The exact words before they are sent, by which way, and when; or why they cannot be."""

    why_not: str = ""
    words: MessageWords | None = None
    text: str = ""
    way: Way | None = None
    leaves_at: datetime | None = None


def reach_of(
    case: Case, at: datetime, facts: Standing | None = None, contact: Yeses | None = None
) -> Reach:
    """The person's consent to contact and their plan, as they stand at `at`."""
    return reaches_of([case], at, facts, contact)[case.id]


def reaches_of(
    cases: Sequence[Case],
    at: datetime,
    facts: Standing | None = None,
    contact: Yeses | None = None,
) -> dict[UUID, Reach]:
    """The same for many cases, by their numbers, in as many statements.

    `facts` and the yeses to be contacted, where known.
    """
    people = {case.person_id for case in cases}
    yeses = own_yeses(people, Purpose.CONTACT, at) if contact is None else of_persons(contact)
    plans = latest_plans([c.id for c in cases])
    inside = _inside(people)
    facts = facts or standing_facts(people)
    return {
        case.id: _without_what_is_wrong(
            _reach(
                case.person.phone,
                yeses.get(case.person_id),
                plans.get(case.id),
                case.person_id in inside,
            ),
            facts[case.person_id],
        )
        for case in cases
    }


def _without_what_is_wrong(reach: Reach, facts: Sequence[SaidFact]) -> Reach:
    """Nothing goes to who is said to have died, nor to a place that is said not to be theirs."""
    phone, email, address = (
        "" if is_wrong(place, facts) else place
        for place in (reach.phone, reach.email, reach.address)
    )
    stopped = is_stopped(Sender.RING, frozenset(row.fact for row in facts))
    return replace(reach, died=stopped, phone=phone, email=email, address=address)


def in_doubt(person_id: UUID) -> bool:
    """Whether somebody said that a person has died, and the team is not sure of it yet."""
    return any(row.fact is Fact.DIED and row.sure_at is None for row in facts_of(person_id))


def _inside(people: Collection[UUID]) -> set[UUID]:
    """Those of these people who are in custody now."""
    stays = select(Booking.person_id).where(
        Booking.person_id.in_(people), Booking.released_at.is_(None), COUNTS
    )
    return set(db.session.scalars(stays.order_by(Booking.person_id)))


def _reach(number: str, yes: Consent | None, plan: ContactPlan | None, inside: bool) -> Reach:
    if yes is None or plan is None:
        return Reach(agreed=yes is not None, planned=plan is not None)
    return Reach(
        agreed=True,
        channels=yes.channels,
        no_letters=yes.no_letters,
        safe_times=yes.safe_times,
        planned=True,
        ended=plan.ended_why is not None,
        held=plan.held_why is not None,
        inside=inside,
        best_way=plan.best_way,
        phone=number if same_number(number, plan.confirmed_number) else "",
        email=plan.email,
        address=plan.address,
    )


def reference_of(case_id: UUID) -> str:
    """The reference of the latest referral of a case; empty while there is none."""
    wanted = select(Referral.reference).filter_by(case_id=case_id)
    newest = wanted.order_by(Referral.sent_at.desc(), Referral.order.desc()).limit(1)
    return db.session.scalars(newest).one_or_none() or ""


def number_to_ring(case: Case) -> str:
    """The team's number that may stand in a message; empty where there is none."""
    return organisation_of(case.team_id).phone


def filled_ring(message: PersonMessage, at: datetime) -> Filled | WhyNot:
    """The places of the message that asks somebody to ring; or why it may not go out."""
    del at
    number = number_to_ring(message.case)
    return Filled({"phone": number}) if number else WhyNot.NUMBER


def filled_reminder(message: PersonMessage, at: datetime) -> Filled | WhyNot:
    """The time of the appointment, on the day before and no other; nothing of where or with whom.

    One that was held, moved or withdrawn is over.
    """
    meeting = db.session.get_one(Appointment, message.about_id)
    if meeting.said_at or meeting.cannot_since or meeting.referral.state not in TAKEN_ON:
        return WhyNot.OVER
    number = number_to_ring(message.case)
    starts = here(meeting.starts_at)
    over = midnight(starts.date())
    if at >= over:
        return WhyNot.LATE
    said = {"time": f"{starts:%H:%M}", "phone": number}
    return Filled(said, over) if number else WhyNot.NUMBER


def preview_of(
    case: Case, at: datetime, facts: Standing | None = None, contact: Yeses | None = None
) -> Preview:
    """“Please ring us” exactly as this person would get it now; or why they cannot."""
    way = way_of(reach_of(case, at, facts, contact))
    number = number_to_ring(case)
    if isinstance(way, WhyNot):
        return Preview(BECAUSE[way])
    words = words_if_any("ring", case.person.language, at)
    if not number:
        return Preview(BECAUSE[WhyNot.NUMBER])
    if words is None:
        return Preview("its words are not loaded yet; start a worker to load them")
    text = words.text.format_map(in_words_of(words.language, {"phone": number})).strip()
    return Preview("", words, text, way, way.hours.next_open(at))


def to_be_reminded(at: datetime, among: Sequence[UUID] | None = None) -> Sequence[Appointment]:
    """The appointments of tomorrow in Scotland of which no reminder was written yet.

    All of them, or those among these numbers; with their cases and people.
    """
    tomorrow = day_of(at) + timedelta(days=1)
    first = midnight(tomorrow)
    last = midnight(tomorrow + timedelta(days=1))
    written = select(PersonMessage.id).where(
        PersonMessage.name == "reminder", PersonMessage.about_id == Appointment.id
    )
    wanted = (
        select(Appointment)
        .join(Appointment.referral)
        .where(Appointment.starts_at >= first, Appointment.starts_at < last)
        .where(Appointment.said_at.is_(None), Appointment.cannot_since.is_(None), ~exists(written))
        .where(Referral.state.in_(TAKEN_ON))
        .options(joinedload(Appointment.referral).joinedload(Referral.case).joinedload(Case.person))
    )
    if among is not None:
        wanted = wanted.where(Appointment.id.in_(among))
    return db.session.scalars(wanted.order_by(Appointment.starts_at, Appointment.order)).all()


def messages_of(case_id: UUID, page: int, at: datetime) -> Page[MessageLine]:
    """One page of the messages to the person of a case, newest first."""
    wanted = select(PersonMessage).filter_by(case_id=case_id)
    newest = wanted.order_by(PersonMessage.made_at.desc(), PersonMessage.order.desc())
    found = page_of(newest, page)
    jobs = select(Job.about_id, Job.state).where(
        Job.kind == KIND, Job.about_id.in_([message.id for message in found])
    )
    latest_last = jobs.order_by(Job.made_at, Job.due_at, Job.key)
    states = {row[0]: row[1] for row in db.session.execute(latest_last)}
    links = select(Link).where(Link.id.in_([message.about_id for message in found]))
    live = {link.id for link in db.session.scalars(links.order_by(Link.id)) if link.lives(at)}
    lines = [
        MessageLine(m, called(m), became(m, states.get(m.id)), _stoppable(m, live)) for m in found
    ]
    return found.holding(lines)


def _stoppable(message: PersonMessage, live: Collection[UUID]) -> str:
    if message.state == State.WAITING:
        return "Do not send"
    return "Stop its link" if message.about_id in live else ""


def became(message: PersonMessage, job: str | None = None) -> str:
    """The fate of a message, in words; `job` is the state of the work of sending it."""
    if message.state == State.STOPPED:
        return f"not sent, because {BECAUSE[message.why_not or WhyNot.OVER]}"
    if message.channel:
        return f"sent as {message.channel.manner.called}"
    if job == JobState.FAILED:
        return "could not be delivered"
    return "dealt with in another way" if job == JobState.SETTLED else "waits to be sent"


def waiting_ring(case_id: UUID) -> PersonMessage | None:
    """A “please ring us” that has not gone out yet."""
    wanted = select(PersonMessage).filter_by(case_id=case_id, name="ring", state=State.WAITING)
    return db.session.scalars(wanted.order_by(PersonMessage.order)).first()


def message_in(case: Case, message_id: UUID) -> PersonMessage:
    """A message of a case, to change; 404 for any other."""
    wanted = select(PersonMessage).filter_by(id=message_id, case_id=case.id).with_for_update()
    return db.session.scalars(wanted).one_or_none() or abort(404)
