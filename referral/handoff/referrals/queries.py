"""Referrals as each side may see them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from referral.access.actor import Actor
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import NextStep
from referral.clock import day_of
from referral.db import db
from referral.directory.models import Service, ServicePlaces
from referral.directory.queries import choices, is_theirs, labels, places_said
from referral.directory.weeks import week_of
from referral.handoff.referrals.matching import FRESH, Room, wait_of
from referral.handoff.referrals.models import (
    NeedOutcome,
    Referral,
    ReferralEvent,
    Stop,
    UnmetNeed,
)
from referral.handoff.referrals.reasons import Reasons, fitting
from referral.handoff.referrals.states import ENDED_STATES, MOVES, Move, ReferralState, Side

LONG_AGO = timedelta(days=365)


def referral_for(actor: Actor, referral_id: UUID, *, to_change: bool = False) -> Referral:
    """A referral sent to the actor's own organisation; 404 for any other, as if there were none."""
    wanted = (
        select(Referral)
        .join(Referral.service)
        .where(Referral.id == referral_id, is_theirs(actor))
        .where(Referral.sent_at.is_not(None))
    )
    if to_change:
        wanted = wanted.with_for_update(of=Referral)
    return db.session.scalars(wanted).one_or_none() or abort(404)


def own_referral_for(actor: Actor, referral_id: UUID) -> Referral:
    """A referral that the actor's own team made, to change; 404 for any other."""
    wanted = (
        select(Referral)
        .join(Referral.case)
        .where(Referral.id == referral_id, Case.team_id == actor.organisation_id)
        .with_for_update(of=Referral)
    )
    return db.session.scalars(wanted).one_or_none() or abort(404)


def open_referrals(person_id: UUID) -> Sequence[Referral]:
    """The referrals of a person that have not ended, with their events, oldest first."""
    wanted = select(Referral).where(
        Referral.person_id == person_id, Referral.state.not_in(ENDED_STATES)
    )
    whole = wanted.options(selectinload(Referral.events))
    return db.session.scalars(whole.order_by(Referral.sent_at, Referral.order)).all()


def referrals_ever(person_id: UUID, services: Collection[UUID]) -> Collection[UUID]:
    """The numbers of all referrals of a person to these services."""
    wanted = select(Referral.id).where(
        Referral.person_id == person_id, Referral.service_id.in_(services)
    )
    return db.session.scalars(wanted.order_by(Referral.order)).all()


def open_stop(referral_id: UUID) -> Stop | None:
    """The stop that the service of a referral still has to confirm, locked; None without one."""
    wanted = select(Stop).filter_by(referral_id=referral_id, ended_at=None)
    return db.session.scalars(wanted.with_for_update()).one_or_none()


def open_stops(person_id: UUID, service_ids: Collection[UUID]) -> Sequence[Stop]:
    """The stops of a person that these services still have to confirm, oldest first."""
    wanted = (
        select(Stop)
        .join(Stop.referral)
        .where(Referral.person_id == person_id, Referral.service_id.in_(service_ids))
        .where(Stop.ended_at.is_(None))
        .with_for_update(of=Stop)
    )
    return db.session.scalars(wanted.order_by(Stop.asked_at, Stop.order)).all()


def referrals_of_case(case_id: UUID) -> Sequence[Referral]:
    """All referrals of a case with their services, those suggested and events, newest first."""
    named = (
        joinedload(Referral.service),
        joinedload(Referral.suggested),
        selectinload(Referral.events),
    )
    wanted = select(Referral).filter_by(case_id=case_id).options(*named)
    return db.session.scalars(wanted.order_by(Referral.sent_at.desc(), Referral.order.desc())).all()


def unmet_needs(*case_ids: UUID) -> Sequence[UnmetNeed]:
    """The needs of a case, or of several, for which no service was found, oldest first."""
    wanted = select(UnmetNeed).where(UnmetNeed.case_id.in_(case_ids))
    return db.session.scalars(wanted.order_by(UnmetNeed.recorded_at, UnmetNeed.order)).all()


def turned_away(among: Sequence[UUID] | None = None) -> Sequence[Case]:
    """The open cases of which a service said no, oldest first, to count what nobody took.

    All of them, or those among these numbers.
    """
    rejected = select(Referral.id).where(
        Referral.case_id == Case.id, Referral.state == ReferralState.REJECTED
    )
    wanted = select(Case).where(Case.closed_at.is_(None), rejected.exists())
    wanted = wanted.options(joinedload(Case.booking))
    if among is not None:
        wanted = wanted.where(Case.id.in_(among))
    return db.session.scalars(wanted.order_by(Case.opened_at, Case.order)).all()


def referrals_with_events(*case_ids: UUID) -> Sequence[Referral]:
    """The referrals of the present stay of a case, with their events and services, oldest first.

    Or of several cases.
    """
    wanted = (
        select(Referral)
        .join(Referral.case)
        .where(Referral.case_id.in_(case_ids), Referral.booking_id == Case.booking_id)
        .options(selectinload(Referral.events))
        .options(joinedload(Referral.service).selectinload(Service.needs))
    )
    return db.session.scalars(wanted.order_by(Referral.sent_at, Referral.order)).all()


def referrals_to_promise(case_id: UUID) -> Sequence[Referral]:
    """All referrals of a case as they stand now, with events and the needs of services, by age."""
    wanted = (
        select(Referral)
        .filter_by(case_id=case_id)
        .options(selectinload(Referral.events))
        .options(joinedload(Referral.service).selectinload(Service.needs))
    )
    return db.session.scalars(wanted.order_by(Referral.order)).all()


