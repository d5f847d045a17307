"""A plan is made on a case of which nothing else has been read, as a page has it."""

from support.stories import moment

from referral.casework.contact_plan.actions import PlanDetails, make
from referral.db import db

AGREED = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG
"""


def test_the_first_plan_is_whole_before_the_person_is_read(stories):
    case = stories.play(AGREED).case("Ann")
    db.session.expire_all()
    plan = make(case, PlanDetails("call", "rang"), 0, stories.worker, moment("2026-08-03 10:00"))
    assert plan.confirmed_number == case.person.phone
