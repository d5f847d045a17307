"""After a withdrawal a service says that it has stopped, or it comes up until somebody rings."""

import json
from datetime import timedelta

import pytest
from conftest import hidden_fields
from guards.test_statements import counted
from handoff.withdrawals.conftest import TUESDAY
from overdue.escalation.seeded import named, open_case, refer
from sqlalchemy import select, update
from support.html import fields, form_to

from referral.access.permissions import Role
from referral.accounts.users.actions import set_state
from referral.audit.models import AuditEvent
from referral.casework.cases.models import Case
from referral.consent.purposes import Level
from referral.contact.own_page.queries import holders
from referral.db import db
from referral.directory.actions import set_deadline
from referral.directory.deadlines import Amount, Kind, Unit
from referral.directory.models import Service
from referral.handoff.referrals.actions import (
    HandOffDetails,
    close_case,
    hand_off,
    withdraw_sharing,
)
from referral.handoff.referrals.models import Stop
from referral.overdue.digests.queries import counts_for
from referral.overdue.escalation.actions import escalate_due
from referral.overdue.escalation.models import Escalation
from referral.overdue.escalation.queries import check
from referral.post.links.models import Link

WEEK = timedelta(days=7)
NOBODY = "00000000-0000-4000-8000-000000000000"


def the_stop() -> Stop:
    return db.session.scalars(select(Stop).order_by(Stop.asked_at, Stop.id)).all()[-1]


def confirm(browser, page: str):
    """Press the first button of that kind on the inbox as it was shown."""
    form = form_to(page, "/stops/[0-9a-f-]{36}/confirm")
    return browser.post(form["action"], data=fields(form))


def test_it_is_due_in_two_working_days_and_climbs_to_the_owner_the_lead_and_both_managers(
    taken_back, inside
):
    taken_back()
    stop = the_stop()
    stop.referral.service.organisation_id = named("Eva Dow").organisation_id
    assert stop.due_at == TUESDAY.replace(day=1, month=10, hour=16)
    assert escalate_due(stop.due_at, 100) == 0
    assert escalate_due(stop.due_at + timedelta(hours=1), 100) >= 1
    escalate_due(TUESDAY + 4 * WEEK, 100)
    escalate_due(TUESDAY + 4 * WEEK, 100)
    db.session.commit()
    steps = select(Escalation).filter_by(stop_id=stop.id).order_by(Escalation.step)
    assert [(s.step, s.told) for s in db.session.scalars(steps)] == [
        (1, "Morag Sim"), (2, "Ruth Kerr"), (3, "Ruth Kerr, Eva Dow"),
    ]  # fmt: skip
    db.session.expire_all()
    assert the_stop().late_step == 3


def test_an_administrator_says_how_long_it_may_take(app, taken_back):
    with app.app_context():
        administrator = named("Neil Rae").actor
        set_deadline(Kind.STOP, Amount(5, Unit.HOURS), administrator, TUESDAY)
        db.session.commit()
    taken_back()
    with app.app_context():
        assert the_stop().due_at == TUESDAY + timedelta(hours=5)


def test_late_it_stands_before_the_team_the_lead_the_service_and_its_manager(
    app, as_role, taken_back, later
):
    taken_back()
    later(4 * WEEK)
    with app.app_context():
        db.session.execute(
            update(Service)
            .where(Service.name == "Recovery hub")
            .values(organisation_id=named("Eva Dow").organisation_id)
        )
        escalate_due(TUESDAY + 4 * WEEK, 100)
        db.session.commit()
        reference = the_stop().referral.reference
    worker = as_role(Role.WORKER)
    assert "1 service has not confirmed" in worker.get("/cases").text
    assert "1 of them late" in worker.get("/cases").text
    assert "managers told" in worker.get("/stops").text
    for role in (Role.TEAM_LEAD, Role.SERVICE_MANAGER):
        assert reference in as_role(role).get("/late").text
    inbox = as_role(Role.SERVICE_MANAGER).get("/inbox").text
    assert "They changed their mind (1)" in inbox


def test_one_press_in_the_inbox_confirms_it_and_a_second_one_changes_nothing(
    app, as_role, taken_back, later
):
    number = taken_back()
    service = as_role(Role.SERVICE_WORKER)
    page = service.get("/inbox").text
    assert "Sur1" not in page
    assert confirm(service, page).status_code == 303
    assert confirm(service, page).status_code == 303
    assert "They changed their mind" not in service.get("/inbox").text
    later(timedelta(minutes=5))
    again = hidden_fields(service.get("/password").text)
    assert service.post(f"/stops/{number}/confirm", data=again).status_code == 303
    with app.app_context():
        stop = db.session.get(Stop, number)
        assert (stop.state, stop.ended_at, stop.ended_by) == ("confirmed", TUESDAY, "Ian Low")
        tags = select(AuditEvent.tag).filter_by(record_id=number).order_by(AuditEvent.seq)
        assert db.session.scalars(tags).all() == ["stop:collected", "stop:altered"]
        link = db.session.scalars(select(Link).filter_by(purpose="stopped")).one()
        assert link.answer == "stopped"  # whoever opens the e-mail afterwards is thanked


