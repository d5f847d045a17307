"""An overdose of which a worker learns is followed up like one that the desk heard of."""

from datetime import UTC, datetime, timedelta

import pytest
from overdue.escalation.seeded import arrive, let_go, named, open_case, refer

from referral.casework.assessment.actions import AssessmentDetails, Need, finish
from referral.casework.cases.actions import note_danger
from referral.casework.outreach.queries import whole_lane
from referral.db import db
from referral.known.actions import Saying
from referral.known.now import About, Said

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
YES = Saying(About.DANGER, "overdose")
NO = Saying(About.DANGER, "overdose", Said.NO, reason="It was in 2019")


@pytest.fixture
def worker(app):
    with app.app_context():
        yield named("Morag Sim").actor
        db.session.rollback()


def lane(worker, at) -> list:
    """The cases of those to be looked for after an overdose."""
    return [one.case for one in whole_lane(worker, at)]


def test_what_is_found_in_the_cells_makes_somebody_look_for_them_outside(worker):
    case = arrive(1, START)
    assert not case.outreach_by
    found = AssessmentDetails(0, needs=[Need("DRUG", "high", True)], dangers=[YES])
    finish(case, found, worker, START + HOUR)
    assert lane(worker, START + HOUR) == [case]
    let_go(case, START + 8 * HOUR)
    assert case.next_act == "outreach"
    assert case.outreach_by == START + 32 * HOUR
    assert refer(case, START + 9 * HOUR).urgent


def test_what_is_learned_by_telephone_does_too_and_within_a_day(worker):
    case = open_case(1, START)
    at = START + timedelta(days=2)
    note_danger(case, YES, worker, at)
    assert case.next_act == "outreach"
    assert case.outreach_by == at + timedelta(hours=24)
    assert lane(worker, at) == [case]
    assert lane(worker, at + timedelta(days=31)) == []


def test_who_was_lifted_out_of_danger_is_looked_for_no_more(worker):
    case = open_case(1, START, overdose=True)
    assert case.outreach_by
    note_danger(case, NO, worker, START + 9 * HOUR)
    assert case.outreach_by is None
    assert case.next_act != "outreach"
    assert lane(worker, START + 9 * HOUR) == []
