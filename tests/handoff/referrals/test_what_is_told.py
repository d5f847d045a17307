"""What leaves at each level of the person's consent, and nothing beyond it."""

import json
from datetime import date

import pytest

from referral.consent.actions import ContactRules
from referral.consent.purposes import Level
from referral.handoff.referrals.disclosure import (
    Disclosed,
    Ways,
    Why,
    disclosed,
    read_back,
    written,
)
from referral.handoff.referrals.needs import KnownNeed, among, preset
from referral.people.models import Person

BORN = date(1990, 5, 17)
RULES, WAYS = ContactRules(("call",), "after 12"), Ways(("call",), "after 12")
ANN = Person(
    forename="Ann",
    surname="Example",
    phone="07700 900123",
    language="pl",
    interpreter=True,
    date_of_birth=BORN,
    sex="F",
)
NEEDS = (KnownNeed("DRUG", "some"), KnownNeed("MH", "urgent"))
CONTACT = {"name": ANN.name, "phone": ANN.phone, "language": "pl", "interpreter": True}
SUMMARY = {"needs": ("DRUG", "MH"), "help_now": ("MH",)}
FULL = SUMMARY | {"date_of_birth": BORN, "sex": "F", "assessment": ("Needs help now",)}
LEVELS = [(Level.CONTACT, {}), (Level.SUMMARY, SUMMARY), (Level.FULL, FULL)]


@pytest.mark.parametrize(("level", "more"), LEVELS)
@pytest.mark.parametrize(("rules", "ways"), [(None, None), (RULES, WAYS)])
def test_a_service_is_told_what_was_agreed(level, more, rules, ways):
    told = disclosed(ANN, NEEDS, level, rules, ["Needs help now"])
    number = {} if rules else {"phone": ""}  # nobody may ring who was not allowed to
    assert told == Disclosed(**CONTACT | number | more, rules=ways)


@pytest.mark.parametrize(("level", "more"), LEVELS)
@pytest.mark.parametrize("rules", [None, RULES])
def test_what_was_written_down_reads_as_it_was_told(level, more, rules):
    told = disclosed(ANN, NEEDS, level, rules, ["Needs help now"])
    assert read_back([json.loads(json.dumps(written(told)))]) == told


def test_what_is_told_later_is_added_to_what_was_told_before():
    first = disclosed(ANN, NEEDS[:1], Level.CONTACT, RULES)
    more = disclosed(ANN, NEEDS[:1], Level.FULL, RULES, ["One"])
    need = disclosed(ANN, NEEDS[1:], Level.FULL, RULES, ["One", "Two"])
    moved = Disclosed("Nan Other", "07700 900999", "en", False, Ways(("text",)))
    parts = [
        written(first),
        written(more, Why.LEVEL),
        written(need, Why.NEEDS),
        written(moved, Why.REACH),
    ]
    assert read_back(parts) == Disclosed(
        "Ann Example", "07700 900999", "en", False, Ways(("text",)), ("DRUG", "MH"), ("MH",),
        BORN, "F", ("One", "Two"),
    )  # fmt: skip


def test_a_service_is_told_only_the_needs_that_it_is_there_for_unless_somebody_chooses():
    assert preset(NEEDS, ["MH", "HOUS"]) == ("MH",)
    assert among(NEEDS, ["MH", "GONE"]) == [NEEDS[1], KnownNeed("GONE")]
