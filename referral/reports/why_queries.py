"""Why somebody did not go on at a step, as far as it was written down: by a code, and in words.

Reports that name a reason alike count the same people: where two tell of it, it is one number.
"""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, case, func, literal, select

from referral.custody.offers import OfferAnswer
from referral.directory.queries import labels
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.states import ReferralState
from referral.journey.models import ReferralFacts, StayFacts
from referral.reports.worlds import World
from referral.reports.worlds_queries import holding

NO_REASON = "no_reason"
LEFT = "left"
WITHDRAWN = "withdrawn"
LATE = "late"
NEVER = "never"
CLOSED = "closed"


def why_nobody_asked() -> ColumnElement[str]:
    """Why nobody asked, of a stay in which somebody said so last."""
    unasked = and_(StayFacts.asked_at.is_(None), StayFacts.offers > 0)
    return case((unasked, func.coalesce(StayFacts.why_not, NO_REASON)))


def why_not_agreed() -> ColumnElement[str]:
    """Why they did not agree in a stay in which they were asked."""
    declined = and_(StayFacts.answer == OfferAnswer.DECLINED, StayFacts.asked_at.is_not(None))
    return case(
        (declined, func.coalesce(StayFacts.why_not, NO_REASON)),
        (StayFacts.asked_at.is_not(None), LEFT),
    )


def why_not_taken_on(world: World) -> ColumnElement[str]:
    """Why no service took them on: what ended the last of their referrals."""
    facts = ReferralFacts
    why = case(
        (facts.state == ReferralState.CANCELLED, WITHDRAWN),
        else_=func.coalesce(facts.why_not, NO_REASON),
    )
    sent = select(why).join(Referral, Referral.id == facts.referral_id)
    theirs = sent.where(facts.booking_id == StayFacts.booking_id, holding(facts, world))
    last = theirs.order_by(facts.refused_at.desc(), Referral.order.desc()).limit(1)
    return func.coalesce(last.correlate(StayFacts).scalar_subquery(), NO_REASON)


def why_not_engaged() -> ColumnElement[str]:
    """Whether they came too late, or it ended and they never did."""
    return case((StayFacts.came_at.is_not(None), LATE), else_=NEVER)


def by_step(world: World) -> Mapping[str, ColumnElement[str]]:
    """The reasons of each step."""
    return {
        "asked": why_nobody_asked(),
        "agreed": why_not_agreed(),
        "referred": literal(CLOSED),
        "accepted": why_not_taken_on(world),
        "engaged": why_not_engaged(),
        "outcome": literal(LATE),
    }


def not_asked_because() -> Mapping[str, str]:
    """Why nobody asked, in words by code."""
    return labels("offer_not_made") | {NO_REASON: "No reason given"}


def not_agreed_because() -> Mapping[str, str]:
    """Why they did not agree, in words by code."""
    left = "Left while it was open"
    return labels("declined") | {NO_REASON: "Declined, no reason given", LEFT: left}


def not_taken_on_because() -> Mapping[str, str]:
    """Why no service took them on, in words by code."""
    withdrawn = "Withdrawn before a service took them on"
    return labels("service_decline") | {NO_REASON: "No reason given", WITHDRAWN: withdrawn}
