"""What became of the referrals that were sent: each stands in one part of every division."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, select

from referral.directory.models import ServiceNeed
from referral.handoff.referrals.states import ReferralState
from referral.journey.models import ReferralFacts
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import of_stays_in

DRUGS_OR_ALCOHOL = ("DRUG", "ALC", "BOTH")
ANSWERS = {
    "accepted": "Taken on",
    "refused": "The service said no",
    "withdrawn": "Withdrawn before",
    "waiting": "No answer yet",
}
ANSWERED = {
    "Referrals sent": "Sent to a service, of the stays that began in this time; two services are "
    "two referrals. Those recorded by mistake are none.",
    "Taken on": "The service accepted it, also where it was withdrawn or ended later.",
    "No answer yet": "The service has neither taken it on nor said no, and nobody withdrew it.",
}


def sent_in(wanted: Wanted, *scope: ColumnElement[bool]) -> Select[Any]:
    """The referrals of the stays of a period within a scope; columns are added to it."""
    return of_stays_in(ReferralFacts, wanted.period, wanted.world, *scope)


def answer(at: Any) -> ColumnElement[str]:
    """How a referral was answered, by the code in ANSWERS."""
    facts = ReferralFacts
    return case(
        (facts.accepted_at <= at, "accepted"),
        (and_(facts.refused_at <= at, facts.state == ReferralState.CANCELLED), "withdrawn"),
        (facts.refused_at <= at, "refused"),
        else_="waiting",
    )


def to_drugs_or_alcohol() -> ColumnElement[bool]:
    """Referrals to services that meet needs of drugs or alcohol."""
    theirs = select(ServiceNeed.service_id).where(ServiceNeed.need.in_(DRUGS_OR_ALCOHOL))
    return ReferralFacts.service_id.in_(theirs)
