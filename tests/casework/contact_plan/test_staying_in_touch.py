"""A plan that is made in the cell is kept, moved, held and ended, and is never forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from conftest import hidden_fields
from overdue.escalation.seeded import named, open_case, refer
from support.html import addresses

from referral import clock
from referral.access.permissions import Role
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import Ending, NextStep
from referral.casework.contact_plan.actions import (
    NotToBeContacted,
    PlanDetails,
    PointOver,
    TryDetails,
    WorthNeeded,
    make,
    resume,
    try_to_reach,
)
from referral.casework.contact_plan.points import PointState
from referral.casework.contact_plan.queries import plan_of
from referral.consent.actions import withdraw
from referral.consent.purposes import Purpose
from referral.custody.actions import ReleaseDetails
from referral.db import db
from referral.handoff.referrals.actions import close_case, move
from referral.handoff.referrals.leaving_actions import leave
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.overdue.escalation.queries import check

START = datetime(2026, 10, 5, 8, tzinfo=UTC)
OUT = START + timedelta(hours=8)
DETAILS = PlanDetails("call", "rang", second_contact="His sister", usual_places="The library")


@pytest.fixture
def inside(app):
    with app.app_context():
        yield


def planned(at=OUT, details=DETAILS):
    """A case that was released at four in the afternoon, its worker and its plan."""
    case, worker = open_case(1, START), named("Morag Sim").actor
    return case, worker, make(case, details, 0, worker, at)


def see(case):
    """A worker has seen them, and they were handed on: only the plan is left."""
    for act in (NextStep.SEE, NextStep.HAND_OFF):
        case.end_promise(act, Ending.KEPT, "", OUT)


def say(point, result, by, at, worth_it=None):
    return try_to_reach(point, TryDetails("call", result, at, worth_it), by, at)


def test_the_five_points_stand_from_the_release_and_a_sixth_by_choice(inside):
    case, worker, plan = planned()
    assert [p.point for p in plan.planned] == ["72h", "7d", "28d", "12w", "26w"]
    assert plan.planned[0].due_at == OUT + timedelta(hours=72)
    longer = PlanDetails("call", "rang", year_long=True)
    make(case, longer, plan.version, worker, OUT)
    assert [p.point for p in plan.planned][-1] == "52w"
    make(case, DETAILS, plan.version, worker, OUT)
    assert [p.point for p in plan.planned][-1] == "26w"


def test_a_plan_that_is_made_late_begins_with_the_first_contact(inside):
    _, _, plan = planned(at=OUT + timedelta(days=10))
    assert [p.point for p in plan.planned] == ["72h", "28d", "12w", "26w"]


def test_a_plan_that_is_made_in_the_cell_counts_from_the_release_once_it_is_known(inside):
    case, worker = open_case(1, START), named("Morag Sim").actor
    case.booking.released_at = None
    plan = make(case, DETAILS, 0, worker, START)
    stay = case.booking
    leave(stay, ReleaseDetails("UNDERTAKING", OUT, "has", stay.version), worker, OUT)
    assert plan.counts_from == OUT
    assert plan.planned[1].due_at == OUT + timedelta(days=7)


def test_each_point_that_is_reached_makes_the_next_one_the_next_thing_in_the_case(inside):
    case, worker, plan = planned()
    refer(case, OUT, taken=False)
    at = OUT + timedelta(days=1)
    say(plan.planned[0], "reached", worker, at)
    first = next(promise for promise in case.promised if promise.act is NextStep.REVIEW)
    assert first.about_id == plan.planned[0].id
    assert first.due_at == plan.planned[0].due_at == OUT + timedelta(days=7)
    assert plan.points[0].state == PointState.REACHED


def test_without_an_answer_it_is_tried_again_and_after_three_tries_the_next_point_stands(inside):
    _, worker, plan = planned()
    first, at = plan.planned[0], OUT + timedelta(days=1)
    for result in ("NOANS", "WRONG"):
        say(first, result, worker, at)
        assert first.state == PointState.PLANNED
        at = first.due_at
    say(first, "NFA", worker, at)
    assert first.state == PointState.NOT_REACHED
    assert plan.planned[0].point == "7d"
    with pytest.raises(PointOver):
        say(first, "reached", worker, at)


@pytest.mark.parametrize("result", ["REMAND", "HOSP"])
def test_who_is_held_is_waited_for_looked_at_again_and_asked_anew(inside, result):
    case, worker, plan = planned()
    see(case)
    at = OUT + timedelta(days=1)
    say(plan.planned[0], result, worker, at)
    assert plan.held_why == result
    assert case.next_act == "review"
    assert case.due_at == plan.look_at == at + timedelta(weeks=4, hours=1)  # it is winter
    back = at + timedelta(days=10)
    resume(case, back, worker, back)
    assert plan.held_why is None
    assert plan.planned[1].due_at == back + timedelta(days=7)
    assert case.due_at == plan.planned[0].due_at


def test_a_service_that_pauses_for_prison_holds_the_teams_plan_and_resumes_it(inside):
    case, _, plan = planned()
    referral, service = refer(case, OUT), named("Ian Low").actor
    at = OUT + timedelta(days=1)
    for step, reason in ((Move.ACCEPT, None), (Move.HOLD, "REMAND")):
        move(referral, MoveDetails(step, referral.version, reason), Side.TARGET, service, at)
    assert plan.held_why == "REMAND"
    move(referral, MoveDetails(Move.RESUME, referral.version), Side.TARGET, service, at)
    assert plan.held_why is None
    assert plan.counts_from == at


def test_who_is_remanded_from_the_cells_is_waited_for(inside):
    case, worker = open_case(1, START), named("Morag Sim").actor
    case.booking.released_at = None
    plan = make(case, DETAILS, 0, worker, START)
    stay = case.booking
    leave(stay, ReleaseDetails("REMAND", OUT, "has", stay.version), worker, OUT)
    assert plan.held_why == "REMAND"


@pytest.mark.parametrize("result", ["MOVED", "DECEASED"])
def test_who_moved_away_or_died_is_asked_no_more_and_the_team_decides(inside, result):
    case, worker, plan = planned()
    see(case)
    say(plan.planned[0], result, worker, OUT + timedelta(days=1))
    assert plan.planned == []
    assert plan.ended_why == result
    assert case.next_act == "hand_off"
    assert check(OUT).sound


def test_was_it_worth_it_is_asked_of_the_person_after_28_days_and_12_weeks(inside):
    _, worker, plan = planned()
    points = {point.point: point for point in plan.points}
    at = OUT + timedelta(days=29)
    with pytest.raises(WorthNeeded):
        say(points["28d"], "reached", worker, at)
    say(points["28d"], "reached", worker, at, "partly")
    say(points["7d"], "reached", worker, at, "yes")
    assert points["28d"].worth_it == "partly"
    assert points["7d"].worth_it is None


def test_nobody_is_called_who_has_not_agreed_or_no_longer_agrees(inside):
    case, worker, plan = planned()
    withdraw(case.person, Purpose.CONTACT, worker, OUT)
    with pytest.raises(NotToBeContacted):
        say(plan.planned[0], "NOANS", worker, OUT)
    with pytest.raises(NotToBeContacted):
        make(case, DETAILS, plan.version, worker, OUT)
    say(plan.planned[0], "DECEASED", worker, OUT)  # which others told
    assert plan.ended_why


def test_who_takes_back_being_contacted_is_not_planned_for_any_more(app, as_role):
    with app.app_context():
        case, _, _ = planned()
        address = f"/cases/{case.id}"
        db.session.commit()
    worker = as_role(Role.WORKER)
    hidden = hidden_fields(worker.get(address).text)
    assert worker.post(f"{address}/withdraw/contact", data=hidden).status_code == 303
    assert "This plan has ended: they want no more calls" in worker.get(address).text
    with app.app_context():
        plan = plan_of(db.session.get(Case, case.id))
        assert plan.ended_why == "CHOICE"
        assert plan.planned == []


def test_the_plan_ends_with_the_case(inside):
    case, worker, plan = planned()
    close_case(case, "CHOICE", case.version, worker, OUT)
    assert plan.ended_why == "CHOICE"
    assert plan.planned == []


def test_the_worker_plans_tries_and_asks_on_the_pages(app, as_role, monkeypatch):
    with app.app_context():
        address = f"/cases/{open_case(1, START).id}"
        db.session.commit()
    monkeypatch.setattr(clock, "source", lambda: OUT + timedelta(days=1))
    worker = as_role(Role.WORKER)
    said = {"best_way": "text", "number_confirmed": "readback", "usual_places": "The library"}
    assert worker.submit(f"{address}/plan", said).status_code == 303
    page = worker.get(address).text
    assert "they read it back" in page
    assert "The library" in page
    points = list(dict.fromkeys(addresses(page, f"{address}/reviews/[0-9a-f-]+")))
    assert len(points) == 5
    monkeypatch.setattr(clock, "source", lambda: OUT + timedelta(days=29))
    worker, when = as_role(Role.WORKER), "2026-11-03T10:00"
    tried = {"channel": "call", "result": "reached", "happened_at": when}
    unsaid = worker.submit(points[2], tried)
    assert "Ask whether it was worth it" in unsaid.text
    assert worker.submit(points[2], tried | {"worth_it": "yes"}).status_code == 303
    assert "Was it worth it, they say: yes" in worker.get(address).text
    held = tried | {"result": "HOSP"}
    assert worker.submit(points[3], held).status_code == 303
    assert "In hospital" in worker.get(address).text
    assert "Look again" in worker.get(address).text
    back = worker.submit(f"{address}/plan/back", {"back_at": when})
    assert back.status_code == 303
    assert "Look again" not in worker.get(address).text
    assert as_role(Role.SERVICE_WORKER).get(f"{address}/plan").status_code == 403
