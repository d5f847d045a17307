"""Referrals as each side may see them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from referral.access.actor import Actor
from referral.cases.models import Case
from referral.consent.queries import sharing_level
from referral.db import db
from referral.directory.models import Service
from referral.handoff.disclosure import Disclosed, disclosed
from referral.handoff.models import Referral, UnmetNeed
from referral.handoff.states import ENDED_STATES
from referral.needs.queries import summary_of
from referral.plans.queries import contact_rules


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


def open_referrals(person_id: UUID) -> Sequence[Referral]:
    """The referrals of a person that have not ended, with their events, oldest first."""
    ended = [state.value for state in ENDED_STATES]
    wanted = select(Referral).where(Referral.person_id == person_id, Referral.state.not_in(ended))
    whole = wanted.options(selectinload(Referral.events))
    return db.session.scalars(whole.order_by(Referral.sent_at, Referral.id)).all()


def referrals_of_case(case_id: UUID) -> Sequence[Referral]:
    """All referrals of a case with their services and those suggested, newest first."""
    named = joinedload(Referral.service), joinedload(Referral.suggested)
    wanted = select(Referral).filter_by(case_id=case_id).options(*named)
    return db.session.scalars(wanted.order_by(Referral.sent_at.desc(), Referral.id)).all()


def unmet_needs(case_id: UUID) -> Sequence[UnmetNeed]:
    """The needs of a case for which no service was found, oldest first."""
    wanted = select(UnmetNeed).filter_by(case_id=case_id)
    return db.session.scalars(wanted.order_by(UnmetNeed.recorded_at, UnmetNeed.id)).all()


def told_now(actor: Actor, referral: Referral, at: datetime) -> Disclosed | None:
    """What the service may see at this moment; None when the person agrees to nothing."""
    level = sharing_level(actor, referral.person_id, referral.service_id, at)
    if level is None:
        return None
    rules = contact_rules(actor, referral.person_id, at)
    found = summary_of(referral.case_id)
    return disclosed(referral.person, referral.needs.split(), level, rules, found)
