"""What leaves at each level of the person's consent, and nothing beyond it."""

from datetime import date

import pytest

from referral.consent.actions import ContactRules
from referral.consent.purposes import Level
from referral.handoff.referrals.disclosure import Disclosed, disclosed
from referral.people.models import Person

BORN, RULES = date(1990, 5, 17), ContactRules(("call",), "after 12")
ANN = Person(
    forename="Ann",
    surname="Example",
    phone="07700 900123",
    language="pl",
    interpreter=True,
    date_of_birth=BORN,
    sex="F",
)
CONTACT = {"name": ANN.name, "phone": ANN.phone, "language": "pl", "interpreter": True}
SUMMARY = {"needs": ("DRUG", "MH")}
FULL = SUMMARY | {"date_of_birth": BORN, "sex": "F", "assessment": ("Needs help now",)}


@pytest.mark.parametrize(
    ("level", "more"), [(Level.CONTACT, {}), (Level.SUMMARY, SUMMARY), (Level.FULL, FULL)]
)
@pytest.mark.parametrize("rules", [None, RULES])
def test_a_service_is_told_what_was_agreed(level, more, rules):
    told = disclosed(ANN, ["DRUG", "MH"], level, rules, ["Needs help now"])
    number = {} if rules else {"phone": ""}  # nobody may ring who was not allowed to
    assert told == Disclosed(**CONTACT | number | more, rules=rules)
