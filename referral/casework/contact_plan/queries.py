"""The plan of a case, and how its person may be reached."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.contact_plan.models import Attempt, ContactPlan, ReviewPoint
from referral.consent.actions import ContactRules, rules_of
from referral.consent.purposes import Purpose
from referral.consent.queries import standing
from referral.db import db


def plan_of(case: Case) -> ContactPlan | None:
    """The latest plan of a case with its points and tries; None while there is none."""
    wanted = (
        select(ContactPlan)
        .filter_by(case_id=case.id)
        .options(
            selectinload(ContactPlan.points).selectinload(ReviewPoint.attempts),
            selectinload(ContactPlan.points).joinedload(ReviewPoint.word),
        )
        .order_by(ContactPlan.made_at.desc(), ContactPlan.order.desc())
    )
    return db.session.scalars(wanted.limit(1)).one_or_none()


def latest_plans(case_ids: Sequence[UUID]) -> dict[UUID, ContactPlan]:
    """The latest plan of each of these cases that has one, by the case, without its points."""
    wanted = select(ContactPlan).where(ContactPlan.case_id.in_(case_ids))
    newest = wanted.order_by(ContactPlan.order.desc())
    found: dict[UUID, ContactPlan] = {}
    for plan in db.session.scalars(newest):
        found.setdefault(plan.case_id, plan)
    return found


def places_of(case: Case) -> set[str]:
    """The numbers and addresses at which the person is to be reached now."""
    plan = plan_of(case)
    return {case.person.phone or "", *((plan.email, plan.address) if plan else ())} - {""}


def plan_to_change(case: Case) -> ContactPlan:
    """The latest plan of a case; 404 where there is none or it has ended. Raises CaseClosed."""
    case.check_open()
    plan = plan_of(case)
    return plan if plan and not plan.ended_why else abort(404)


def plan_to_follow(person_id: UUID) -> ContactPlan | None:
    """The latest plan of a person's open case, unless it has ended."""
    wanted = (
        select(ContactPlan)
        .join(ContactPlan.case)
        .where(Case.person_id == person_id, Case.closed_at.is_(None))
        .order_by(ContactPlan.made_at.desc(), ContactPlan.order.desc())
    )
    plan = db.session.scalars(wanted.limit(1)).one_or_none()
    return plan if plan and not plan.ended_why else None


def point_of(plan: ContactPlan, point_id: UUID) -> ReviewPoint:
    """A review point of a plan; 404 for any other."""
    found = [point for point in plan.points if point.id == point_id]
    return found[0] if found else abort(404)


def tries_in(case_id: UUID) -> Sequence[Attempt]:
    """The team's own tries to reach the person of a case, for whichever point, the latest first."""
    wanted = (
        select(Attempt)
        .join(Attempt.point)
        .join(ReviewPoint.plan)
        .where(ContactPlan.case_id == case_id)
        .options(joinedload(Attempt.point))
    )
    return db.session.scalars(wanted.order_by(Attempt.happened_at.desc(), Attempt.id)).all()


def attempts_for(referral_ids: Collection[UUID]) -> dict[UUID, list[Attempt]]:
    """The tries of services to reach the people of these referrals, of each the latest first."""
    tries = _latest_first(referral_ids)
    return {one: [tried for tried in tries if tried.referral_id == one] for one in referral_ids}


def _latest_first(referral_ids: Collection[UUID]) -> Sequence[Attempt]:
    wanted = select(Attempt).where(Attempt.referral_id.in_(referral_ids))
    return db.session.scalars(wanted.order_by(Attempt.happened_at.desc(), Attempt.id)).all()


def contact_rules(actor: Actor, person_id: UUID, at: datetime) -> ContactRules | None:
    """How the person agreed to be reached; None when they did not agree to be contacted."""
    yes = standing(actor, Purpose.CONTACT, [person_id], at).get((person_id, None))
    return rules_of(yes)