def cases_with(service_id: UUID) -> Sequence[Case]:
    """The open cases of which a service has somebody, or was asked to; to change."""
    theirs = select(Referral.id).where(
        Referral.case_id == Case.id, Referral.service_id == service_id, Referral.ended_at.is_(None)
    )
    wanted = select(Case).where(Case.closed_at.is_(None), theirs.exists()).with_for_update()
    return db.session.scalars(wanted.order_by(Case.opened_at, Case.order)).all()


def cases_with_closed(at: datetime, among: Sequence[UUID] | None = None) -> Sequence[Case]:
    """The open cases with a service that has closed, of which nobody is told yet; to change.

    All of them, or those among these numbers.
    """
    told = select(Promise.id).where(
        Promise.about_id == Referral.id, Promise.act == NextStep.ANEW, Promise.ended_at.is_(None)
    )
    left = (
        select(Referral.id)
        .join(Referral.service)
        .where(Referral.case_id == Case.id, Referral.ended_at.is_(None))
        .where(Service.closed_on <= day_of(at), ~told.exists())
    )
    wanted = select(Case).where(Case.closed_at.is_(None), left.exists()).with_for_update()
    if among is not None:
        wanted = wanted.where(Case.id.in_(among))
    return db.session.scalars(wanted.order_by(Case.opened_at, Case.order)).all()


def still_with_count(service_id: UUID) -> int:
    """How many people a service has, or was asked to take."""
    wanted = select(func.count()).select_from(Referral).where(Referral.service_id == service_id)
    return db.session.scalar(wanted.where(Referral.ended_at.is_(None))) or 0


@dataclass(frozen=True)
class Ending:
    """How a referral ended: the reason by code and in words, and when; nothing that was written."""

    reason: str | None
    words: str
    at: datetime


def why_ended(referral: Referral) -> Ending | None:
    """How a referral ended; None while it is open."""
    if not referral.ended_at:
        return None
    last = referral.events[-1]
    known = labels(MOVES[last.move].reason_list or "")
    return Ending(last.reason, known.get(last.reason or "", ""), referral.ended_at)


def last_changes(referral_id: UUID) -> dict[str, str]:
    """What the service said last of each need: how it changed."""
    said = select(NeedOutcome).filter_by(referral_id=referral_id).order_by(NeedOutcome.order)
    return {row.need: row.change for row in db.session.scalars(said)}


def rooms(services: Sequence[Service], at: datetime) -> dict[UUID, Room]:
    """The places each service has left this week, and how long people waited there."""
    ids = [service.id for service in services]
    week = week_of(day_of(at))
    said = {key: row for key, row in places_said(ids).items() if row.week == week}
    taken = _taken_since(said, at)
    waits = _waits(ids, at)
    return {
        number: Room(
            left=max(0, said[number].places - taken.get(number, 0)) if number in said else None,
            said_at=said[number].said_at if number in said else None,
            wait_days=wait_of(waits.get(number, [])),
        )
        for number in ids
    }


def _taken_since(said: Mapping[UUID, ServicePlaces], at: datetime) -> dict[UUID, int]:
    """How many were sent to each service after it gave its places, and not turned away."""
    if not said:
        return {}
    first = min(row.said_at for row in said.values())
    back = [ReferralState.REJECTED, ReferralState.CANCELLED, ReferralState.ENTERED_IN_ERROR]
    wanted = (
        select(Referral.service_id, func.count())
        .join(
            ServicePlaces,
            (ServicePlaces.service_id == Referral.service_id)
            & (Referral.sent_at > ServicePlaces.said_at),
        )
        .where(Referral.service_id.in_(said), Referral.sent_at > first)
        .where(Referral.sent_at <= at)
        .where(ServicePlaces.week == week_of(day_of(at)))
        .where(Referral.state.not_in(back))
        .group_by(Referral.service_id)
        .order_by(Referral.service_id)
    )
    return {row[0]: row[1] for row in db.session.execute(wanted)}


def _waits(service_ids: Sequence[UUID], at: datetime) -> dict[UUID, list[timedelta]]:
    """How long those waited who started lately; who was sent over a year before says nothing."""
    started = (
        select(Referral.service_id, Referral.sent_at, ReferralEvent.happened_at)
        .join(ReferralEvent, ReferralEvent.referral_id == Referral.id)
        .where(Referral.service_id.in_(service_ids), ReferralEvent.move == Move.START)
        .where(ReferralEvent.taken_back_at.is_(None))
        .where(ReferralEvent.happened_at > at - FRESH, Referral.sent_at > at - FRESH - LONG_AGO)
        .order_by(Referral.service_id, ReferralEvent.happened_at)
    )
    found: dict[UUID, list[timedelta]] = {}
    for service_id, sent_at, happened_at in db.session.execute(started):
        if sent_at:
            found.setdefault(service_id, []).append(happened_at - sent_at)
    return found


def case_referred_as(actor: Actor, reference: str) -> UUID | None:
    """The case of the actor's own team whose referral bears this reference."""
    wanted = select(Referral.case_id).join(Referral.case)
    own = Referral.reference == reference, Case.team_id == actor.organisation_id
    return db.session.scalar(wanted.where(*own))


def reasons_for(moves: Iterable[Move], side: Side, on: date) -> Mapping[Move, Reasons]:
    """The reasons, by code and label, that a side is offered on a day, move by move."""
    lists = [(move, rule) for move in moves if (rule := MOVES[move].reason_list)]
    return {move: fitting(move, side, choices(rule, on)) for move, rule in lists}
