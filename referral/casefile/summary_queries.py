"""Gather the page that is printed of a case: what the person agreed to share, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.contact_plan.queries import contact_rules
from referral.clock import day_of
from referral.consent.actions import ContactRules
from referral.consent.models import Consent
from referral.consent.purposes import Answer as Said
from referral.consent.purposes import Purpose
from referral.consent.queries import latest_answers, may
from referral.db import db
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.queries import referrals_of_case
from referral.handoff.referrals.sight import Seen
from referral.handoff.referrals.sight_queries import seen_of
from referral.history.answer import Answer
from referral.history.earlier_queries import answer_for

MOST = 6  # services, so that it stays one page


@dataclass(frozen=True)
class Knows:
    """A service that knows the person now, the needs that it was told, and when they meet next."""

    referral: Referral
    needs: Sequence[str]
    meets: Appointment | None


@dataclass(frozen=True)
class Summary:
    """One case as it may be printed; `rules` are None where they want no contact.

    `before` is None for who was never here, and just so for who did not agree that it is read;
    `more` are services that stand on no line.
    """

    case: Case
    rules: ContactRules | None
    services: Sequence[Knows]
    more: int
    before: Answer | None
    agreed: Sequence[Consent]


def summary_of(actor: Actor, case: Case, at: datetime) -> Summary | None:
    """What may be printed of a case now; None once they want no worker any more."""
    if not may(actor, Purpose.TALK, case.person_id, None, at):
        return None
    answers = latest_answers(case.person_id)
    referrals = referrals_of_case(case.id)
    seen = seen_of(referrals, at)
    known = [one for one in referrals if seen[one.id].person]
    how_it_goes = may(actor, Purpose.OUTCOME, case.person_id, None, at)
    coming = _meetings([one.id for one in known], at) if how_it_goes else {}
    return Summary(
        case,
        contact_rules(actor, case.person_id, at),
        [Knows(one, _needs(seen[one.id]), coming.get(one.id)) for one in known[:MOST]],
        max(len(known) - MOST, 0),
        answer_for(actor, case, answers, at),
        [row for row in answers if _holds(row, at)],
    )


def _needs(seen: Seen) -> Sequence[str]:
    return (seen.person.needs if seen.person else None) or ()


def _holds(answer: Consent, at: datetime) -> bool:
    yes = answer.answer is Said.GRANTED and not answer.provisional
    return yes and answer.expires_on > day_of(at)


def _meetings(referral_ids: Sequence[UUID], at: datetime) -> dict[UUID, Appointment]:
    """The next meeting of each referral that nobody has called off."""
    mine = select(Appointment).where(Appointment.referral_id.in_(referral_ids))
    ahead = mine.where(Appointment.starts_at > at, Appointment.said_at.is_(None))
    found: dict[UUID, Appointment] = {}
    for row in db.session.scalars(ahead.order_by(Appointment.starts_at, Appointment.order)):
        found.setdefault(row.referral_id, row)
    return found
