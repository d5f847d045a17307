"""Late is late: the list, the case, the lead's page and the morning's summary say the same."""

from datetime import timedelta

import pytest
from overdue.escalation.seeded import arrive, let_go, named, refer
from support.html import read, words
from support.stories import moment

from referral import clock
from referral.access.permissions import Role
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NEXT_STEPS
from referral.db import db
from referral.overdue.digests.queries import counts_for
from referral.overdue.escalation.actions import escalate_due
from referral.web.filters import left

START = moment("2026-08-10 12:00")
MINUTE = timedelta(minutes=1)


def rows_of(browser, tab: str) -> list[str]:
    """The lines of a tab of the case list, each as its reader has it."""
    page = read(browser.get(f"/cases?tab={tab}").text)
    return [words(row) for row in page.select(".app-item")]


def seeded(here: bool) -> tuple[Case, str]:
    """Handed to a service at once, urgently: its answer is due at five, in the cells or outside."""
    case = arrive(1, START)
    if not here:
        let_go(case, START + MINUTE)
    refer(case, START + 2 * MINUTE, urgent=True)
    db.session.commit()
    return case, f"/cases/{case.id}"


@pytest.mark.parametrize("here", [True, False])
@pytest.mark.parametrize("after", [timedelta(), MINUTE, timedelta(hours=5), timedelta(days=9)])
def test_list_case_summary_and_the_leads_page_agree(app, as_role, monkeypatch, here, after):
    with app.app_context():
        case, page = seeded(here)
        at = case.due_at + after
        late = bool(after)
        assert case.due_at == moment("2026-08-10 17:00")
        monkeypatch.setattr(clock, "source", lambda: at)
        escalate_due(at, 100)
        db.session.commit()
        counted = counts_for(named("Morag Sim"), at).waiting
        due, shown, act = case.due_at, left(case.until(at), at), NEXT_STEPS[case.next_act]
        goes_up = case.late_step >= 2
    worker = as_role(Role.WORKER)
    listed = rows_of(worker, "overdue")
    assert (len(listed), counted) == ((1, 1) if late else (0, 0))
    (row,) = rows_of(worker, "mine")
    head = words(read(worker.get(page).text).select_one(".app-next"))
    assert row.startswith(shown)
    assert left(due, at) in head
    assert act in row
    assert act in head
    if late:
        assert shown == left(due, at)
        assert row.startswith(left(due, at))
    lead = words(read(as_role(Role.TEAM_LEAD).get("/late").text).select_one("main"))
    assert (act in lead and left(due, at) in lead) == goes_up
    assert goes_up == (after > timedelta(days=1))


def test_in_the_cells_the_window_counts_while_nothing_is_late_and_it_is_open(app):
    with app.app_context():
        case, _ = seeded(here=True)
        before, late = case.due_at - MINUTE, case.due_at + MINUTE
        assert case.until(before) == case.window_ends
        assert case.until(late) == case.due_at
        case.promises[-1].due_at = case.due_at = case.window_ends + timedelta(days=1)
        assert case.until(case.window_ends + MINUTE) == case.due_at  # still here, nothing is late
