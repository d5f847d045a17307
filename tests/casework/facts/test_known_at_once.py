"""A fact that ends or changes something is known everywhere at once, and can be taken back."""

from datetime import date, timedelta

import pytest
from contact.messages.reached import OUT, reachable, taken_on, work
from overdue.escalation.seeded import named
from sqlalchemy import select
from support.html import read, send, words
from support.stories import moment

from referral import clock
from referral.access.permissions import Role
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.casework.contact_plan.actions import PlanDetails, make
from referral.casework.contact_plan.fact_actions import undo
from referral.casework.contact_plan.queries import plan_of
from referral.casework.contact_plan.try_actions import AttemptDetails
from referral.casework.facts.queries import facts_of
from referral.contact.messages.actions import CannotReach, ask_to_ring
from referral.contact.messages.models import PersonMessage, State
from referral.contact.own_page.actions import CardEntry, code_for, enter
from referral.db import db
from referral.directory.actions import CLOSED
from referral.directory.models import Service
from referral.handoff.followup.actions import attempt
from referral.handoff.referrals.actions import close_case
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.promise_actions import closed_due, note_closed
from referral.merging.joining.actions import JoinDetails, join
from referral.merging.parting.actions import PartDetails, part
from referral.people.models import PersonAlias

AT = OUT + timedelta(days=1)
WORKER, SERVICE = "Morag Sim", "Ian Low"


@pytest.fixture
def inside(app):
    with app.app_context():
        yield


def tried(case: Case, result: str, at=AT, channel: str = "call") -> None:
    """The hub, which has taken them on, has tried to reach them."""
    by = named(SERVICE).actor
    attempt(taken_on(case, at), AttemptDetails(channel, result, at), by, at)
    db.session.flush()


def test_a_message_that_waits_is_paused_while_they_are_said_to_have_died(app, inside):
    case, worker = reachable(), named(WORKER).actor
    message = ask_to_ring(case, worker, AT)
    tried(case, "DECEASED")
    assert work(app, AT + timedelta(minutes=1)) == []
    assert db.session.get_one(PersonMessage, message.id).state is State.WAITING
    with pytest.raises(CannotReach):
        ask_to_ring(case, worker, AT)
    undo(case, facts_of(case.person_id)[0], worker, AT + timedelta(hours=1))
    assert len(work(app, AT + timedelta(days=1, hours=2))) == 1
    assert db.session.get_one(PersonMessage, message.id).state is State.SENT


def test_a_message_that_waits_does_not_go_out_once_the_team_is_sure(app, inside):
    case, worker = reachable(), named(WORKER).actor
    message = ask_to_ring(case, worker, AT)
    close_case(case, "DIED", case.version, worker, AT)
    assert work(app, AT + timedelta(days=3)) == []
    message = db.session.get_one(PersonMessage, message.id)
    assert (message.state, message.why_not) == (State.STOPPED, "died")


def test_a_case_that_was_closed_by_a_death_that_was_not_so_is_open_again(inside):
    case, worker = reachable(), named(WORKER).actor
    close_case(case, "DIED", case.version, worker, AT)
    (row,) = facts_of(case.person_id)
    undo(case, row, worker, AT)
    assert case.closed_at is None
    assert plan_of(case).planned
    assert case.has_any(NextStep.REVIEW)


@pytest.mark.parametrize(
    ("changed", "stands"),
    [
        (PlanDetails("text", "readback", "07700 900777"), False),
        (PlanDetails("text", "no", ""), True),
    ],
)
def test_a_wrong_number_is_asked_after_until_there_is_another(inside, changed, stands):
    case, worker = reachable(), named(WORKER).actor
    tried(case, "WRONG")
    (row,) = facts_of(case.person_id)
    assert (row.detail, row.said_by) == (case.person.phone, SERVICE)
    assert case.has_promised(NextStep.NUMBER, row.id).due_at == moment("2026-10-07 17:00")
    make(case, changed, plan_of(case).version, worker, AT)
    assert case.has_any(NextStep.NUMBER) == stands


