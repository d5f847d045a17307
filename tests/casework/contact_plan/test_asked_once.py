"""What is not easily taken back is asked about once, on a page that works without script."""

import pytest
from crowd import actor, walk

from referral.access.permissions import Role
from referral.casework.cases.models import Case
from referral.casework.contact_plan.actions import PlanDetails, make
from referral.casework.contact_plan.queries import plan_of
from referral.clock import now
from referral.consent.purposes import Purpose
from referral.consent.queries import stands
from referral.db import db


@pytest.mark.parametrize("page", ["withdraw/contact", "plan/end"])
def test_to_be_asked_takes_nothing_back(as_role, app, page):
    with app.app_context():
        case = walk(0, now()).case
        make(case, PlanDetails("call", "no"), 0, actor(Role.WORKER), now())
        db.session.commit()
        number = case.id
    worker = as_role(Role.WORKER)
    assert "No, leave it as it is" in worker.get(f"/cases/{number}/{page}").text
    assert ended(app, number) == (None, True)
    assert worker.submit(f"/cases/{number}/{page}", {}).status_code == 303
    assert ended(app, number) == ("CHOICE", page == "plan/end")


def ended(app, number):
    """Why the plan has ended, and whether they still agree to be contacted."""
    with app.app_context():
        case = db.session.get_one(Case, number)
        return plan_of(case).ended_why, stands(case.person_id, Purpose.CONTACT, now())
