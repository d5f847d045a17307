"""A hand-off stands by what the person needs, and says who is who."""

from dataclasses import dataclass

import pytest

from referral.access.permissions import OrganisationKind
from referral.directory.models import Organisation, Service, ServiceNeed
from referral.handoff.referrals.matching import Fit
from referral.handoff.referrals.needs import HELP_NOW, KnownNeed
from referral.handoff.referrals.who_is_who import Who, by_need, who_is

ADP, PROVIDER = OrganisationKind.ADP, OrganisationKind.PROVIDER


@dataclass
class Offer:
    fit: Fit


def offer(name: str, *met: str) -> Offer:
    return Offer(Fit(Service(name=name), met, stale=False))


@pytest.mark.parametrize(
    ("name", "kind", "needs", "who"),
    [
        ("Fife ADP", ADP, ["DRUG"], Who.ADP),
        ("Fife ADP services", PROVIDER, ["HOUS"], Who.ADP),
        ("Sacro", PROVIDER, ["HOUS"], Who.SACRO),
        ("Doors", PROVIDER, ["HOUS"], Who.HOUSING),
        ("Doors", PROVIDER, ["HOUS", "MH"], Who.OTHER),
        ("Adaptation", PROVIDER, [], Who.OTHER),
    ],
)
def test_who_a_service_is_follows_from_the_directory(name, kind, needs, who):
    service = Service(name="Any", organisation=Organisation(name=name, kind=kind))
    service.needs = [ServiceNeed(need=need) for need in needs]
    assert who_is(service) is who


def test_each_is_offered_once_under_the_first_of_its_needs_what_cannot_wait_first():
    needs = [KnownNeed("DRUG"), KnownNeed("HOUS", HELP_NOW)]
    both, drugs, housing = offer("a", "DRUG", "HOUS"), offer("b", "DRUG"), offer("c", "HOUS")
    assert by_need([both, drugs, housing], needs) == [("HOUS", [both, housing]), ("DRUG", [drugs])]


def test_who_needs_nothing_that_is_known_is_offered_all():
    any_of_them = offer("a")
    assert by_need([any_of_them], []) == [("", [any_of_them])]
