"""Referrals as each side may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from referral.access.actor import Actor
from referral.accounts.models import User
from referral.cases.models import Case
from referral.consent.actions import ContactRules
from referral.consent.models import Purpose
from referral.consent.queries import sharing_level, standing
from referral.db import db
from referral.directory.models import Service
from referral.handoff.disclosure import Disclosed, disclosed
from referral.handoff.models import Referral, UnmetNeed
from referral.handoff.states import ENDED_STATES
from referral.needs.queries import summary_of


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


@dataclass(frozen=True)
class Check:
    """How the open referrals stand: all of them should have an owner, a due time and a reader."""

    open: int
    without_owner: int
    without_due_time: int
    overdue: int
    on_nobodys_list: int

    @property
    def sound(self) -> bool:
        """Whether no referral can fall silent unseen. Being overdue is seen."""
        return not (self.without_owner or self.without_due_time or self.on_nobodys_list)


def check(at: datetime) -> Check:
    """Count the open referrals, and those that nobody would miss.

    The owner is the case's worker or else its team. On nobody's list is one whose case is closed,
    or whose team, or service once it was sent, has nobody who can sign in.
    """
    ended = [state.value for state in ENDED_STATES]
    still_open = select(func.count()).select_from(Referral).where(Referral.state.not_in(ended))
    staffed = select(User.organisation_id).where(User.state == "active")
    joined = still_open.join(Referral.case).join(Referral.service)
    unread = or_(
        Case.closed_at.is_not(None),
        Case.team_id.not_in(staffed),
        Referral.sent_at.is_not(None) & Service.organisation_id.not_in(staffed),
    )
    unowned = Case.worker_id.is_(None) & Case.team_id.is_(None)
    late = Referral.due_at < at
    questions = (None, unowned, Referral.due_at.is_(None), late, unread)
    asked = [joined if q is None else joined.where(q) for q in questions]
    return Check(*(db.session.scalar(query) or 0 for query in asked))


def unmet_needs(case_id: UUID) -> Sequence[UnmetNeed]:
    """The needs of a case for which no service was found, oldest first."""
    wanted = select(UnmetNeed).filter_by(case_id=case_id)
    return db.session.scalars(wanted.order_by(UnmetNeed.recorded_at, UnmetNeed.id)).all()


def contact_rules(actor: Actor, person_id: UUID, at: datetime) -> ContactRules | None:
    """How the person agreed to be reached; None when they did not agree to be contacted."""
    yes = standing(actor, Purpose.CONTACT, [person_id], at).get((person_id, None))
    return (
        ContactRules(yes.channels, yes.safe_times, yes.no_message, yes.no_letters) if yes else None
    )


def told_now(actor: Actor, referral: Referral, at: datetime) -> Disclosed | None:
    """What the service may see at this moment; None when the person agrees to nothing."""
    level = sharing_level(actor, referral.person_id, referral.service_id, at)
    if level is None:
        return None
    rules = contact_rules(actor, referral.person_id, at)
    found = summary_of(referral.case_id)
    return disclosed(referral.person, referral.needs.split(), level, rules, found)
