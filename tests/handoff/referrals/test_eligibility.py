"""Whom a service is offered for: by need, council, age and sex, at each edge of what it takes."""

from datetime import UTC, datetime, timedelta

import pytest

from referral.directory.models import Council, Service, ServiceNeed
from referral.handoff.referrals.matching import FRESH, Wanted, fitting

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
GLASGOW, FALKIRK = "S12000049", "S12000014"
OPEN = {"needs": "DRUG", "councils": "", "sexes": "", "low": None, "high": None}
ANYBODY = {"needs": ["DRUG"], "council": GLASGOW, "age": 30, "sex": "F"}
# what the service says of itself; what is known of the person; whether it is offered
TABLE = [
    ({}, {}, True),
    # need: one is enough, another is none, and who named none is offered everything
    ({"needs": "ALC"}, {}, False),
    ({"needs": "ALC DRUG"}, {}, True),
    ({}, {"needs": ["ALC", "DRUG"]}, True),
    ({}, {"needs": []}, True),
    # council: none means all of Scotland, and an unknown home shuts nobody out
    ({"councils": GLASGOW}, {}, True),
    ({"councils": FALKIRK}, {}, False),
    ({"councils": f"{FALKIRK} {GLASGOW}"}, {}, True),
    ({"councils": FALKIRK}, {"council": None}, True),
    # age: both ends are in, and an unknown age shuts nobody out
    ({"low": 18}, {"age": 17}, False),
    ({"low": 18}, {"age": 18}, True),
    ({"high": 25}, {"age": 25}, True),
    ({"high": 25}, {"age": 26}, False),
    ({"low": 16, "high": 16}, {"age": 16}, True),
    ({"low": 18, "high": 25}, {"age": None}, True),
    ({"low": 0}, {"age": 0}, True),
    # sex: only a woman's or a man's service asks, and only of a woman or a man
    ({"sexes": "F"}, {}, True),
    ({"sexes": "M"}, {}, False),
    ({"sexes": "F"}, {"sex": "M"}, False),
    ({"sexes": "M"}, {"sex": "X"}, True),
    ({"sexes": "M"}, {"sex": "U"}, True),
]


def service(said: dict) -> Service:
    says = OPEN | said
    made = Service(name="A", capacity="capacity", capacity_as_at=NOW, sexes=says["sexes"])
    made.minimum_age, made.maximum_age = says["low"], says["high"]
    made.needs = [ServiceNeed(need=need) for need in says["needs"].split()]
    made.councils = [Council(code=code) for code in says["councils"].split()]
    return made


@pytest.mark.parametrize(("says", "known", "offered"), TABLE)
def test_a_service_is_offered_just_where_the_table_says(says, known, offered):
    assert bool(fitting([service(says)], Wanted(**(ANYBODY | known)), NOW)) is offered


@pytest.mark.parametrize(
    ("age", "stale"), [(FRESH, False), (FRESH + timedelta(seconds=1), True), (None, True)]
)
def test_what_a_service_said_of_itself_grows_old_at_one_moment(age, stale):
    told = service({})
    told.capacity_as_at = None if age is None else NOW - age
    assert fitting([told], Wanted(**ANYBODY), NOW)[0].stale is stale


def test_of_those_that_fit_the_ones_with_room_come_first():
    said = ("no-capacity", "waitlist", "additional-assessment-required", "capacity")
    found = [service({}) for _ in said]
    for one, capacity in zip(found, said, strict=True):
        one.name = one.capacity = capacity
    names = [fit.service.name for fit in fitting(found, Wanted(**ANYBODY), NOW)]
    assert names[0] == "capacity"
    assert names[-1] == "no-capacity"
