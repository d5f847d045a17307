"""A plan is made on a case of which nothing else has been read, and keeps when things were said."""

from support.stories import moment

from referral.casework.contact_plan.actions import OwnReach, PlanDetails, follow, make
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


def test_the_day_beside_the_number_is_that_on_which_it_was_said(stories):
    case = stories.play(AGREED).case("Ann")
    made, typed = moment("2026-08-03 10:00"), moment("2026-08-09 20:15")
    plan = make(case, PlanDetails("call", "rang"), 0, stories.worker, made)
    follow(plan, OwnReach(None, None, "ann@example.org", None), moment("2026-08-05 09:00"))
    assert plan.confirmed_at == made
    follow(plan, OwnReach(None, "07700 900456", None, None), typed)
    assert (plan.number_confirmed, plan.confirmed_at) == ("own", typed)
    details = PlanDetails("text", "own", "07700 900456")
    make(case, details, plan.version, stories.worker, moment("2026-08-10 09:00"))
    assert plan.confirmed_at == typed  # the team changed something else
