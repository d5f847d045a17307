"""A worker types in what a service said by letter or phone, with the service's own time."""

import re
from datetime import timedelta

import pytest
from conftest import hidden_fields
from journeys.test_whole_loop import accept, book, hand_over
from support.html import address

from referral import clock
from referral.access.permissions import Role


def typed(moment) -> str:
    return f"{moment.astimezone(clock.SCOTLAND):%Y-%m-%dT%H:%M}"


@pytest.fixture
def team(as_role, monkeypatch):
    """A worker's browser and the page of a referral that was sent three hours ago."""
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    accept(desk, book(desk))
    case, _ = hand_over(worker)
    monkeypatch.setattr(clock, "source", lambda: clock.system() + timedelta(hours=3))
    worker = as_role(Role.WORKER)
    return worker, address(worker.get(case).text, "/referrals/[0-9a-f-]{36}")


def test_the_reply_carries_the_time_at_which_the_service_gave_it(team):
    worker, page = team
    said = clock.now() - timedelta(hours=2)
    answer = worker.submit(f"{page}/reply", {"move": "accept", "happened_at": typed(said)})
    assert (answer.status_code, answer.location) == (303, page)
    shown = worker.get(page).text
    assert re.search(rf"{said.astimezone(clock.SCOTLAND):%H:%M}: We have it, Morag Sim", shown)
    assert "(recorded " in shown


@pytest.mark.parametrize("hours", [1, -4])
def test_a_time_to_come_or_before_it_was_sent_is_refused(team, hours):
    worker, page = team
    wrong = typed(clock.now() + timedelta(hours=hours))
    refused = worker.submit(f"{page}/reply", {"move": "accept", "happened_at": wrong})
    assert refused.status_code == 422
    assert "Choose a time after the referral was sent" in refused.text


def test_an_ending_by_letter_needs_an_outcome_for_each_need(team):
    worker, page = team
    said = {"happened_at": typed(clock.now() - timedelta(hours=1))}
    assert worker.submit(f"{page}/reply", said | {"move": "accept"}).status_code == 303
    ended = said | {"move": "complete", "reason": "complete:COMPL"}
    assert worker.submit(f"{page}/reply/end", ended).status_code == 422
    assert worker.submit(f"{page}/reply/end", ended | {"change_DRUG": "better"}).location == page
    assert "Completed" in worker.get(page).text


def test_the_worker_sees_the_links_and_can_stop_them(team):
    worker, page = team
    shown = worker.get(page).text
    assert "Not opened yet" in shown
    fields = hidden_fields(shown[: shown.index("Stop these links")])
    assert worker.post(f"{page}/links/stop", data=fields).status_code == 303
    assert "Stopped" in worker.get(page).text
