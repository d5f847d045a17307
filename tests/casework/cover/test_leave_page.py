"""The page of a leave: who is away, who covers, and the mark in the list of who covers."""

from datetime import timedelta

import pytest
from conftest import EMAILS
from overdue.escalation.seeded import arrive, let_go, named
from support.html import hidden_fields, press, read, words
from support.stories import moment

from referral import clock
from referral.access.permissions import Role
from referral.db import db

START = moment("2026-08-10 12:00")
DAYS = {"first_day": "19 Aug", "last_day": "21 Aug"}


@pytest.fixture
def case(app, monkeypatch):
    """A case of Catriona Fox that is late on the first day of her leave."""
    with app.app_context():
        found = arrive(1, START)
        found.worker_id = named("Catriona Fox").id
        db.session.flush()
        let_go(found, START + timedelta(minutes=1))
        db.session.commit()
        number = str(found.id)
        ids = {name: str(named(name).id) for name in ("Catriona Fox", "Morag Sim", "Ruth Kerr")}
    monkeypatch.setattr(clock, "source", lambda: START + timedelta(days=9))
    return number, ids


def say(browser, ids, absent, cover, **days):
    return browser.submit("/leave", {"absent": ids[absent], "cover": ids[cover], **DAYS, **days})


def test_the_lead_says_who_covers_and_the_row_says_so_until_it_ends(case, as_role):
    _, ids = case
    lead, worker = as_role(Role.TEAM_LEAD), as_role(Role.WORKER)
    assert "Fore1" not in worker.get("/cases").text
    assert say(lead, ids, "Catriona Fox", "Morag Sim").status_code == 303
    row = words(read(worker.get("/cases").text).select_one(".app-item"))
    assert "Fore1 Sur1" in row
    assert "Covered Catriona Fox is away to 21 Aug 2026, you cover" in row
    page = worker.get("/leave")
    assert "Catriona Fox is away. Morag Sim covers." in words(read(page.text).main)
    assert "End it now" not in page.text
    ended = press(lead, lead.get("/leave"), "End it now the cover for Catriona Fox")
    assert "The cover has ended" in lead.get(ended.location).text
    assert "Fore1" not in worker.get("/cases").text


def test_a_worker_says_it_of_themselves_alone(case, as_role):
    _, ids = case
    worker = as_role(Role.WORKER)
    choices = read(worker.get("/leave").text).select("#absent option")
    assert [words(one) for one in choices] == ["Morag Sim"]
    refused = say(worker, ids, "Catriona Fox", "Ruth Kerr")
    assert refused.status_code == 422
    assert "Choose one that is on the list" in refused.text
    assert say(worker, ids, "Morag Sim", "Ruth Kerr").status_code == 303


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"cover": ""}, "Choose who covers"), ({"first_day": ""}, "Enter the first day"),
     ({"last_day": "18 Aug"}, "The last day is before the first"),
     ({"first_day": "1 Aug", "last_day": "18 Aug"}, "The last day is before today"),
     ({"last_day": "31 Feb"}, "There is no 31 Feb")],
)  # fmt: skip
def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(
    case, as_role, typed, sentence
):
    _, ids = case
    lead = as_role(Role.TEAM_LEAD)
    sent = {"absent": ids["Catriona Fox"], "cover": ids["Morag Sim"], **DAYS, **typed}
    page = lead.submit("/leave", sent)
    assert page.status_code == 422
    assert sentence in words(read(page.text).select_one(".govuk-error-message"))
    assert read(page.text).select_one("#first_day")["value"] == sent["first_day"]


def test_pressed_twice_it_is_one_cover_and_one_message(case, as_role, app):
    _, ids = case
    lead = as_role(Role.TEAM_LEAD)
    sent = {"absent": ids["Catriona Fox"], "cover": ids["Morag Sim"], **DAYS}
    typed = hidden_fields(lead.get("/leave").text) | sent
    first, second = (lead.post("/leave", data=typed) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert len(read(lead.get("/leave").text).select(".app-item")) == 1


def test_the_case_says_who_covers(case, as_role):
    number, ids = case
    say(as_role(Role.TEAM_LEAD), ids, "Catriona Fox", "Morag Sim")
    page = read(as_role(Role.WORKER).get(f"/cases/{number}").text)
    assert "Catriona Fox (away, Morag Sim covers) has the case" in words(page.select_one(".app-id"))
    assert EMAILS[Role.WORKER] not in str(page)
