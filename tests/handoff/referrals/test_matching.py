"""A full service is passed over for one with room, and the wait that is told is a real one."""

from datetime import UTC, datetime, timedelta

import pytest

from referral.directory.models import Service, ServiceNeed
from referral.handoff.referrals.matching import Room, Wanted, fitting, routed, wait_of, without_room

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
WANTED = Wanted(["DRUG", "HOUS"], None, None, "U")


def service(name: str, needs: str, capacity: str = "capacity") -> Service:
    made = Service(id=name, name=name, capacity=capacity, capacity_as_at=NOW, sexes="")
    made.needs = [ServiceNeed(need=need) for need in needs.split()]
    return made


def names(fits):
    return [fit.service.name for fit in fits]


def test_a_full_service_comes_last_and_is_not_offered_where_another_has_room():
    services = [service("A", "DRUG"), service("B", "DRUG"), service("C", "HOUS", "no-capacity")]
    fits = fitting(services, WANTED, NOW, {"A": Room(left=0, said_at=NOW)})
    assert names(fits) == ["B", "A", "C"]
    offered, passed = routed(fits)
    assert names(offered) == ["B", "C"]  # nobody else meets what C meets
    assert names(passed) == ["A"]
    assert without_room(WANTED.needs, fits) == ["HOUS"]


@pytest.mark.parametrize(("left", "full"), [(None, False), (0, True), (1, False)])
def test_only_places_that_are_known_to_be_gone_make_a_service_full(left, full):
    fits = fitting([service("A", "DRUG")], WANTED, NOW, {"A": Room(left=left)})
    assert fits[0].full is full


def test_the_wait_is_the_median_of_those_who_started_and_unknown_for_a_few():
    days = [timedelta(days=number) for number in (2, 3, 9, 9, 40)]
    assert wait_of(days) == 9
    assert wait_of(days[:4]) is None
