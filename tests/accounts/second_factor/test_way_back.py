"""Where somebody was, and what they had typed, comes back to them and to nobody else."""

from datetime import timedelta

import pytest
from conftest import EMAILS, Browser, hidden_fields
from sqlalchemy import text

from referral import clock
from referral.access.permissions import Role
from referral.db import db
from referral.demo.organisations import PASSWORD

DESK = {"email": EMAILS[Role.CUSTODY_OFFICER], "password": PASSWORD}
OTHER = {"email": EMAILS[Role.CUSTODY_SUPERVISOR], "password": PASSWORD}
PAGE = "/custody/bookings/new"
TYPED = {"surname": "McAlister", "forename": "Jim", "date_of_birth": "3 5 1985"}
TYPED |= {"authorised_at": "yesterday 10:00"}
GIVEN_BACK = "What you had typed is here again"


@pytest.fixture
def pause(monkeypatch):
    """Lets time pass, all at once."""
    passed = timedelta()

    def let(minutes):
        nonlocal passed
        passed += timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "source", lambda: clock.system() + passed)

    return let


@pytest.fixture
def cut_off(as_role, pause) -> Browser:
    """A browser at the desk whose sign-in ran out before the booking was sent."""
    browser = as_role(Role.CUSTODY_OFFICER)
    page = hidden_fields(browser.get(PAGE).text)
    pause(12)
    answer = browser.post(PAGE, data=page | TYPED)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    return browser


def enter(browser, who):
    """Sign in and follow to the page where it leads."""
    assert browser.submit("/sign-in", who).location == "/"
    return browser.get("/").location


def kept(app) -> str:
    with app.app_context():
        return str(db.session.execute(text("SELECT * FROM kept_form")).all())


def test_after_signing_in_again_the_form_shows_what_was_typed_and_can_be_sent(cut_off, app):
    assert "McAlister" not in kept(app)
    assert enter(cut_off, DESK) == PAGE
    page = cut_off.get(PAGE).text
    assert GIVEN_BACK in page
    for typed in TYPED.values():
        assert f'value="{typed}"' in page
    assert cut_off.post(PAGE, data=hidden_fields(page) | TYPED).status_code == 303


def test_it_is_given_back_once(cut_off, app):
    enter(cut_off, DESK)
    cut_off.get(PAGE)
    again = cut_off.get(PAGE).text
    assert GIVEN_BACK not in again
    assert "McAlister" not in again
    assert kept(app) == "[]"


def test_it_is_never_given_to_another_user(cut_off):
    assert enter(cut_off, OTHER) == "/custody/"
    assert "McAlister" not in cut_off.get(PAGE).text


def test_after_half_an_hour_it_is_gone(cut_off, pause):
    pause(31)
    assert enter(cut_off, DESK) == PAGE
    assert "McAlister" not in cut_off.get(PAGE).text


def test_a_stolen_number_of_what_was_kept_is_worth_nothing(cut_off, app):
    """The cookie names it, and only the same user's sign-in reads it."""
    thief = app.test_client()
    thief.set_cookie("session", cut_off.get_cookie("session").value)
    assert enter(thief, OTHER) == "/custody/"
    assert "McAlister" not in thief.get(PAGE).text
    assert enter(cut_off, DESK) == PAGE
    assert "McAlister" in cut_off.get(PAGE).text


def test_a_version_that_was_typed_against_stays_the_one_that_is_sent(as_role, pause):
    administrator = as_role(Role.ADMINISTRATOR)
    listed = administrator.get("/accounts").text
    place = listed.index(EMAILS[Role.PEER])
    start = listed.rindex("/accounts/", 0, place)
    path = listed[start : listed.index('"', start)]
    mine = hidden_fields(administrator.get(path).text)
    administrator.post(f"{path}/locked", data=mine)
    administrator.post(f"{path}/active", data=hidden_fields(administrator.get(path).text))
    pause(31)
    administrator.post(path, data=mine | {"name": "Dougie Hay junior"})
    enter(administrator, {"email": EMAILS[Role.ADMINISTRATOR], "password": PASSWORD})
    shown = administrator.get(path).text
    assert "Dougie Hay junior" in shown
    assert hidden_fields(shown)["version"] == mine["version"]
    assert hidden_fields(administrator.get(path).text)["version"] != mine["version"]


def test_passwords_are_never_kept(as_role, pause, app):
    worker = as_role(Role.WORKER)
    page = hidden_fields(worker.get("/password").text)
    pause(31)
    said = {"old": PASSWORD, "password": "seven wet hills", "again": "seven wet hills"}
    assert worker.post("/password", data=page | said).location == "/sign-in"
    assert kept(app) == "[]"


def test_a_stranger_with_a_link_comes_to_its_page_after_signing_in(app):
    app.test_client_class = Browser
    browser = app.test_client()
    assert browser.get("/custody/bookings/new?page=2").location == "/sign-in"
    assert enter(browser, DESK) == "/custody/bookings/new?page=2"


@pytest.mark.parametrize(
    "address",
    ["/sign-in?next=//evil.example", "//evil.example/cases", "/\\evil.example", "/%5Cevil.example"],
)
def test_no_address_leads_to_another_site_after_signing_in(app, address):
    app.test_client_class = Browser
    browser = app.test_client()
    browser.get(address)
    assert enter(browser, DESK) == "/custody/"


def test_what_a_script_asks_behind_a_page_is_no_place_to_come_back_to(app):
    app.test_client_class = Browser
    browser = app.test_client()
    browser.get("/cases", headers={"Sec-Fetch-Dest": "empty"})
    assert enter(browser, DESK) == "/custody/"


def test_after_signing_out_nothing_is_remembered(as_role):
    browser = as_role(Role.CUSTODY_OFFICER)
    browser.post("/sign-out", data=hidden_fields(browser.get(PAGE).text))
    assert enter(browser, OTHER) == "/custody/"