def test_a_service_without_an_address_is_rung_and_the_call_is_kept(app, as_role, taken_back):
    number = taken_back(email="")
    worker = as_role(Role.WORKER)
    assert "Ring them" in worker.get("/stops").text
    said = {"spoken_to": "Moira at the desk", "happened_at": "2026-09-29T10:00"}
    assert worker.submit(f"/stops/{number}/call", said).status_code == 303
    assert "Morag Sim told Moira at the desk" in worker.get("/stops").text
    with app.app_context():
        stop = db.session.get(Stop, number)
        assert (stop.state, stop.told_at) == ("told", TUESDAY)
        assert db.session.scalars(select(Link).filter_by(purpose="stopped")).all() == []
        tags = select(AuditEvent.tag).filter_by(record_id=number).order_by(AuditEvent.seq)
        assert db.session.scalars(tags).all() == ["stop:collected", "stop:altered-by-telling"]
        before = stop.due_at
    done = said | {"stopped": "y"}
    assert worker.submit(f"/stops/{number}/call", done).status_code == 303
    assert "Every service has confirmed" in worker.get("/stops").text
    assert worker.submit(f"/stops/{number}/call", said).status_code == 409
    with app.app_context():
        assert db.session.get(Stop, number).due_at == before


def test_a_further_call_gains_no_time_and_needs_a_name_and_a_time_that_can_be(
    app, as_role, taken_back, later
):
    number = taken_back()
    later(WEEK)
    worker = as_role(Role.WORKER)
    with app.app_context():
        due_at = the_stop().due_at
    said = {"spoken_to": "Moira", "happened_at": "2026-10-06T09:00"}
    assert worker.submit(f"/stops/{number}/call", said | {"spoken_to": ""}).status_code == 422
    for never in ("2026-09-28T09:00", "2026-10-07T09:00"):
        refused = worker.submit(f"/stops/{number}/call", said | {"happened_at": never})
        assert refused.status_code == 422
    assert worker.submit(f"/stops/{number}/call", said).status_code == 303
    with app.app_context():
        assert the_stop().due_at == due_at


def test_another_service_and_other_roles_find_nothing(as_role, taken_back):
    number = taken_back()
    manager = as_role(Role.SERVICE_MANAGER)  # of another provider
    key = hidden_fields(manager.get("/password").text)
    assert manager.post(f"/stops/{number}/confirm", data=key).status_code == 404
    assert manager.get(f"/stops/{number}/call").status_code == 403
    worker = as_role(Role.WORKER)
    key = hidden_fields(worker.get("/password").text)
    assert worker.post(f"/stops/{number}/confirm", data=key).status_code == 403
    assert worker.get(f"/stops/{NOBODY}/call").status_code == 404


def test_it_outlives_the_case_and_the_worker_and_has_one_owner_all_the_time(inside, taken_back):
    taken_back()
    case, worker = the_stop().referral.case, named("Morag Sim")
    lead, administrator = named("Ruth Kerr").actor, named("Neil Rae").actor
    close_case(case, "DONE", case.version, lead, TUESDAY)
    late = TUESDAY + WEEK
    found = check(late)
    assert (found.stops.open, found.stops.overdue, found.cases.open) == (1, 1, 0)
    set_state(worker, "closed", administrator, TUESDAY)
    assert case.worker_id is None
    assert check(late).sound


def test_a_withdrawal_of_who_still_works_here_stays_theirs(inside, taken_back):
    taken_back()
    referral, worker = the_stop().referral, named("Morag Sim")
    assert referral.case.worker_id == worker.id
    tags = select(AuditEvent.tag).filter_by(
        record_id=referral.case_id, tag="case:altered-by-giving"
    )
    assert db.session.scalars(tags).all() == []


def test_a_withdrawal_after_the_worker_took_another_post_belongs_to_the_team(inside, taken_back):
    taken_back()
    referral, worker = the_stop().referral, named("Morag Sim")
    lead = named("Ruth Kerr").actor
    the_stop().confirm("Ian Low", TUESDAY)
    close_case(referral.case, "DONE", referral.case.version, lead, TUESDAY)
    worker.role = Role.PEER
    withdraw_sharing(referral, lead, TUESDAY)
    assert referral.case.worker_id is None


def test_a_withdrawal_after_the_worker_has_left_belongs_to_the_team(inside, taken_back):
    taken_back()
    referral, worker = the_stop().referral, named("Morag Sim")
    lead = named("Ruth Kerr").actor
    the_stop().confirm("Ian Low", TUESDAY)
    close_case(referral.case, "DONE", referral.case.version, lead, TUESDAY)
    set_state(worker, "closed", named("Neil Rae").actor, TUESDAY)
    assert referral.case.worker_id == worker.id  # a closed case stays in their name
    withdraw_sharing(referral, lead, TUESDAY)
    assert referral.case.worker_id is None
    assert check(TUESDAY).sound


