"""The inbox of a service, and what happened in a referral."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from referral.access.actor import Actor
from referral.clock import day_of
from referral.db import db
from referral.directory.deadlines import Kind
from referral.directory.models import Service
from referral.directory.queries import (
    choices,
    deadlines_at,
    is_theirs,
    labels,
    organisation_of,
    own_services,
    places_said,
)
from referral.directory.weeks import week_of
from referral.handoff.followup.models import Appointment
from referral.handoff.followup.saying import SAYINGS, WAITS_AGAIN, Saying, Word
from referral.handoff.followup.worklist import ASKING, Part, part_of
from referral.handoff.referrals.models import NeedOutcome, Referral
from referral.handoff.referrals.outcome_actions import EVERY
from referral.handoff.referrals.reasons import fitting
from referral.handoff.referrals.sight import Seen
from referral.handoff.referrals.sight_queries import seen_of
from referral.handoff.referrals.states import MOVE_LABELS, MOVES, Move, ReferralState, Side
from referral.post.links.models import Link
from referral.post.links.purposes import LinkPurpose
from referral.web.done import Done
from referral.web.paging import Page, page_of

ENDS = (Move.COMPLETE, Move.FAIL)


@dataclass(frozen=True)
class InboxEntry:
    """A line of the inbox: the referral, what of it is seen now, and the open appointment."""

    referral: Referral
    seen: Seen
    appointment: Appointment | None
    asked: bool = False  # by a link that nobody has answered: are they still with you?

    @property
    def state(self) -> ReferralState:
        """Where the referral stands."""
        return self.referral.state

    @property
    def shares(self) -> bool:
        """Whether the service sees who it is."""
        return self.seen.person is not None

    @property
    def needs(self) -> tuple[str, ...]:
        """The needs that it is told of."""
        return self.seen.needs or ()

    @property
    def number(self) -> str:
        """The telephone number that may be rung; empty where there is none."""
        return self.seen.person.phone if self.seen.person else ""

    @property
    def cannot_come(self) -> bool:
        """Whether the person said that they cannot come to it."""
        return bool(self.appointment and self.appointment.cannot_since)

    @property
    def meets_at(self) -> datetime | None:
        """When the open appointment is or was; None where there is none."""
        return self.appointment.starts_at if self.appointment else None


def inbox(actor: Actor, page: int, at: datetime) -> Page[InboxEntry]:
    """One page of the referrals sent to the actor's organisation: first who waits for an answer.

    Of these the urgent ones, then the earliest due; who has ended comes last, the latest first. In
    eleven statements, however many there are.
    """
    wanted = (
        select(Referral)
        .join(Referral.service)
        .where(is_theirs(actor), Referral.sent_at.is_not(None))
        .options(contains_eager(Referral.service), joinedload(Referral.handler))
        .options(joinedload(Referral.person))
        .order_by(
            Referral.ended_at.is_not(None),
            Referral.ended_at.desc(),
            Referral.state != ReferralState.REQUESTED,
            Referral.urgent.desc(),
            Referral.due_at,
            Referral.order,
        )
    )
    found = page_of(wanted, page)
    numbers = [referral.id for referral in found]
    unsaid = _unsaid(numbers)
    asked = questions(numbers, at)
    sights = seen_of(list(found), at)
    return found.holding(
        [InboxEntry(one, sights[one.id], unsaid.get(one.id), one.id in asked) for one in found]
    )


def questions(referral_ids: Sequence[UUID], at: datetime) -> dict[UUID, Link]:
    """The links that ask whether somebody is still with a service, unanswered, by referral."""
    wanted = select(Link).where(
        Link.about_id.in_(referral_ids), Link.purpose == LinkPurpose.CHANGED, Link.alive(at)
    )
    in_turn = wanted.order_by(Link.made_at, Link.occasion)
    return {link.about_id: link for link in db.session.scalars(in_turn)}


def _unsaid(referral_ids: Sequence[UUID]) -> Mapping[UUID, Appointment]:
    wanted = select(Appointment).where(
        Appointment.referral_id.in_(referral_ids), Appointment.said_at.is_(None)
    )
    latest_first = wanted.order_by(Appointment.starts_at.desc(), Appointment.order.desc())
    return {row.referral_id: row for row in db.session.scalars(latest_first)}


def appointment_for(actor: Actor, appointment_id: UUID) -> Appointment:
    """An appointment of the actor's own organisation, to change; 404 for any other.

    So is one of a referral that has ended: nothing of it is seen or said any more.
    """
    wanted = (
        select(Appointment)
        .join(Appointment.referral)
        .join(Referral.service)
        .where(Appointment.id == appointment_id, is_theirs(actor))
        .where(Referral.ended_at.is_(None))
        .with_for_update(of=Appointment)
    )
    return db.session.scalars(wanted).one_or_none() or abort(404)


def cannot_come_to(referral_id: UUID) -> Sequence[Appointment]:
    """The appointments to which the person said that they cannot come, and nobody said more."""
    wanted = select(Appointment).where(
        Appointment.referral_id == referral_id,
        Appointment.cannot_since.is_not(None),
        Appointment.said_at.is_(None),
    )
    return db.session.scalars(wanted.order_by(Appointment.starts_at, Appointment.order)).all()


def appointments_of(referral_id: UUID) -> Sequence[Appointment]:
    """All appointments of a referral, the latest first."""
    wanted = select(Appointment).filter_by(referral_id=referral_id)
    return db.session.scalars(
        wanted.order_by(Appointment.starts_at.desc(), Appointment.order.desc())
    ).all()


def outcomes_of(referral_id: UUID) -> Sequence[NeedOutcome]:
    """The outcomes of a referral, need by need, in the order in which they were said."""
    wanted = select(NeedOutcome).filter_by(referral_id=referral_id)
    ordered = wanted.order_by(NeedOutcome.need, NeedOutcome.recorded_at, NeedOutcome.order)
    return db.session.scalars(ordered).all()


@dataclass(frozen=True)
class Told:
    """What was just said of a row, in the place where it stood; until when it can be taken back.

    `undo` is the address that takes it back, empty where nothing does. Where the row itself waits
    again it `stays`, below what is said of it.
    """

    entry: InboxEntry
    saying: Saying
    part: Part
    place: int
    at: datetime
    undo: str
    until: datetime
    stays: bool


def just_told(entries: Iterable[InboxEntry], last: Done | None, at: datetime) -> Told | None:
    """What this browser just said of one of these rows; None where it said nothing of them."""
    row = last.told.get("row") if last else None
    entry = next((one for one in entries if str(one.referral.id) == row), None)
    if last is None or entry is None:
        return None
    word = Word(last.told["word"])
    person = entry.seen.person
    team = organisation_of(entry.referral.case.team_id).name
    who = f"{person.initials} {entry.referral.reference}" if person else entry.referral.reference
    until = deadlines_at(last.at).due(Kind.TAKE_BACK, last.at, None)
    return Told(
        entry,
        SAYINGS[word].about(who, team),
        part_of(entry, at) if word in WAITS_AGAIN else SAYINGS[word].part,
        int(last.told["place"]),
        last.at,
        last.undo,
        until,
        word in WAITS_AGAIN,
    )


Rows = dict[Part, list[InboxEntry | Told]]


def in_place(parts: Mapping[Part, list[InboxEntry]], told: Told | None) -> Rows:
    """The parts in which something has to be said, with what was just said where its row stood."""
    rows: Rows = {part: [*parts.get(part, [])] for part in ASKING}
    if told and told.part in rows:
        stood = rows[told.part]
        stood.insert(stood.index(told.entry) if told.stays else told.place, told)
    return {part: found for part, found in rows.items() if found}


@dataclass(frozen=True)
class OwnRoom:
    """A service of one's own: the places that it gave last, when, and whether for this week."""

    service: Service
    places: int | None
    said_at: datetime | None
    fresh: bool


def own_rooms(actor: Actor, at: datetime) -> list[OwnRoom]:
    """The places each service of the actor's organisation last gave; first who owes this week's."""
    today = day_of(at)
    own = own_services(actor)
    said = places_said([service.id for service in own])
    rooms = [
        OwnRoom(
            service,
            said[service.id].places if service.id in said else None,
            said[service.id].said_at if service.id in said else None,
            service.id in said and said[service.id].week == week_of(today),
        )
        for service in own
    ]
    return sorted(rooms, key=lambda room: room.fresh)


Labelled = list[tuple[str, str]]


def end_questions(told: Sequence[str] | None, on: date) -> tuple[Labelled, Labelled, Labelled]:
    """The needs, the possible changes and the reasons to ask about when a referral ends.

    A service that is not told the needs is asked once, for all of them: the questions would give
    the needs away.
    """
    names = labels("need")
    needs = [(EVERY, "For the person")] if told is None else [(n, names.get(n, n)) for n in told]
    reasons = [
        (f"{m}:{code}", f"{MOVE_LABELS[m]}: {label}")
        for m in ENDS
        for code, label in fitting(m, Side.TARGET, choices(MOVES[m].reason_list or "", on))
    ]
    return needs, choices("need_change", on), reasons
