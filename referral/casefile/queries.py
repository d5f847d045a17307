"""The page of a case is gathered here, out of all the chapters below it, in one `CaseFile`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.cases.queries import Sought, stays_of
from referral.casework.contact_plan.models import ContactPlan
from referral.casework.contact_plan.queries import contact_rules, plan_of
from referral.consent.actions import ContactRules
from referral.consent.models import Consent
from referral.consent.queries import latest_answers
from referral.contact.messages.queries import MessageLine, Preview, messages_of, preview_of
from referral.contact.own_page.models import PersonCard
from referral.contact.own_page.queries import last_card
from referral.custody.queries import SAID
from referral.db import whole
from referral.desk.queries import still_to_confirm
from referral.handoff.referrals.models import Referral, Stop, UnmetNeed
from referral.handoff.referrals.queries import case_referred_as, referrals_of_case, unmet_needs
from referral.handoff.referrals.sight import Seen
from referral.handoff.referrals.sight_queries import seen_of
from referral.handoff.withdrawals.queries import stops_of_case
from referral.known.now import NeedNow
from referral.known.queries import said_of_needs
from referral.overdue.escalation.models import Escalation
from referral.overdue.escalation.queries import steps_of
from referral.people.identity import Identity
from referral.people.queries import recognised
from referral.people.searching import typed
from referral.web.paging import Page

HEARD = [f"booking.{name}" for name in (*SAID, "warnings")]


@dataclass(frozen=True)
class CaseFile:
    """One case with all that happened in it; `rules` say how the person may be reached, if at all.

    `needs` are all of which somebody said yes or no; `seen` is what the services see of their
    referrals now. `preview` is what “please ring us” would say now, None in a closed case.
    """

    case: Case
    needs: Sequence[NeedNow]
    unconfirmed: Sequence[str]
    referrals: Sequence[Referral]
    seen: Mapping[UUID, Seen]
    unmet: Sequence[UnmetNeed]
    plan: ContactPlan | None
    rules: ContactRules | None
    card: PersonCard | None
    messages: Page[MessageLine]
    preview: Preview | None
    stops: Sequence[Stop]
    late: Sequence[Escalation]
    answers: Sequence[Consent]


def file_of(actor: Actor, case: Case, page: int, at: datetime) -> CaseFile:
    """The file of a case, with one page of its messages."""
    referrals = referrals_of_case(case.id)
    return CaseFile(
        case=whole(case, "person", "worker", "booking.legs.centre", *HEARD),
        needs=said_of_needs(case.person_id, stays_of(case)),
        unconfirmed=still_to_confirm(case.booking_id),
        referrals=referrals,
        seen=seen_of(referrals, at),
        unmet=unmet_needs(case.id),
        plan=plan_of(case),
        rules=contact_rules(actor, case.person_id, at),
        card=last_card(case.person_id),
        messages=messages_of(case.id, page, at),
        preview=None if case.closed_at else preview_of(case, at),
        stops=stops_of_case(case.id),
        late=steps_of(case.id),
        answers=latest_answers(case.person_id),
    )


def behind(actor: Actor, sought: Sought) -> Sought:
    """The search with what others know: whom the desk takes it for, whose reference it is."""
    meant = typed(sought.name)
    if not meant.names:
        return sought
    *forenames, surname = meant.names
    who = Identity(" ".join(forenames), surname, meant.born)
    alike = [one.person.id for one in recognised(who)] if forenames or meant.born else []
    return replace(sought, alike=alike, referred=case_referred_as(actor, meant.reference))
