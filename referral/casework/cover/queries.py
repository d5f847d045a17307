"""Who is away, who covers, and who answers for a case today: every list and sender asks here."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from referral.access.actor import Actor
from referral.access.permissions import Permission, roles_with
from referral.accounts.users.models import User
from referral.accounts.users.queries import colleagues
from referral.accounts.users.states import UserState
from referral.casework.cover.duty import Away, Duty, StandIn
from referral.casework.cover.models import Cover
from referral.clock import day_of
from referral.db import db
from referral.web.addresses import address_of
from referral.web.filters import day


def duty_at(at: datetime, team_id: UUID | None = None) -> Duty:
    """Who stands in for whom at a moment, in one team or in all; in one statement."""
    roles = roles_with(Permission.WORK_CASES)
    works = and_(User.state == UserState.ACTIVE, User.role.in_(roles))
    able = and_(works, User.organisation_id == Cover.team_id)
    wanted = (
        select(Cover.absent_id, Cover.cover_id, User.name, able, Cover.last_day)
        .join(User, User.id == Cover.cover_id)
        .where(_in_force(at))
        .order_by(Cover.order)
    )
    if team_id:
        wanted = wanted.where(Cover.team_id == team_id)
    rows = db.session.execute(wanted)
    return Duty(StandIn(who, by, name, bool(can), last) for who, by, name, can, last in rows)


def _in_force(at: datetime) -> ColumnElement[bool]:
    today = day_of(at)
    return and_(
        Cover.first_day <= today,
        Cover.last_day >= today,
        or_(Cover.ended_at.is_(None), Cover.ended_at > at),
    )


def covered_by(actor: Actor, at: datetime) -> frozenset[UUID]:
    """The workers for whose cases the actor answers today, besides their own."""
    allocates = actor.may(Permission.ALLOCATE_CASES)
    return duty_at(at, actor.organisation_id).covered_by(actor.user_id, allocates=allocates)


def answers_for(actor: Actor, owner_id: UUID | None, at: datetime) -> bool:
    """Whether the actor answers today for what a worker of their team has: theirs, or covered."""
    return owner_id is not None and (owner_id == actor.user_id or owner_id in covered_by(actor, at))


def away_today(owner_id: UUID | None, team_id: UUID, at: datetime) -> Away | None:
    """Whether the owner of a case is on leave today, and who covers."""
    return duty_at(at, team_id).away(owner_id)


def who_work(actor: Actor) -> Sequence[User]:
    """The colleagues, and the actor, who work cases, by name."""
    return [user for user in colleagues(actor) if user.actor.may(Permission.WORK_CASES)]


def covers_of(actor: Actor, at: datetime) -> Sequence[Cover]:
    """The leave of the actor's team that is not over, the earliest first."""
    wanted = (
        select(Cover)
        .where(Cover.team_id == actor.organisation_id, Cover.ended_at.is_(None))
        .where(Cover.last_day >= day_of(at))
        .options(joinedload(Cover.absent), joinedload(Cover.cover))
        .order_by(Cover.first_day, Cover.order)
    )
    return db.session.scalars(wanted).all()


def cover_for(actor: Actor, cover_id: UUID) -> Cover:
    """One of the actor's own team, to change; 404 for any other."""
    mine = select(Cover).where(Cover.id == cover_id, Cover.team_id == actor.organisation_id)
    return db.session.scalars(mine.with_for_update(of=Cover)).one_or_none() or abort(404)


def leave_between(user_id: UUID, first: date, last: date) -> bool:
    """Whether somebody is on leave on one of these days."""
    theirs = select(Cover.id).where(Cover.absent_id == user_id, Cover.ended_at.is_(None))
    some = theirs.where(Cover.first_day <= last, Cover.last_day >= first)
    return db.session.scalars(some.order_by(Cover.order).limit(1)).first() is not None


def filled_cover(cover_id: UUID, at: datetime) -> Mapping[str, str] | None:
    """The places of the message to who covers; None where it has ended since."""
    cover = db.session.get_one(Cover, cover_id)
    if cover.ended_at or cover.last_day < day_of(at) or cover.cover.state != UserState.ACTIVE:
        return None
    link = address_of("cover.leave")
    return {"first": day(cover.first_day), "last": day(cover.last_day), "link": link}
