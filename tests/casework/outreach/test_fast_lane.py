"""After an overdose: on top of every list, and named to the overdose group only by consent."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from overdue.escalation.seeded import named, open_case, refer
from pypdf import PdfReader
from sqlalchemy import func, select
from support.stays import in_danger

from referral import clock
from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.casework.cases.actions import settle
from referral.casework.cases.next_steps import Ending, NextStep
from referral.casework.cases.queries import Sought, cases_in
from referral.casework.cases.tabs import Tab
from referral.casework.contact_plan.actions import reach
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.consent.queries import words_in
from referral.db import db
from referral.handoff.followup.actions import AttemptDetails, attempt

START = datetime(2026, 10, 5, 8, tzinfo=UTC)
OUT = START + timedelta(hours=8)


def agree(case, answer=Answer.GRANTED):
    said = [Agreement(Purpose.GROUP, answer)]
    record_agreements(case.person, said, PLAINLY, named("Morag Sim").actor, OUT)


@pytest.fixture
def inside(app):
    with app.app_context():
        yield


def test_a_recent_overdose_stands_on_top_and_is_due_within_a_day_of_the_release(inside):
    early = open_case(1, START - timedelta(days=20))
    late = open_case(2, START, overdose=True)
    listed = cases_in(named("Morag Sim").actor, Tab.TEAM, Sought(), 1, OUT)
    assert [case.id for case in listed] == [late.id, early.id]
    assert late.next_act == "outreach"
    assert late.outreach_by == OUT + timedelta(hours=24)
    assert early.outreach_by is None


def test_naloxone_at_the_arrest_counts_as_a_near_fatal_overdose():
    assert in_danger(START, "naloxone_given").recent_overdose(START)
    assert not in_danger(START, "injecting").recent_overdose(START)


def test_it_stays_on_top_after_the_hand_off_until_somebody_has_reached_them(inside):
    first, second = (open_case(n, START, overdose=True) for n in (1, 2))
    referral = refer(first, OUT)
    assert referral.urgent
    assert first.outreach_by
    reached = AttemptDetails("call", "reached", OUT)
    attempt(referral, reached, named("Ian Low").actor, OUT + timedelta(hours=1))
    assert first.outreach_by is None
    reach(second, named("Morag Sim").actor, OUT)
    assert second.outreach_by is None
    assert second.next_act == "hand_off"


def test_while_they_are_still_here_the_outreach_waits_for_the_release(inside):
    case = open_case(1, START, overdose=True)
    case.booking.released_at = None
    case.end_promise(NextStep.SEE, Ending.KEPT, "", OUT)
    settle(case, OUT)
    assert case.outreach_by
    assert case.next_act == "hand_off"


def test_the_groups_list_names_only_who_agreed_and_says_so_in_the_trail(app, as_role, monkeypatch):
    with app.app_context():
        cases = [open_case(number, START, overdose=True) for number in (1, 2, 3)]
        agree(cases[0])
        agree(cases[1], Answer.REFUSED)
        db.session.commit()
    monkeypatch.setattr(clock, "source", lambda: OUT + timedelta(hours=2))
    worker = as_role(Role.WORKER)
    page = worker.get("/outreach").text
    assert page.count("they are not on its list") == 2
    assert "22 h 0 min left" in page
    made = worker.get("/outreach.pdf")
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made.data)).pages)
    assert "Sur1" in text
    assert "Sur2" not in text
    assert "Sur3" not in text
    assert "07700 900123" in text
    assert "Purpose" in text
    assert "5 Oct 2026" in text
    with app.app_context():
        told = select(func.count()).select_from(AuditEvent).filter_by(tag="outreach:disclosed")
        assert db.session.scalar(told) == 1
    assert "Overdose: 22 h" in worker.get("/cases?tab=team").text


def test_the_question_has_words_to_read_out(inside):
    assert "who needs help today" in words_in("en", OUT)["group"].text
