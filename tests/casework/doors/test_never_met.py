"""Whom nobody met before what they said by telephone ran out: the case closes, and opens again."""

from datetime import timedelta

import pytest
from crowd import actor
from support.html import press, read, words
from support.stories import moment

from referral import clock
from referral.access.permissions import Role
from referral.casefile.news_queries import count_of
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.casework.contact_plan.actions import withdraw
from referral.casework.doors.actions import Coming, make_sure, write_down
from referral.casework.doors.never_met_actions import close_never_met, open_again
from referral.casework.doors.queries import never_met_due
from referral.casework.doors.voices import NEVER_MET
from referral.consent.purposes import Purpose
from referral.custody.doors import Sure, Way
from referral.db import db
from referral.jobs.runner import Halt, Worker
from referral.people.identity import Identity

AT = moment("2026-08-03 09:00")
BEFORE = AT + timedelta(days=13)
OVER = AT + timedelta(days=14)


def rings(way: Way = Way.CALL) -> Case:
    """Bob gets in touch that way."""
    who = Identity("Bob", "Ray", phone="07700 900881")
    coming = Coming(way, who, True, due_at=AT + timedelta(days=1), stated_by="Shelter")
    return write_down(coming, actor(Role.WORKER), AT)


def turn(at) -> None:
    """The round of the worker at a moment."""
    close_never_met(never_met_due(at), at)
    db.session.flush()


@pytest.mark.parametrize("way", list(Way))
def test_a_voice_is_closed_once_its_yes_has_run_out_and_who_was_met_is_not(stories, way):
    case = rings(way)
    turn(BEFORE)
    assert case.closed_at is None
    turn(OVER)
    assert (case.close_reason == NEVER_MET) == case.booking.unmet
    assert bool(case.promised) != case.booking.unmet


@pytest.mark.parametrize("met_at", [BEFORE, OVER])
def test_who_was_met_before_the_round_came_stays_open(stories, met_at):
    case = rings()
    make_sure(case, Sure.MET, actor(Role.WORKER), met_at)
    turn(OVER + timedelta(days=90))
    assert case.closed_at is None


def test_who_took_it_back_is_decided_about_by_a_person(stories):
    case = rings()
    withdraw(case, Purpose.TALK, actor(Role.WORKER), AT + timedelta(hours=1))
    turn(OVER + timedelta(days=90))
    assert case.close_reason != NEVER_MET


def test_it_is_news_to_the_worker_until_somebody_opens_it_again(stories):
    case, worker = rings(), actor(Role.WORKER)
    before = count_of(worker, OVER)
    turn(OVER)
    later = OVER + timedelta(minutes=1)
    assert count_of(worker, later) == before + 1
    open_again(case, worker, later)
    db.session.flush()
    assert count_of(worker, later) == before
    assert [promise.act for promise in case.promised] == [NextStep.SEE]
    assert case.due_at > later
    turn(OVER + timedelta(days=90))
    assert case.closed_at is None  # what somebody opened again is theirs to close


def test_the_worker_does_it_by_itself_and_the_page_says_so_with_the_way_back(
    app, as_role, monkeypatch
):
    with app.app_context():
        number = rings().id
        db.session.commit()
        for at in (OVER, OVER + timedelta(hours=1)):  # the first only says when the round is next
            monkeypatch.setattr(clock, "source", lambda at=at: at)
            Worker(app.extensions["work"], clock.now).drain(Halt())
    worker = as_role(Role.WORKER)
    page = f"/cases/{number}"
    assert "Nobody met them in time" in words(read(worker.get(page).text).main)
    assert "their case has closed" in words(read(worker.get("/news").text).main)
    answer = press(worker, worker.get(page), "Open the case again")
    assert answer.location == page
    with app.app_context():
        assert db.session.get_one(Case, number).closed_at is None
    assert worker.submit(f"{page}/open-again", {}, page=page).status_code == 409
