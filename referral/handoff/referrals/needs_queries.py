"""What a person is known to need now, as a hand-off asks, and whether that cannot wait."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.casework.assessment.models import Assessment
from referral.casework.assessment.priority import urgent_because
from referral.casework.assessment.queries import latest_of
from referral.casework.cases.models import Case
from referral.casework.cases.queries import stays_of
from referral.handoff.referrals.needs import NO_NEED, KnownNeed
from referral.known.queries import needs_now


def known_needs(case: Case, by: Actor) -> tuple[KnownNeed, ...]:
    """The needs of a person as they are known now, for somebody to choose from.

    For whoever works the case out of every mouth, at the desk out of what was said there.
    """
    if not by.may(Permission.WORK_CASES):
        return tuple(KnownNeed(code) for code in case.booking.needs_at_desk)
    return _from_every_mouth(case)


def _from_every_mouth(case: Case) -> tuple[KnownNeed, ...]:
    found = needs_now(case.person_id, stays_of(case)).values()
    known = (KnownNeed(need.code, need.severity or "") for need in found)
    return tuple(need for need in known if need.severity != NO_NEED)


@dataclass(frozen=True)
class Urgency:
    """What can make it urgent to help a person, read once for all the services that are asked."""

    dangers: Collection[str]
    severities: Mapping[str, str]
    substances: Collection[str]

    def why(self, needs: Collection[str]) -> list[str]:
        """Why a service that is asked for these needs must answer today; empty when nothing is."""
        asked = {code: how for code, how in self.severities.items() if code in needs}
        return urgent_because(self.dangers, asked, self.substances)


def urgency_of(case: Case, at: datetime) -> Urgency:
    """What makes a case urgent now, out of every mouth, whoever asks."""
    return urgency_by(case, _from_every_mouth(case), latest_of(case.id), at)


def urgency_by(
    case: Case, needs: Sequence[KnownNeed], found: Assessment | None, at: datetime
) -> Urgency:
    """The same, for who has read the needs and the latest assessment already."""
    taken = [use.substance for use in found.substances] if found else []
    severities = {need.code: need.severity for need in needs}
    return Urgency(case.booking.dangers(at), severities, taken)
