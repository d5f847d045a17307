"""What a service would be told of a person, and what it sees of its referrals now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.casework.assessment.models import Assessment
from referral.casework.assessment.queries import findings, latest_of
from referral.casework.cases.models import Case
from referral.casework.facts.models import SaidFact
from referral.casework.facts.queries import Standing, is_wrong, standing_facts
from referral.consent.purposes import Level, Purpose
from referral.consent.queries import Yeses, for_services
from referral.db import db
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at
from referral.handoff.referrals.disclosure import (
    Disclosed,
    ToTell,
    Ways,
    disclosed,
    read_back,
    ways,
)
from referral.handoff.referrals.models import Disclosure, Referral
from referral.handoff.referrals.needs import KnownNeed, among
from referral.handoff.referrals.needs_queries import known_needs
from referral.handoff.referrals.sight import NOTHING, WRITTEN_UP, Seen, Today, seen, sight_of
from referral.people.queries import ever_called
from referral.people.traits import same_number


@dataclass(frozen=True)
class Tellable:
    """All that a service could be told of a person now by somebody; how much of it, is chosen.

    Who may not read the assessment tells nothing of it. A number that somebody says is not theirs
    is told to nobody, for the service would read at once that it must not be used.
    """

    person: ToTell
    needs: Sequence[KnownNeed]
    rules: Ways | None
    found: Assessment | None
    facts: Sequence[SaidFact]

    def told(self, level: Level, chosen: Collection[str]) -> Disclosed:
        """Exactly what a service is told at a level, of the needs that were chosen for it."""
        needs = among(self.needs, chosen)
        told = disclosed(self.person, needs, level, self.rules, findings(self.found, chosen))
        holds = number_holds(told.phone, self.person, self.facts)
        return told if holds else replace(told, phone="")

    def reach(self) -> Disclosed:
        """How to reach them, as they say it themselves now: whoever doubts the number is wrong."""
        return replace(self, facts=()).told(Level.CONTACT, ())


def tellable(case: Case, by: Actor, at: datetime, facts: Standing | None = None) -> Tellable:
    """What could be told of a case now. How to reach the person goes by what services may know.

    `facts` is what stands of the person, where known.
    """
    yes = for_services(Purpose.CONTACT, [case.person_id], at).get((case.person_id, None))
    said = (facts or standing_facts([case.person_id]))[case.person_id]
    found = latest_of(case.id) if by.may(Permission.WORK_CASES) else None
    return Tellable(case.person, known_needs(case, by), ways(yes), found, said)


def number_holds(told: str, person: ToTell, facts: Sequence[SaidFact]) -> bool:
    """Whether a number that is told is the person's, and nobody says that it is wrong."""
    return same_number(told, person.phone) and not is_wrong(told, facts)


def name_holds(told: Disclosed, goes_by: Collection[str]) -> bool:
    """Whether a name that was told is one that the person goes by, or the words for none."""
    return told.is_nameless or told.name in goes_by


def disclosures_of(referral_ids: Collection[UUID]) -> dict[UUID, list[Disclosure]]:
    """All that was told for each of these referrals, in the order in which it was told."""
    wanted = select(Disclosure).where(Disclosure.referral_id.in_(referral_ids))
    found: dict[UUID, list[Disclosure]] = {}
    for row in db.session.scalars(wanted.order_by(Disclosure.order)):
        found.setdefault(row.referral_id, []).append(row)
    return found


def seen_now(referral: Referral, at: datetime) -> Seen:
    """What the service of a referral sees of it at a moment."""
    return seen_of([referral], at)[referral.id]


def seen_of(
    referrals: Sequence[Referral],
    at: datetime,
    told: Mapping[UUID, Sequence[Disclosure]] | None = None,
    facts: Standing | None = None,
    contact: Yeses | None = None,
) -> dict[UUID, Seen]:
    """What the services of these referrals see of each; in a fixed number of statements.

    Their people are read with them, or else one by one. `told` is what was told, `facts` what
    stands of the people, `contact` their yeses to be contacted, where known.
    """
    if not referrals:
        return {}
    people = {referral.person_id for referral in referrals}
    rows = told or disclosures_of([referral.id for referral in referrals])
    known = {one: read_back(row.content for row in parts) for one, parts in rows.items() if parts}
    holding = Holding(
        told=known,
        names=_names_beside(referrals, known),
        share=for_services(Purpose.SHARE, people, at),
        contact=for_services(Purpose.CONTACT, people, at) if contact is None else contact,
        facts=facts or standing_facts(people),
        until=_write_up_until(referrals, at),
    )
    return {referral.id: holding.seen(referral, at) for referral in referrals}


@dataclass(frozen=True)
class Holding:
    """All that the sight of some referrals hangs on."""

    told: Mapping[UUID, Disclosed]
    names: Mapping[UUID, Collection[str]]  # of whom somebody was told another name than theirs
    share: Yeses
    contact: Yeses
    facts: Standing
    until: Mapping[UUID, datetime]

    def seen(self, referral: Referral, at: datetime) -> Seen:
        """What its service sees of one of them."""
        told = self.told.get(referral.id)
        yes = self.share.get((referral.person_id, referral.service_id))
        if told is None or yes is None or yes.level is None:
            return NOTHING
        rules = ways(self.contact.get((referral.person_id, None)))
        person = referral.person
        today = Today(
            yes.level,
            rules,
            number_holds(told.phone, person, self.facts[person.id]),
            name_holds(told, self.names.get(person.id, {person.name})),
        )
        until = self.until.get(referral.id)
        return seen(told, today, sight_of(referral.state, until, at), until)


def _names_beside(
    referrals: Sequence[Referral], told: Mapping[UUID, Disclosed]
) -> Mapping[UUID, Collection[str]]:
    """Each name of those of whom a service was told another than that which they have now."""
    others = {
        one.person_id: one.person
        for one in referrals
        if (known := told.get(one.id)) and not known.is_nameless and known.name != one.person.name
    }
    return ever_called(others.values()) if others else {}


def told_number(referral: Referral) -> str:
    """The telephone number that a service was told last; empty where it was told none."""
    rows = disclosures_of([referral.id]).get(referral.id)
    return read_back(row.content for row in rows).phone if rows else ""


def _write_up_until(referrals: Sequence[Referral], at: datetime) -> dict[UUID, datetime]:
    """Until when a service may still write up what came of it, for those of which something did."""
    ended = {r.id: r.ended_at for r in referrals if r.ended_at and r.state in WRITTEN_UP}
    if not ended:
        return {}
    deadlines = deadlines_at(at)
    return {one: deadlines.due(Kind.WRITE_UP, since, None) for one, since in ended.items()}