def test_a_new_yes_lifts_it_and_its_link(app, taken_back):
    taken_back()
    with app.app_context():
        stop, worker = the_stop(), named("Morag Sim").actor
        to = {stop.referral.service_id: Level.SUMMARY}
        hand_off(stop.referral.case, HandOffDetails(to), worker, TUESDAY)
        db.session.commit()
        assert stop.state == "lifted"
        link = db.session.scalars(select(Link).filter_by(purpose="stopped")).one()
        assert link.revoked_at == TUESDAY
        assert check(TUESDAY).stops.open == 0


def test_taken_back_on_the_page_of_the_first_referral_the_second_one_ends_too(app, taken_back):
    taken_back()
    with app.app_context():
        first, worker = the_stop().referral, named("Morag Sim").actor
        to = {first.service_id: Level.SUMMARY}
        [second] = hand_off(first.case, HandOffDetails(to), worker, TUESDAY)
        withdraw_sharing(first, worker, TUESDAY)
        db.session.commit()
        assert second.state == "cancelled"
        open_ones = select(Stop.referral_id).filter_by(ended_at=None).order_by(Stop.id)
        assert db.session.scalars(open_ones).all() == [second.id]


@pytest.mark.parametrize(
    ("email", "words"), [("", None), ("hub@example.org", TUESDAY)], ids=["rung", "by link"]
)
def test_the_person_sees_how_they_were_told(inside, taken_back, email, words):
    taken_back(email=email)
    [holder] = holders(the_stop().referral.person_id, TUESDAY)
    assert (holder.told_at, holder.confirmed_at) == (words, None)
    the_stop().confirm("Ian Low", TUESDAY)
    db.session.flush()
    [holder] = holders(the_stop().referral.person_id, TUESDAY)
    assert holder.confirmed_at == TUESDAY


def test_the_command_counts_it_and_says_when_it_is_on_nobodys_list(app, taken_back):
    taken_back()
    with app.app_context():
        db.session.execute(update(Case).values(closed_at=TUESDAY, close_reason="DONE"))
        db.session.commit()
    run, late = app.test_cli_runner(), (TUESDAY + WEEK).isoformat()
    sound = run.invoke(args=["referrals", "check", "--json", "--now", late])
    found = json.loads(sound.output)
    assert sound.exit_code == 0
    assert found["stops"]["open"] == found["stops"]["overdue"] == found["overdue"] == 1
    with app.app_context():
        for name in ("Morag Sim", "Ruth Kerr", "Catriona Fox"):
            named(name).state = "closed"
        db.session.commit()
    broken = run.invoke(args=["referrals", "check", "--json", "--now", late])
    assert broken.exit_code == 1
    assert json.loads(broken.output)["stops"]["overdue_on_nobodys_list"] == 1


def test_the_morning_digest_counts_it_for_the_service_and_for_who_must_ring(inside, taken_back):
    taken_back()
    db.session.execute(update(Case).values(closed_at=TUESDAY, close_reason="DONE"))
    waits = {
        (name, days): counts_for(named(name), TUESDAY + timedelta(days=days)).waiting
        for name in ("Ian Low", "Morag Sim", "Catriona Fox", "Anna Weir")
        for days in (0, 7)
    }
    assert {who for who, number in waits.items() if number} == {
        ("Ian Low", 0), ("Ian Low", 7), ("Morag Sim", 7),
    }  # fmt: skip


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other engine makes the same
def test_no_page_makes_more_statements_for_twelve_than_for_one(app, as_role, taken_back):
    taken_back()
    pages = (
        (Role.WORKER, "/stops"), (Role.WORKER, "/cases"), (Role.TEAM_LEAD, "/late"),
        (Role.SERVICE_WORKER, "/inbox"),
    )  # fmt: skip
    browsers = {role: as_role(role) for role, _ in pages}

    def measure() -> list[int]:
        found = []
        for role, page in pages:
            browsers[role].get("/access")  # which notes that the sign-in is alive
            with counted(app) as seen:
                assert browsers[role].get(page).status_code == 200
            found.append(len(seen))
        return found

    with app.app_context():
        escalate_due(TUESDAY + 4 * WEEK, 100)
        db.session.commit()
    few = measure()
    with app.app_context():
        for number in range(2, 13):
            referral = refer(open_case(number, TUESDAY), TUESDAY, taken=number % 2 == 0)
            withdraw_sharing(referral, named("Morag Sim").actor, TUESDAY)
        db.session.commit()
        while escalate_due(TUESDAY + 4 * WEEK, 100):
            db.session.commit()
    assert measure() == few
