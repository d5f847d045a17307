"""The bell counts what came from others since one looked, names nobody, and is seen by pressing."""

from datetime import timedelta

import pytest
from overdue.escalation.seeded import named
from support.html import press, read, words
from support.stories import Stories, moment

from referral import clock
from referral.access.permissions import Role
from referral.casefile.news_actions import note_look
from referral.casefile.news_queries import count_of
from referral.casework.cases.asked_actions import ask_for_help
from referral.casework.cases.owner_actions import give, take
from referral.casework.cover.actions import CoverDetails, arrange
from referral.db import db

AT = moment("2026-08-06 12:00")
STORY = """
    2026-08-03 09:00 Ann booked at Govan
    2026-08-03 10:00 Ann agreed telling DRUG
    2026-08-03 11:00 Ann released
    2026-08-03 12:00 Ann referred to hub
"""


@pytest.fixture
def told(stories):
    """Ann, whom Morag Sim has handed to the hub; nothing came yet."""
    stories.play(STORY)
    stories.case("Ann").worker_id = stories.worker.user_id
    db.session.flush()
    return stories


def test_an_answer_of_a_service_is_new_to_the_worker_and_to_nobody_else(told):
    assert count_of(told.worker, AT) == 0
    told.play("2026-08-03 13:00 Ann accepted by hub")
    assert count_of(told.worker, AT) == 1
    assert count_of(told.lead, AT) == 0
    assert count_of(named("Catriona Fox").actor, AT) == 0


def test_what_one_did_oneself_is_no_news(told):
    told.play("2026-08-03 14:00 Ann withdrew from hub")
    assert count_of(told.worker, AT) == 0


def test_who_covers_is_told_of_it_too(told):
    told.play("2026-08-03 13:00 Ann accepted by hub")
    day = AT.date()
    morag, una = named("Morag Sim"), named("Catriona Fox")
    arrange(CoverDetails(morag, una, day, day), morag.actor, AT)
    assert count_of(una.actor, AT) == 2  # that they cover, and the answer
    assert count_of(una.actor, AT + timedelta(days=1)) == 1


def test_a_case_that_a_colleague_gave_is_news_and_one_that_was_taken_is_not(told):
    case = told.case("Ann")
    give(case, named("Catriona Fox"), case.version, told.worker, AT - timedelta(hours=1))
    assert count_of(named("Catriona Fox").actor, AT) == 1
    assert count_of(told.worker, AT) == 0
    db.session.flush()
    take(case, case.version, told.lead, AT - timedelta(minutes=1))
    assert count_of(told.lead, AT) == 0


def test_who_asks_again_is_news_to_the_worker_or_where_nobody_has_it_to_the_team(told):
    case = told.case("Ann")
    ask_for_help(case, told.officer, AT - timedelta(hours=1))
    assert count_of(told.worker, AT) == 1
    assert count_of(told.lead, AT) == 0
    case.give_to_team()
    db.session.flush()
    assert count_of(told.lead, AT) == 1


def test_what_is_older_than_a_fortnight_is_no_news(told):
    told.play("2026-08-03 13:00 Ann accepted by hub")
    at = moment("2026-08-03 13:00")
    assert count_of(told.worker, at + timedelta(days=13)) == 1
    assert count_of(told.worker, at + timedelta(days=14)) == 0


def test_nor_to_somebody_who_has_not_looked_for_longer_than_that(told):
    at = moment("2026-08-03 13:00")
    note_look(told.worker, at - timedelta(hours=1))
    told.play("2026-08-03 13:00 Ann accepted by hub")
    assert count_of(told.worker, at + timedelta(days=13)) == 1
    assert count_of(told.worker, at + timedelta(days=14)) == 0


@pytest.fixture
def site(app, monkeypatch):
    """The same as pages show it."""
    with app.app_context():
        stories = Stories().play(STORY)
        stories.case("Ann").worker_id = stories.worker.user_id
        stories.play("2026-08-03 13:00 Ann accepted by hub")
        db.session.commit()
    monkeypatch.setattr(clock, "source", lambda: AT)


def bell(browser, page: str = "/leave") -> str:
    return words(read(browser.get(page).text).select_one("#bell button"))


def test_it_is_counted_on_every_page_and_no_name_stands_in_it(site, as_role):
    worker = as_role(Role.WORKER)
    assert bell(worker) == bell(worker, "/cases") == "1 new"
    assert "Ann" not in str(read(worker.get("/leave").text).header)


def test_to_open_its_page_sees_nothing_and_to_press_it_does(site, as_role):
    worker = as_role(Role.WORKER)
    worker.get("/news")
    assert bell(worker) == "1 new"
    shown = press(worker, worker.get("/leave"), "1 new")
    page = read(worker.get(shown.location).text)
    row = words(page.select_one(".app-items li"))
    assert "New" in row
    assert "Ann Example : The service has taken them on" in row
    assert bell(worker) == "0 new"


def test_pressed_again_with_nothing_new_the_last_ones_stay_marked(site, as_role):
    worker = as_role(Role.WORKER)
    press(worker, worker.get("/leave"), "1 new")
    again = press(worker, worker.get("/leave"), "0 new")
    assert "New" in words(read(worker.get(again.location).text).select_one(".app-items li"))


def test_where_nothing_came_the_page_says_so(as_role):
    page = as_role(Role.TEAM_LEAD).get("/news")
    assert "Nothing came" in page.text


@pytest.mark.parametrize("role", [Role.PEER, Role.SERVICE_WORKER, Role.CUSTODY_OFFICER])
def test_who_works_no_cases_has_no_bell(as_role, role):
    assert not read(as_role(role).get("/access").text).select("#bell")
