"""Read what earlier stays left, as far as the person agreed that workers see what happened."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select

from referral.casework.cases.models import Case
from referral.casework.contact_plan.models import ContactPlan
from referral.consent.actions import ContactRules
from referral.custody.models import Booking
from referral.custody.queries import COUNTS
from referral.db import db
from referral.history.answer import Answer
from referral.history.kept import FoundBy, Kept, of_earlier_stays
from referral.known.models import Observation
from referral.known.now import About, DangerNow, dangers_of


def kept_for(case: Case, before: Answer | None, rules: ContactRules | None, at: datetime) -> Kept:
    """What earlier stays of the person of an open case left.

    Empty where nothing `before` may be read, or nobody is sure that it is them; by whom and where
    they could be found only where `rules` say that they may be reached. The desk never reads it.
    """
    if before is None or case.booking.unmet:
        return Kept()
    here = case.booking.known_dangers(at)
    return Kept(
        _found_by(case) if rules else None, of_earlier_stays(_dangers(case.booking, at), here)
    )


def _stays_before(stay: Booking) -> Select[UUID]:
    return select(Booking.id).where(
        Booking.person_id == stay.person_id,
        Booking.id != stay.id,
        COUNTS,
        Booking.authorised_at <= stay.authorised_at,
    )


def _found_by(case: Case) -> FoundBy | None:
    """The latest plan of another case that names somebody or some place."""
    names_some = or_(ContactPlan.second_contact != "", ContactPlan.usual_places != "")
    wanted = select(ContactPlan).where(
        ContactPlan.booking_id.in_(_stays_before(case.booking)),
        ContactPlan.case_id != case.id,
        names_some,
    )
    last = wanted.order_by(ContactPlan.made_at.desc(), ContactPlan.order.desc()).limit(1)
    plan = db.session.scalars(last).one_or_none()
    return FoundBy(plan.second_contact, plan.usual_places, plan.made_at) if plan else None


def _dangers(stay: Booking, at: datetime) -> Mapping[str, DangerNow]:
    wanted = select(Observation).where(
        Observation.booking_id.in_(_stays_before(stay)), Observation.kind == About.DANGER
    )
    return dangers_of(db.session.scalars(wanted.order_by(Observation.order)), at)
