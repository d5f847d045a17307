"""After an overdose what is late goes up within hours, and only to people who are there."""

from datetime import UTC, datetime, timedelta

import pytest
from overdue.escalation.seeded import named, open_case, refer
from sqlalchemy import select

from referral.accounts.users.actions import set_state
from referral.accounts.users.models import User
from referral.db import db
from referral.overdue.escalation.actions import escalate_due
from referral.overdue.escalation.models import Escalation

MONDAY = datetime(2026, 10, 5, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def inside(app):
    with app.app_context():
        yield


def steps() -> list[int]:
    return list(db.session.scalars(select(Escalation.step).order_by(Escalation.step)))


@pytest.mark.parametrize(("overdose", "reached"), [(True, [1, 2]), (False, [1])])
def test_a_late_case_goes_up_in_four_working_hours(inside, overdose, reached):
    case = open_case(1, MONDAY, overdose)
    db.session.flush()
    morning = case.due_at.replace(hour=8, minute=0) + timedelta(days=1)  # nine in summer time
    assert escalate_due(max(case.due_at + MINUTE, morning) + timedelta(hours=5), 100)
    assert steps() == reached


@pytest.mark.parametrize(("overdose", "reached"), [(True, [1, 2, 3]), (False, [1])])
def test_a_late_referral_goes_up_as_fast_also_where_nobody_called_it_urgent(
    inside, overdose, reached
):
    referral = refer(open_case(1, MONDAY, overdose), MONDAY + timedelta(hours=8))
    referral.urgent = False
    db.session.flush()
    escalate_due(referral.due_at + timedelta(days=1, minutes=1), 100)
    assert steps() == reached


def test_last_the_managers_of_both_organisations_are_told(inside):
    refer(open_case(1, MONDAY), MONDAY, to="Housing first")
    escalate_due(MONDAY + timedelta(days=30), 100)
    told = db.session.scalars(select(Escalation.told).order_by(Escalation.step)).all()
    assert told == ["Morag Sim", "Ruth Kerr", "Ruth Kerr, Eva Dow"]


def test_who_has_left_is_not_told(inside):
    away = db.session.scalars(select(User).filter_by(name="Ruth Kerr")).one()
    other = User(name="Una Bain", email="una@example.org", role=away.role, password_hash="x")
    other.organisation_id, other.state = away.organisation_id, "active"
    db.session.add(other)
    db.session.flush()
    refer(open_case(1, MONDAY), MONDAY)
    set_state(away, "locked", named("Neil Rae").actor, MONDAY)
    escalate_due(MONDAY + timedelta(days=30), 100)
    told = db.session.scalars(select(Escalation.told).where(Escalation.step == 2)).one()
    assert told == "Una Bain"
