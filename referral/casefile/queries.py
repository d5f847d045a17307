"""The page of a case is gathered here, out of all the chapters below it, in one `CaseFile`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.casefile.log import Log
from referral.casefile.log_queries import log_of
from referral.casefile.sharing import Sharing
from referral.casework.assessment.models import Assessment
from referral.casework.assessment.queries import done_in
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import NextStep
from referral.casework.cases.queries import Sought, reached_on, stays_of
from referral.casework.change.queries import Distance, distance_of
from referral.casework.contact_plan.models import ContactPlan, ReviewPoint
from referral.casework.contact_plan.queries import plan_of
from referral.casework.facts.models import SaidFact
from referral.casework.facts.queries import standing_facts
from referral.consent.actions import ContactRules, rules_of
from referral.consent.models import Consent
from referral.consent.purposes import Purpose
from referral.consent.queries import latest_answers, standing
from referral.contact.messages.queries import MessageLine, Preview, messages_of, preview_of
from referral.contact.own_page.models import PersonCard
from referral.contact.own_page.queries import last_card
from referral.custody.queries import SAID
from referral.db import db, whole
from referral.desk.queries import still_to_confirm
from referral.directory.models import Service
from referral.handoff.referrals.disclosure import new_name
from referral.handoff.referrals.models import Referral, ReferralEvent, Stop, UnmetNeed
from referral.handoff.referrals.queries import case_referred_as, referrals_of_case, unmet_needs
from referral.handoff.referrals.sight import Seen
from referral.handoff.referrals.sight_queries import seen_of
from referral.handoff.referrals.states import ReferralState
from referral.handoff.referrals.unmet_actions import turned_away_by
from referral.handoff.withdrawals.queries import stops_of_case
from referral.known.now import NeedNow
from referral.known.queries import said_of_needs
from referral.overdue.escalation.models import Escalation
from referral.overdue.escalation.queries import steps_of
from referral.people.detail_queries import details_of
from referral.people.details import Detail, DetailNow, counting
from referral.people.identity import Identity
from referral.people.queries import recognised
from referral.web.paging import Page

HEARD = [f"booking.{name}" for name in (*SAID, "warnings")]


@dataclass(frozen=True)
class PromiseLine:
    """An open promise, with the referral or the time to ask that it is about, if it is."""

    promise: Promise
    referral: Referral | None
    point: ReviewPoint | None

    @property
    def refusal(self) -> ReferralEvent | None:
        """How the service said no, where that is what is to be decided about."""
        about = self.referral if self.promise.act is NextStep.REFUSED else None
        return turned_away_by(about) if about else None


@dataclass(frozen=True)
class CaseFile:
    """One case with all that happened in it; `rules` say how the person may be reached, if at all.

    `needs` are all of which somebody said yes or no; `said` is who said what counts of how to
    reach and speak with them, and when; `seen` is what the services see of their referrals now.
    `preview` is what “please ring us”
    would say now, None in a closed case.
    """

    case: Case
    needs: Sequence[NeedNow]
    promised: Sequence[PromiseLine]
    said: Mapping[Detail, DetailNow]
    facts: Sequence[SaidFact]
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
    distance: Distance
    log: Log
    assessed: Sequence[Assessment]

    @property
    def goals(self) -> Sequence[str]:
        """What they want, in their words, as they said it last."""
        return next((found.goals for found in self.assessed if found.goals), ())

    @property
    def first(self) -> PromiseLine | None:
        """What is to be done next: the promise that the case repeats."""
        same = (p for p in self.promised if p.promise.act == self.case.next_act)
        return next(same, None)

    @property
    def later(self) -> Sequence[PromiseLine]:
        """What else is promised."""
        return [line for line in self.promised if line is not self.first]

    @property
    def misnamed(self) -> Collection[UUID]:
        """The referrals whose service knows the person by another name than theirs, or by none."""
        shown = [(one, who) for one in self.referrals if (who := self.seen[one.id].person)]
        return {one.id for one, who in shown if new_name(one.person, who.name)}

    @property
    def helpers(self) -> Mapping[str, Sequence[str]]:
        """The services that have each need, or were asked to take it, by its code."""
        found: dict[str, list[str]] = {}
        for referral in self.referrals:
            for need in () if referral.ended_at else referral.needs:
                asked = referral.state is ReferralState.REQUESTED
                words = f"{referral.service.name}, asked" if asked else referral.service.name
                found.setdefault(need, []).append(words)
        return found


def promise_lines(
    case: Case, referrals: Sequence[Referral], plan: ContactPlan | None
) -> list[PromiseLine]:
    """What is promised in a case and not done yet, the earliest first."""
    by_number = {referral.id: referral for referral in referrals}
    points = {point.id: point for point in plan.points} if plan else {}
    return [
        PromiseLine(promise, by_number.get(promise.about_id), points.get(promise.about_id))
        for promise in case.promised
    ]


def file_of(actor: Actor, case: Case, page: int, at: datetime) -> CaseFile:
    """The file of a case, with one page of its messages."""
    referrals = referrals_of_case(case.id)
    facts = standing_facts([case.person_id])
    contact = standing(actor, Purpose.CONTACT, [case.person_id], at)
    return CaseFile(
        case=whole(case, "person", "worker", "booking.legs.centre", "promises", *HEARD),
        needs=said_of_needs(case.person_id, stays_of(case)),
        promised=promise_lines(case, referrals, plan := plan_of(case)),
        said=counting(details_of(case.person_id)),
        facts=facts[case.person_id],
        unconfirmed=still_to_confirm(case.booking_id),
        referrals=referrals,
        seen=seen_of(referrals, at, facts=facts, contact=contact),
        unmet=unmet_needs(case.id),
        plan=plan,
        rules=rules_of(contact.get((case.person_id, None))),
        card=last_card(case.person_id),
        messages=messages_of(case.id, page, at),
        preview=None if case.closed_at else preview_of(case, at, facts, contact),
        stops=stops_of_case(case.id),
        late=steps_of(case.id),
        answers=latest_answers(case.person_id),
        distance=distance_of(case, plan),
        log=log_of(actor, case, referrals),
        assessed=done_in(case.id),
    )


def behind(actor: Actor, sought: Sought) -> Sought:
    """The search with what others know: whom the desk takes it for, whose reference it is."""
    meant = sought.meant
    if meant and meant.digits:
        return replace(sought, alike=reached_on(actor, meant.digits))
    if meant is None or not meant.names:
        return sought
    *forenames, surname = meant.names
    who = Identity(" ".join(forenames), surname, meant.born)
    alike = [one.person.id for one in recognised(who)] if forenames or meant.born else []
    return replace(sought, alike=alike, referred=case_referred_as(actor, meant.reference))


def sharings(soon: Sequence[Consent]) -> list[Sharing]:
    """Those of the yeses that run out which are about a service, by its name."""
    found = [
        Sharing(one.service_id, db.session.get_one(Service, one.service_id).name, one.level)
        for one in soon
        if one.service_id and one.level
    ]
    return sorted(found, key=lambda sharing: (sharing.name, sharing.service_id))
