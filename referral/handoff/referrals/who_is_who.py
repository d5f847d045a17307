"""Who a service is to a team that hands somebody over, and for which need it is offered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

from referral.access.permissions import OrganisationKind

if TYPE_CHECKING:
    from referral.directory.models import Service
    from referral.handoff.referrals.matching import Fit
    from referral.handoff.referrals.needs import KnownNeed


class Who(StrEnum):
    """Those whom a team tells apart at a glance; the others go by their name alone."""

    ADP = "ADP service"
    SACRO = "Sacro"
    HOUSING = "Housing"
    OTHER = ""


class Offering(Protocol):
    """A service as it is offered, as far as its need matters."""

    @property
    def fit(self) -> Fit: ...


Shown = TypeVar("Shown", bound=Offering)


def who_is(service: Service) -> Who:
    """An ADP or its own services, Sacro, or housing; by what the directory says of them."""
    organisation = service.organisation
    words = organisation.name.split()
    if organisation.kind == OrganisationKind.ADP or "ADP" in words:
        return Who.ADP
    if words[:1] == ["Sacro"]:
        return Who.SACRO
    return Who.HOUSING if [row.need for row in service.needs] == ["HOUS"] else Who.OTHER


def by_need(offers: Iterable[Shown], needs: Sequence[KnownNeed]) -> list[tuple[str, list[Shown]]]:
    """The offers under the first need that each meets, what cannot wait first; "" for none known.

    Within a need they stay in their order.
    """
    order = [need.code for need in sorted(needs, key=lambda need: not need.help_now)]
    found: dict[str, list[Shown]] = {code: [] for code in [*order, ""]}
    for offer in offers:
        met = (code for code in order if code in offer.fit.met)
        found[next(met, "")].append(offer)
    return [(code, offered) for code, offered in found.items() if offered]
