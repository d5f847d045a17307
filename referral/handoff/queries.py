"""Referrals as each side may see them."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from referral.access.actor import Actor
from referral.cases.models import Case
from referral.db import db
from referral.directory.models import Service
from referral.handoff.models import Referral

PAGE = 50


def referral_for(actor: Actor, referral_id: UUID, *, to_change: bool = False) -> Referral:
    """A referral sent to the actor's own organisation; 404 for any other, as if there were none."""
    wanted = (
        select(Referral)
        .join(Referral.service)
        .where(Referral.id == referral_id, Service.organisation_id == actor.organisation_id)
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


def sent_to(actor: Actor, page: int) -> Sequence[Referral]:
    """One page of the referrals sent to the actor's organisation, the earliest due first."""
    wanted = (
        select(Referral)
        .join(Referral.service)
        .where(Service.organisation_id == actor.organisation_id, Referral.sent_at.is_not(None))
        .options(joinedload(Referral.service))
        .order_by(Referral.ended_at.is_not(None), Referral.due_at, Referral.id)
    )
    return db.session.scalars(wanted.limit(PAGE).offset((page - 1) * PAGE)).all()


def referrals_of_case(case_id: UUID) -> Sequence[Referral]:
    """All referrals of a case with their services, newest first."""
    wanted = select(Referral).filter_by(case_id=case_id).options(joinedload(Referral.service))
    return db.session.scalars(wanted.order_by(Referral.sent_at.desc(), Referral.id)).all()
