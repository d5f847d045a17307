"""A worker's day: who is in a cell, what is due, what came back; and the act in the row."""

from datetime import timedelta

import pytest
from overdue.escalation.seeded import arrive, let_go, named, refer
from support.html import press, read, words
from support.stories import moment

from referral import clock
from referral.access.permissions import Role
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.casework.cases.refusals import NobodySaidSeen
from referral.casework.cases.seen_actions import note_seen, take_back_seen
from referral.db import db
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side

START = moment("2026-08-10 12:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def day(app, monkeypatch):
    """Four people of one team: in a cell, waiting outside, turned away, and a colleague's."""
    with app.app_context():
        here = arrive(1, START)
        turned_away, colleagues = arrive(3, START), arrive(4, START)
        for case in (turned_away, colleagues):
            case.worker = named("Morag Sim" if case is turned_away else "Ruth Kerr")
        db.session.flush()
        for case in (arrive(2, START), turned_away, colleagues):
            let_go(case, START + MINUTE)
        sent = refer(turned_away, START + 2 * MINUTE, taken=False)
        said_no = MoveDetails(Move.REJECT, sent.version, reason="CAP")
        move(sent, said_no, Side.TARGET, named("Ian Low").actor, START + 3 * MINUTE)
        db.session.commit()
        found = {"here": str(here.id), "turned away": str(turned_away.id)}
    monkeypatch.setattr(clock, "source", lambda: START + timedelta(hours=1))
    return found


def parts(browser) -> dict[str, list[str]]:
    """The rows of the day under the heading of their part, as a reader has them."""
    page = read(browser.get("/cases").text)
    return {
        head.find(string=True, recursive=False).strip(): [
            words(row) for row in head.find_next_sibling("ol").select(".app-item")
        ]
        for head in page.select("h2.app-part-head")
    }


def test_the_day_is_who_is_here_and_what_is_ones_own(day, as_role):
    found = parts(as_role(Role.WORKER))
    assert [*found] == ["In the cells now", "Came back from services"]
    [here], [back] = found.values()
    assert "Fore1 Sur1" in here
    assert "See them" in here
    assert "A service said no: find another" in back
    assert "Recovery hub, no capacity. Drugs" in back


def test_what_is_late_is_due_today(day, as_role, monkeypatch):
    monkeypatch.setattr(clock, "source", lambda: START + timedelta(days=9))
    worker = as_role(Role.WORKER)
    assert "late" in parts(worker)["Came back from services"][0]
    press(worker, worker.get("/cases?tab=waiting"), "Take the case of Fore2 Sur2")
    assert "Fore2 Sur2" in parts(worker)["Due today"][0]


def test_an_act_in_a_row_leads_back_to_its_tab_and_says_what_was_done(day, as_role):
    worker = as_role(Role.WORKER)
    taken = press(worker, worker.get("/cases"), "Take the case of Fore1 Sur1")
    assert taken.location.endswith("/cases?tab=day")
    page = worker.get(taken.location)
    assert "You have the case now" in words(read(page.text).select_one(".app-said"))
    seen = press(worker, page, "Seen Fore1 Sur1")
    after = read(worker.get(seen.location).text)
    assert "You have seen them" in words(after.select_one(".app-said"))
    assert "Seen Fore1 Sur1" not in words(after)
    undo = after.select_one(".app-said a")["href"]
    back = worker.submit(undo, {})
    assert back.location.endswith("/cases?tab=day")
    assert "See them" in parts(worker)["In the cells now"][0]


def test_that_they_were_seen_is_taken_back_once_and_for_the_same_time(app):
    with app.app_context():
        case, worker = arrive(1, START), named("Morag Sim").actor
        due_at = case.has_promised(NextStep.SEE).due_at
        with pytest.raises(NobodySaidSeen):
            take_back_seen(case, worker, START)
        note_seen(case, worker, START + MINUTE)
        note_seen(case, worker, START + MINUTE)
        assert [promise.act for promise in case.promised] == [NextStep.HAND_OFF]
        take_back_seen(case, worker, START + 2 * MINUTE)
        assert [(one.act, one.due_at) for one in case.promised] == [(NextStep.SEE, due_at)]
        with pytest.raises(NobodySaidSeen):
            take_back_seen(case, worker, START + 2 * MINUTE)
        assert db.session.get_one(Case, case.id).next_act is NextStep.SEE