def test_only_the_number_that_was_tried_is_wrong_and_twice_is_once(inside):
    case = reachable()
    tried(case, "WRONG", channel="person")
    assert facts_of(case.person_id) == []
    referral = db.session.scalars(select(Referral).filter_by(case_id=case.id)).one()
    for channel in ("letter", "call", "text"):
        attempt(referral, AttemptDetails(channel, "WRONG", AT), named(SERVICE).actor, AT)
    said = [row.detail for row in facts_of(case.person_id)]
    assert said == [plan_of(case).address, case.person.phone]


@pytest.mark.parametrize("by_round", [False, True])
def test_who_is_with_a_service_that_has_closed_is_handed_on_anew(inside, by_round):
    case = reachable()
    referral = taken_on(case, AT)
    referral.service.closed_on = AT.date()
    db.session.flush()
    if by_round:
        assert closed_due(AT) == [case.id]
        note_closed([case.id], AT)
        db.session.flush()
        assert closed_due(AT) == []
    else:
        CLOSED.happens(referral.service, named("Neil Rae").actor, AT)
    assert case.has_promised(NextStep.ANEW, referral.id).due_at <= AT + timedelta(days=4)
    assert not case.has_any(NextStep.CHASE, NextStep.FOLLOW_UP)
    referral.service.closed_on = None
    CLOSED.happens(referral.service, named("Neil Rae").actor, AT)
    assert case.has_promised(NextStep.FOLLOW_UP, referral.id)


def test_the_administrator_who_closes_a_service_is_told_how_many_are_with_it(app, as_role):
    with app.app_context():
        referral = taken_on(reachable(), AT)
        number, case_id = referral.service_id, referral.case_id
        db.session.commit()
    administrator, page = as_role(Role.ADMINISTRATOR), f"/directory/services/{number}"
    answer = send(administrator, page, page, closed_on=f"{clock.today():%Y-%m-%d}")
    assert answer.status_code == 303, words(read(answer.text).select_one("main"))
    told = read(administrator.get(answer.location).text)
    assert "1 open referral is still with this service" in words(told.select_one("main"))
    with app.app_context():
        assert db.session.get_one(Case, case_id).has_any(NextStep.ANEW)
        assert not db.session.get_one(Service, number).is_open(clock.today())


def opens(code: str, born: date) -> bool:
    return enter(CardEntry(code, born, "127.0.0.1"), AT) is not None


def test_a_printed_card_opens_with_each_birth_date_that_was_ever_recorded(inside):
    one, other = reachable(1), reachable(2)
    first, second = date(1985, 5, 3), date(1985, 3, 5)
    one.person.date_of_birth = first
    other.person.date_of_birth = second
    worker = named(WORKER).actor
    code = code_for(other.person, other.team_id, worker, AT)
    db.session.flush()
    assert (opens(code, second), opens(code, first)) == (True, False)
    joining = join(JoinDetails(one.person_id, other.person_id), named("Ruth Kerr").actor, AT)
    db.session.flush()
    assert (opens(code, second), opens(code, first)) == (True, True)
    part(joining, PartDetails(joining.version), named("Ruth Kerr").actor, AT)
    db.session.flush()
    assert (opens(code, second), opens(code, first)) == (True, False)
    before = PersonAlias(person_id=other.person_id, date_of_birth=first, middle="")
    before.forename, before.surname = "Ann", "Ray"
    db.session.add(before)
    db.session.flush()
    assert opens(code, first)  # it was corrected


def test_the_case_says_what_was_said_and_the_worker_says_which_it_is(app, as_role, monkeypatch):
    with app.app_context():
        case = reachable()
        tried(case, "DECEASED")
        page, number = f"/cases/{case.id}", facts_of(case.person_id)[0].id
        db.session.commit()
    monkeypatch.setattr(clock, "source", lambda: AT + timedelta(minutes=5))
    worker = as_role(Role.WORKER)
    shown = words(read(worker.get(page).text).select_one("main"))
    assert "Said to have died" in shown
    assert "Find out whether they have died" in shown
    assert "somebody said that they have died" in shown  # why no text can be sent
    assert send(worker, page, f"{page}/facts/{number}/sure").status_code == 303
    shown = words(read(worker.get(page).text).select_one("main"))
    assert "They have died" in shown
    assert "This plan has ended: died" in shown
    assert send(worker, page, f"{page}/facts/{number}/undone").status_code == 303
    shown = words(read(worker.get(page).text).select_one("main"))
    assert "died" not in shown
    assert "This plan has ended" not in shown
