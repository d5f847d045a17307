"""What a service knows of a person, and what is new since it was told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from referral.access.actor import Actor
from referral.casework.facts.queries import standing_facts
from referral.consent.purposes import Level
from referral.handoff.referrals.disclosure import Disclosed, new_name, read_back
from referral.handoff.referrals.models import Disclosure, Referral
from referral.handoff.referrals.needs import KnownNeed
from referral.handoff.referrals.sight import Seen
from referral.handoff.referrals.sight_queries import Tellable, disclosures_of, seen_of, tellable


@dataclass(frozen=True)
class News:
    """What a service could be told more: the name that became known, how to reach the person now,
    needs that it was not asked for; and how much it was told at most. Nothing of it reaches the
    service by itself."""

    name: str
    reach: Disclosed | None
    needs: Sequence[KnownNeed]
    level: Level

    @property
    def any(self) -> bool:
        """Whether there is anything that it does not know, or may not."""
        return bool(self.name or self.reach or self.needs or self.level is not Level.FULL)


@dataclass(frozen=True)
class Knowing:
    """What a service sees now, what it was told and when, and what is new, while it has them."""

    seen: Seen
    told: Sequence[Disclosure]
    news: News | None


def knowing(referral: Referral, by: Actor, at: datetime) -> Knowing:
    """What the service of a referral knows, for somebody of the team."""
    told = disclosures_of([referral.id]).get(referral.id, [])
    facts = standing_facts([referral.person_id])
    seen = seen_of([referral], at, {referral.id: told}, facts)[referral.id]
    open_now = bool(told) and referral.ended_at is None
    if not open_now:
        return Knowing(seen, told, None)
    return Knowing(seen, told, _news(tellable(referral.case, by, at, facts), referral, seen, told))


def _news(could: Tellable, referral: Referral, seen: Seen, told: Sequence[Disclosure]) -> News:
    knows = seen.person or read_back(row.content for row in told)
    now = replace(could.reach(), name=knows.name)  # the name is told by itself
    reach = now if now.rules and _ways_of(now) != _ways_of(knows) else None
    needs = [need for need in could.needs if need.code not in referral.needs]
    name = new_name(referral.person, knows.name)
    return News(name, reach, needs, max((row.level for row in told), key=list(Level).index))


def _ways_of(told: Disclosed) -> tuple[object, ...]:
    return told.phone, told.language, told.interpreter, told.rules
