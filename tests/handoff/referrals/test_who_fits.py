"""Which services a person is offered: what is not known shuts nobody out."""

from datetime import UTC, datetime, timedelta

import pytest

from referral.directory.models import Council, Service, ServiceNeed
from referral.handoff.referrals.matching import FRESH, Wanted, fitting

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
GLASGOW, FALKIRK = "S12000049", "S12000014"


def service(**said) -> Service:
    """A service for drugs, in Glasgow, with room, that takes anybody unless it is said."""
    areas, needs = said.pop("areas", (GLASGOW,)), said.pop("needs", ("DRUG",))
    said = {"name": "A", "capacity": "capacity", "capacity_as_at": NOW, "sexes": ""} | said
    made = Service(id=said["name"], **said)
    made.needs = [ServiceNeed(need=need) for need in needs]
    made.councils = [Council(code=code) for code in areas]
    return made


def wanted(needs=("DRUG",), council=GLASGOW, age=30, sex="F") -> Wanted:
    return Wanted(needs, council, age, sex)


@pytest.mark.parametrize(
    ("offers", "person", "fits"),
    [
        ({}, {}, True),
        ({}, {"council": FALKIRK}, False),
        ({}, {"council": None}, True),  # nobody knows where they live
        ({"areas": ()}, {"council": FALKIRK}, True),  # it is for all of Scotland
        ({"areas": (GLASGOW, FALKIRK)}, {"council": FALKIRK}, True),
        ({}, {"needs": ("HOUS",)}, False),
        ({}, {"needs": ("HOUS", "DRUG")}, True),
        ({}, {"needs": ()}, True),  # nothing was said of needs
        ({"sexes": "F"}, {"sex": "F"}, True),
        ({"sexes": "F"}, {"sex": "M"}, False),
        ({"sexes": "M"}, {"sex": "F"}, False),
        ({"sexes": "F"}, {"sex": "U"}, True),
        ({"minimum_age": 16, "maximum_age": 25}, {"age": 15}, False),
        ({"minimum_age": 16, "maximum_age": 25}, {"age": 16}, True),
        ({"minimum_age": 16, "maximum_age": 25}, {"age": 25}, True),
        ({"minimum_age": 16, "maximum_age": 25}, {"age": 26}, False),
        ({"minimum_age": 16, "maximum_age": 25}, {"age": None}, True),
        ({"minimum_age": 16}, {"age": 99}, True),
        ({"maximum_age": 25}, {"age": 0}, True),
    ],
)
def test_a_service_fits(offers, person, fits):
    assert bool(fitting([service(**offers)], wanted(**person), NOW)) is fits


def test_it_says_which_of_the_needs_it_is_there_for():
    [fit] = fitting([service(needs=("DRUG", "ALC"))], wanted(needs=("ALC", "HOUS")), NOW)
    assert fit.met == ("ALC",)


@pytest.mark.parametrize(
    ("said", "stale"),
    [(None, True), (NOW - FRESH, False), (NOW - FRESH - timedelta(seconds=1), True)],
)
def test_a_word_on_places_is_old_after_ninety_days_and_without_a_date(said, stale):
    [fit] = fitting([service(capacity_as_at=said)], wanted(), NOW)
    assert fit.stale is stale


def test_those_with_places_come_first_then_by_name():
    kinds = ("no-capacity", "additional-assessment-required", "waitlist", "capacity")
    known = [service(name=f"{kind} {end}", capacity=kind) for end in "ba" for kind in kinds]
    found = [fit.service.name for fit in fitting(known, wanted(), NOW)]
    assert found == [f"{kind} {end}" for kind in reversed(kinds) for end in "ab"]
