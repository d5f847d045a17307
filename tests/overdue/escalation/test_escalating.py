"""What is late goes further by itself, and stays on somebody's list until somebody acts."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from overdue.escalation.seeded import named, open_case, refer
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from referral import clock
from referral.access.permissions import Role
from referral.accounts.users.actions import UserDetails, change_user, set_state
from referral.audit.models import AuditEvent
from referral.casework.cases.models import Case
from referral.casework.cases.owner_actions import give
from referral.casework.cases.refusals import NotInTeam
from referral.db import db
from referral.handoff.followup.actions import AppointmentDetails, book
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.overdue.escalation.actions import escalate_due
from referral.overdue.escalation.models import Escalation
from referral.overdue.escalation.queries import check

START = datetime(2026, 9, 28, 8, tzinfo=UTC)


@pytest.fixture
def inside(app):
    with app.app_context():
        yield


def test_a_late_referral_reaches_its_owner_the_lead_and_both_managers_once_each(inside):
    referral = refer(open_case(1, START), START)
    assert escalate_due(START + timedelta(hours=1), 100) == 0
    at = START + timedelta(days=30)
    assert escalate_due(at, 100) == 3
    assert escalate_due(at, 100) == 0
    db.session.commit()
    steps = db.session.scalars(select(Escalation).order_by(Escalation.step)).all()
    assert [step.told for step in steps] == ["Morag Sim", "Ruth Kerr", "Ruth Kerr"]
    assert {step.due_at for step in steps} == {referral.due_at}
    assert referral.case.late_step == referral.late_step == 3
    noted = select(func.count()).select_from(AuditEvent).filter_by(tag="late:collected")
    assert db.session.scalar(noted) == 3


def test_whoever_acts_ends_it_and_a_new_due_time_starts_anew(inside):
    referral = refer(open_case(1, START), START)
    at = START + timedelta(days=3)
    escalate_due(at, 100)
    assert referral.late_step
    service = named("Ian Low").actor
    move(referral, MoveDetails(Move.ACCEPT, referral.version), Side.TARGET, service, at)
    assert (referral.late_step, referral.case.late_step) == (0, 0)
    book(referral, AppointmentDetails(at + timedelta(days=2)), service, at)
    assert escalate_due(at + timedelta(days=1), 100) == 0


def test_a_question_of_the_service_is_late_at_the_team_alone(inside):
    referral = refer(open_case(1, START), START)
    service = named("Ian Low").actor
    at = START + timedelta(hours=1)
    move(referral, MoveDetails(Move.ACCEPT, referral.version), Side.TARGET, service, at)
    ask = MoveDetails(Move.ASK, referral.version, note="Morning or evening?")
    move(referral, ask, Side.TARGET, service, at)
    assert referral.case.next_act == "answer"
    assert referral.case.due_at < referral.due_at
    assert escalate_due(referral.case.due_at + timedelta(hours=1), 100) == 1
    step = db.session.scalars(select(Escalation)).one()
    assert (step.referral_id, step.told) == (None, "Morag Sim")


def test_the_steps_stand_in_the_list_on_the_case_and_before_both_managers(
    app, as_role, monkeypatch
):
    with app.app_context():
        case = open_case(1, START)
        referral = refer(case, START)
        address, reference = f"/cases/{case.id}", referral.reference
        referral.service.organisation_id = named("Eva Dow").organisation_id
        at = START + timedelta(days=30)
        escalate_due(at, 100)
        db.session.commit()
    monkeypatch.setattr(clock, "source", lambda: at)
    worker = as_role(Role.WORKER)
    assert "managers told</strong>" in worker.get("/cases?tab=overdue").text
    assert "team lead told (Ruth Kerr)" in worker.get(address).text
    assert "Sur1" in as_role(Role.TEAM_LEAD).get("/late").text
    before_manager = as_role(Role.SERVICE_MANAGER).get("/late").text
    assert reference in before_manager
    assert "Sur1" not in before_manager


@pytest.mark.parametrize("state", ["locked", "closed"])
def test_the_work_of_a_leaver_is_the_teams_the_moment_the_account_is_not_theirs(inside, state):
    referral = refer(open_case(1, START), START)
    worker, administrator = named("Morag Sim"), named("Neil Rae").actor
    handler = named("Ian Low")
    referral.handler_id = handler.id
    set_state(worker, state, administrator, START)
    set_state(handler, state, administrator, START)
    assert referral.case.worker_id is None
    assert referral.handler_id is None
    assert check(START).sound


def test_who_moves_to_another_organisation_leaves_the_cases_behind(inside):
    case = refer(open_case(1, START), START).case
    worker = named("Morag Sim")
    elsewhere = UserDetails("Morag Sim", Role.SERVICE_WORKER, named("Ian Low").organisation_id)
    change_user(worker, elsewhere, worker.version, named("Neil Rae").actor, START)
    db.session.commit()
    assert case.worker_id is None


def test_a_case_is_never_given_to_somebody_who_cannot_work_it(app, as_role):
    with app.app_context():
        case = open_case(1, START)
        db.session.commit()
        peer, worker, page = named("Dougie Hay"), named("Morag Sim"), f"/cases/{case.id}/give"
        with pytest.raises(NotInTeam):
            give(case, peer, case.version, named("Ruth Kerr").actor, START)
    lead = as_role(Role.TEAM_LEAD)
    assert str(worker.id) in lead.get(page).text
    assert str(peer.id) not in lead.get(page).text
    assert lead.submit(page, {"worker": str(peer.id)}).status_code == 422


def test_the_database_refuses_an_owner_who_is_not_of_the_team(inside):
    case = open_case(1, START)
    db.session.commit()
    gaps = ({"team_id": None}, {"due_at": None}, {"next_act": None})
    for broken in ({"worker_id": named("Ian Low").id}, *gaps):
        with pytest.raises(IntegrityError):
            db.session.execute(update(Case).where(Case.id == case.id).values(broken))
        db.session.rollback()


def test_the_command_fails_when_something_is_on_nobodys_list(app):
    with app.app_context():
        refer(open_case(1, START), START)
        db.session.commit()
    run = app.test_cli_runner()
    late = (START + timedelta(days=9)).isoformat()
    sound = run.invoke(args=["referrals", "check", "--json", "--now", late])
    found = json.loads(sound.output)
    assert sound.exit_code == 0
    assert (found["open"], found["overdue"], found["overdue_on_nobodys_list"]) == (2, 2, 0)
    assert found["cases"]["open"] == found["referrals"]["open"] == 1
    assert "3 steps taken" in run.invoke(args=["referrals", "escalate", "--now", late]).output
    assert "0 steps taken" in run.invoke(args=["referrals", "escalate", "--now", late]).output
    with app.app_context():
        for name in ("Morag Sim", "Ruth Kerr", "Catriona Fox"):
            named(name).state = "closed"
        db.session.commit()
    broken = run.invoke(args=["referrals", "check", "--json", "--now", late])
    assert broken.exit_code == 1
    assert json.loads(broken.output)["overdue_on_nobodys_list"] == 2


def test_a_late_referral_whose_case_is_not_late_is_noticed(inside):
    referral = refer(open_case(1, START), START)
    hidden = update(Case).values(due_at=START + timedelta(days=90))
    db.session.execute(hidden.where(Case.id == referral.case_id))
    assert not check(START + timedelta(days=9)).sound


def test_a_release_starts_the_time_until_the_first_contact(inside):
    case = open_case(1, START)
    released = case.booking.released_at
    assert case.due_at == released + timedelta(hours=72)
    fast = open_case(2, START, overdose=True)
    assert fast.due_at == fast.booking.released_at + timedelta(hours=24)
