"""A service that does not answer is rung: the call is kept, and it has as long again to answer."""

from datetime import timedelta

import pytest
from overdue.escalation.seeded import named, open_case, refer
from support.stories import moment

from referral import clock
from referral.access.permissions import Role
from referral.casework.cases.next_steps import NextStep
from referral.db import db
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.promises import CALLS, calls_lately
from referral.handoff.referrals.states import Move, Side

AT = moment("2026-08-04 18:00")  # an hour after the answer was due
SENT = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 10:00 Ann agreed telling DRUG
2026-08-03 11:00 Ann referred to hub
"""


def ring(stories, referral, at):
    call = MoveDetails(Move.CHASE, referral.version, note="Anna: she will look")
    move(referral, call, Side.REQUESTER, stories.worker, at)
    db.session.flush()


def test_a_call_is_kept_and_the_service_has_as_long_again(stories):
    case, referral = stories.play(SENT).case("Ann"), stories.referral("Ann", "hub")
    assert case.is_late(AT)
    assert case.next_act is NextStep.CHASE
    ring(stories, referral, AT)
    assert not case.is_late(AT)
    assert case.due_at == referral.due_at == moment("2026-08-05 17:00")
    assert (referral.events[-1].move, referral.events[-1].note) == ("chase", "Anna: she will look")
    assert referral.state == "requested"


def test_calls_do_not_keep_it_from_going_up_for_ever(stories):
    referral = stories.play(SENT).referral("Ann", "hub")
    at = AT
    for _ in range(CALLS):
        before = referral.due_at
        ring(stories, referral, at)
        assert referral.due_at > before
        at = referral.due_at + timedelta(hours=1)
    before = referral.due_at
    ring(stories, referral, at)
    assert referral.due_at == before
    stories.play("2026-08-20 09:00 Ann accepted by hub")
    assert calls_lately([event.move for event in referral.events]) == 0


def test_a_call_takes_no_time_away(stories):
    stories.play(SENT + "2026-08-03 12:00 Ann accepted by hub")
    referral = stories.referral("Ann", "hub")
    stories.play("2026-08-03 13:00 Ann expected by hub at 2026-08-28 10:00")
    before = referral.due_at
    ring(stories, referral, AT)
    assert referral.due_at == before


@pytest.mark.parametrize("between", ["", "2026-08-04 10:00 Ann accepted by hub"])
def test_a_call_or_a_yes_answers_no_question_of_the_service(stories, between):
    stories.play(SENT + "2026-08-03 12:00 Ann asked-about by hub\n" + between)
    case, referral = stories.case("Ann"), stories.referral("Ann", "hub")
    ring(stories, referral, AT)
    assert case.has_promised(NextStep.ANSWER, referral.id)
    reply = MoveDetails(Move.REPLY, referral.version, note="Mornings")
    move(referral, reply, Side.REQUESTER, stories.worker, AT)
    assert case.has_promised(NextStep.ANSWER, referral.id) is None


def test_the_case_shows_their_number_and_the_worker_records_the_call(app, as_role, monkeypatch):
    start = moment("2026-10-05 09:00")
    with app.app_context():
        referral = refer(open_case(1, start), start)
        number, page = referral.id, f"/cases/{referral.case_id}"
        phone = referral.service.phone
        at = referral.due_at + timedelta(hours=2)
        worker_name = named("Morag Sim").name
        db.session.commit()
    when = f"{at.astimezone(clock.SCOTLAND):%Y-%m-%dT%H:%M}"
    monkeypatch.setattr(clock, "source", lambda: at)
    worker = as_role(Role.WORKER)
    shown = worker.get(page).text
    assert "Chase the service’s answer" in shown
    assert phone in shown
    assert f"for {worker_name}" in shown
    address = f"/referrals/{number}/call"
    assert address in shown
    assert worker.submit(address, {"spoken_to": ""}).status_code == 422
    said = worker.submit(
        address, {"spoken_to": "Anna", "said": "she will look", "happened_at": when}
    )
    assert said.status_code == 303
    with app.app_context():
        referral = db.session.get_one(Referral, number)
        assert referral.events[-1].note == "Anna: she will look"
        assert referral.due_at > at
    assert "We have rung them" in worker.get(f"/referrals/{number}").text
