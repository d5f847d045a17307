"""An undone act puts no hold back on a plan that has ended meanwhile, nor an end on a hold."""

import pytest
from reports.stories import MET
from sqlalchemy import select
from support.stories import moment

from referral.acts.actions import Remembered, put_back, remembering
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.casework.contact_plan.models import ContactPlan
from referral.db import db

AT = moment("2026-08-05 10:00")


@pytest.fixture
def plan(stories) -> ContactPlan:
    """A plan to stay in touch with somebody who was released."""
    stories.play(MET)
    return db.session.scalars(select(ContactPlan)).one()


def stands(plan: ContactPlan, held: str | None, ended: str | None) -> None:
    plan.held_why = held
    plan.look_at = AT if held else None
    plan.ended_why = ended
    db.session.flush()


def undone(plan: ContactPlan, by, *, then: tuple) -> None:
    """An act leaves the plan as it is; it goes on to stand so, and the act is undone."""
    act = db.session.scalars(select(Act).order_by(Act.order.desc()).limit(1)).one()
    stands(plan, *then)
    put_back(act, "a mistake", by, AT)


@pytest.mark.parametrize(
    ("before", "after", "then", "is_now"),
    [
        (("prison", None), (None, None), (None, None), ("prison", None)),
        (("prison", None), (None, None), (None, "died"), (None, "died")),
        ((None, "died"), (None, None), ("prison", None), ("prison", None)),
        (("prison", None), (None, "died"), (None, "died"), ("prison", None)),
    ],
)
def test_what_is_put_back_fits_where_the_plan_stands(plan, stories, before, after, then, is_now):
    stands(plan, *before)
    about = Remembered(ActKind.ARRIVED, plan.booking_id)
    with remembering(about, stories.worker, AT):
        stands(plan, *after)
    undone(plan, stories.worker, then=then)
    assert (plan.held_why, plan.ended_why) == is_now
    assert (plan.look_at is None) == (plan.held_why is None)
