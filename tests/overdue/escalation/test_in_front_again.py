"""A due time that comes to the front of its case again is told no second time, and is not lost."""

from datetime import UTC, datetime, timedelta

import pytest
from overdue.escalation.seeded import arrive, let_go, named, open_case, refer
from overdue.escalation.silent import silent
from sqlalchemy import func, select

from referral.casework.cases.actions import answer_offer
from referral.casework.cases.next_steps import Ending, NextStep
from referral.consent.actions import Circumstances
from referral.custody.actions import BookingDetails, OfferDetails, open_booking
from referral.custody.offers import OfferAnswer
from referral.custody.places import Mistake
from referral.custody.stay_actions import MistakeDetails
from referral.db import db
from referral.desk.mistake_actions import call_mistake
from referral.overdue.escalation.actions import escalate_due
from referral.overdue.escalation.models import Escalation
from referral.people.identity import Identity

START = datetime(2026, 9, 28, 8, tzinfo=UTC)
LATER = START + timedelta(days=30)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def inside(app):
    with app.app_context():
        yield


def told() -> int:
    return db.session.scalar(select(func.count()).select_from(Escalation)) or 0


def test_what_a_service_was_late_with_while_something_else_came_first(inside):
    case = arrive(1, START)
    let_go(case, START + timedelta(hours=8))
    referral = refer(case, START)
    waits = case.due_at
    assert waits == referral.due_at
    case.promise(NextStep.ASKED, waits - MINUTE, START)
    escalate_due(LATER, 100)
    assert (case.due_at, case.late_step, referral.late_step) == (waits - MINUTE, 3, 3)
    before = told()
    case.end_promise(NextStep.ASKED, Ending.KEPT, "", LATER)
    assert (case.due_at, case.late_step) == (waits, 0)
    assert silent(LATER, told=True)
    escalate_due(LATER, 100)
    assert (case.late_step, case.escalates_at) == (3, None)
    assert silent(LATER, told=True) == []
    assert told() == before


def test_what_stands_again_since_a_booking_was_a_mistake(inside):
    case = open_case(1, START)
    due_at, officer = case.due_at, named("Kirsty Ross").actor
    escalate_due(LATER, 100)
    before = told()
    assert case.late_step == 3
    details = BookingDetails(Identity("Fore1", "Sur1"), LATER, case.person_id)
    booking = open_booking(details, officer, LATER)
    said = OfferDetails(OfferAnswer.ACCEPTED, booking.version, needs=frozenset({"DRUG"}))
    answer_offer(booking, said, [], Circumstances(), officer, LATER)
    assert case.due_at > LATER
    wrong = MistakeDetails(Mistake.TWICE, booking.version)
    call_mistake(booking, wrong, officer, LATER + MINUTE)
    assert case.due_at == due_at
    escalate_due(LATER + 2 * MINUTE, 100)
    assert (case.late_step, told()) == (3, before)
