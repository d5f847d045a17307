"""Which services have still to confirm that they stopped, for the team and for themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.db import db
from referral.directory.queries import is_theirs
from referral.handoff.referrals.models import Referral, Stop
from referral.web.paging import FEW, Page, page_of


@dataclass(frozen=True)
class Waiting:
    """How many of a team's withdrawals no service has confirmed, and how many of them are late."""

    open: int
    late: int


def waiting(actor: Actor, at: datetime) -> Waiting:
    """Those of the actor's team."""
    late = func.count(Stop.id).filter(Stop.is_late(at))
    counted = select(func.count(Stop.id), late).select_from(Stop).join(Stop.referral)
    mine = counted.join(Referral.case).where(Case.team_id == actor.organisation_id)
    row = db.session.execute(mine.where(Stop.ended_at.is_(None))).one()
    return Waiting(*row)


def stops_of_team(actor: Actor, page: int) -> Page[Stop]:
    """One page of what the team's services must still confirm, the earliest due first."""
    wanted = (
        _of_team(actor)
        .where(Stop.ended_at.is_(None))
        .options(
            contains_eager(Stop.referral).joinedload(Referral.service),
            contains_eager(Stop.referral).contains_eager(Referral.case).joinedload(Case.worker),
        )
        .order_by(Stop.due_at, Stop.order)
    )
    return page_of(wanted, page)


def team_stop_for(actor: Actor, stop_id: UUID) -> Stop:
    """One of the actor's own team, to change; 404 for any other."""
    wanted = _of_team(actor).where(Stop.id == stop_id).with_for_update(of=Stop)
    return db.session.scalars(wanted).one_or_none() or abort(404)


def stops_of_service(actor: Actor, page: int) -> Page[Stop]:
    """A few of what the actor's organisation must still confirm, earliest due first."""
    named = contains_eager(Stop.referral).contains_eager(Referral.service)
    mine = _of_service(actor).where(Stop.ended_at.is_(None)).options(named)
    return page_of(mine.order_by(Stop.due_at, Stop.order), page, FEW)


def service_stop_for(actor: Actor, stop_id: UUID) -> Stop:
    """One that was asked of the actor's organisation, to change; 404 for any other."""
    wanted = _of_service(actor).where(Stop.id == stop_id).with_for_update(of=Stop)
    return db.session.scalars(wanted).one_or_none() or abort(404)


def stops_of_one(service_id: UUID) -> Sequence[Stop]:
    """The stops that one service still has to confirm, oldest first; locked."""
    wanted = select(Stop).join(Stop.referral).where(Referral.service_id == service_id)
    still_open = wanted.where(Stop.ended_at.is_(None)).with_for_update(of=Stop)
    return db.session.scalars(still_open.order_by(Stop.asked_at, Stop.order)).all()


def stops_of_case(case_id: UUID) -> Sequence[Stop]:
    """Everything that was to be stopped in a case, the latest first."""
    wanted = select(Stop).join(Stop.referral).where(Referral.case_id == case_id)
    named = wanted.options(contains_eager(Stop.referral).joinedload(Referral.service))
    return db.session.scalars(named.order_by(Stop.asked_at.desc(), Stop.order.desc())).all()


def stops_of(referral_ids: Sequence[UUID]) -> dict[UUID, Stop]:
    """The latest of each referral."""
    wanted = select(Stop).where(Stop.referral_id.in_(referral_ids))
    rows = db.session.scalars(wanted.order_by(Stop.asked_at, Stop.order))
    return {row.referral_id: row for row in rows}


def _of_team(actor: Actor) -> Select[Stop]:
    joined = select(Stop).join(Stop.referral).join(Referral.case)
    return joined.where(Case.team_id == actor.organisation_id)


def _of_service(actor: Actor) -> Select[Stop]:
    joined = select(Stop).join(Stop.referral).join(Referral.service)
    return joined.where(is_theirs(actor))
