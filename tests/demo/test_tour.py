"""The first day of each role in the demo: it sees what was really done, and names nobody."""

import pytest
from guards.test_statements import counted
from support.html import form_to, press, pressable, read, words

from referral.access.permissions import ROLES, Role
from referral.audit.tags import Tag
from referral.db import db
from referral.demo.models import Tour
from referral.demo.tour import TOURS, TourStep, first_open
from referral.oversight.guides import GUIDES

sqlite_alone = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
LOOKS = {Tag.TRAIL_SEARCHED, Tag.REPORT_SEEN}  # to open the page is to have done it


def bar(browser, page: str = "/guide") -> str:
    """What the bar says on a page; empty where it does not show."""
    found = read(browser.get(page).text).select_one(".app-tour")
    return words(found) if found else ""


def begun(as_role, role: Role):
    """A browser whose reader has begun their first day, and the page that it led to."""
    browser = as_role(role)
    led = press(browser, browser.get("/guide"), "Begin: five minutes")
    return browser, led


def test_every_role_has_a_tour_through_all_that_its_guide_names():
    assert TOURS.keys() == set(Role)
    for role, steps in TOURS.items():
        assert {step.page for step in GUIDES[role] if step.page} <= {step.page for step in steps}
        proofs = [step.proof for step in steps if step.proof]
        assert len(proofs) == len(set(proofs)), f"{role}: one event would prove two steps"
        assert all(step.title and step.words and step.why for step in steps)


@pytest.mark.parametrize("role", Role)
def test_every_role_finds_its_tour_and_each_page_of_it_opens(app, as_role, role):
    browser = as_role(role)
    with app.test_request_context():
        start = app.url_for(ROLES[role].begins)
    at_start = read(browser.get(start).text)
    assert pressable(at_start, "Your first day: five minutes")["href"] == "/guide"
    assert pressable(at_start, "Help: your first day")["href"] == "/guide"
    led = press(browser, browser.get("/guide"), "Begin: five minutes")
    for number, step in enumerate(TOURS[role], 1):
        page = browser.get(led.location, follow_redirects=True)
        assert page.status_code == 200, step.page
        said = words(read(page.text).select_one(".app-tour"))
        assert said.startswith(f"Step {number} of {len(TOURS[role])}: {step.title}."), said
        label = "Skip this step" if step.proof else "Next step"
        led = press(browser, page, label)
        assert led.status_code == 303
    assert led.location == "/guide"
    end = bar(browser)
    assert end.startswith("That was your first day.")
    acts = {step.proof for step in TOURS[role] if step.proof} - LOOKS
    assert ("You left out" in end) is bool(acts)
    press(browser, browser.get("/guide"), "Close")
    assert bar(browser, start) == ""
    assert "Your first day: five minutes" not in browser.get(start).text


def test_what_was_done_before_it_began_and_by_others_proves_nothing(as_role):
    desk, other = as_role(Role.CUSTODY_OFFICER), as_role(Role.CUSTODY_SUPERVISOR)
    new = {"surname": "Sample", "forename": "Jamie", "authorised_at": "now"}
    assert desk.submit("/custody/bookings/new", new).status_code == 303
    press(desk, desk.get("/guide"), "Begin: five minutes")
    press(desk, desk.get("/custody/"), "Next step")
    assert other.submit("/custody/bookings/new", new | {"forename": "Jo"}).status_code == 303
    assert "Step 2 of 8: Book somebody invented." in bar(desk)
    assert desk.submit("/custody/bookings/new", new | {"forename": "Joan"}).status_code == 303
    assert "Step 3 of 8: Ask, and hear a yes." in bar(desk)
    assert bar(desk).split("Done: ")[1].startswith("book somebody invented")
    press(desk, desk.get("/guide"), "Again from the start")
    press(desk, desk.get("/custody/"), "Next step")
    assert "Step 2 of 8: Book somebody invented." in bar(desk)


def test_what_comes_later_shows_that_a_page_was_looked_at(as_role):
    desk, _ = begun(as_role, Role.CUSTODY_OFFICER)
    new = {"surname": "Sample", "forename": "Jamie", "authorised_at": "now"}
    assert desk.submit("/custody/bookings/new", new).status_code == 303
    assert "Step 3 of 8" in bar(desk)


def test_two_presses_of_one_bar_leave_one_step_behind(as_role):
    desk, _ = begun(as_role, Role.CUSTODY_OFFICER)
    pages = [desk.get("/custody/") for _ in range(2)]
    for page in pages:
        press(desk, page, "Next step")
    assert "Step 2 of 8" in bar(desk)
    for step in ("99", "-1", "x", ""):
        press(desk, desk.get("/custody/"), "Skip this step", step=step)
    assert "Step 2 of 8" in bar(desk)


def test_it_stops_at_any_moment_and_each_has_their_own(as_role):
    desk, _ = begun(as_role, Role.CUSTODY_OFFICER)
    assert bar(as_role(Role.CUSTODY_SUPERVISOR)) == ""
    assert bar(as_role(Role.CUSTODY_OFFICER)).startswith("Step 1 of 8")  # in another browser too
    press(desk, desk.get("/custody/"), "Stop the tour")
    assert bar(desk) == ""
    press(desk, desk.get("/guide"), "Again from the start")
    assert bar(desk).startswith("Step 1 of 8")


def test_nothing_of_a_person_is_kept_of_it(app):
    assert set(Tour.__table__.columns.keys()) == {"user_id", "since", "passed", "running"}
    with app.app_context():
        assert db.session.query(Tour).all() == []


def test_a_real_installation_has_the_guide_alone(app, as_role):
    desk, _ = begun(as_role, Role.CUSTODY_OFFICER)
    form = form_to(desk.get("/guide").text, "/tour/begin")
    app.extensions["is_demo"] = False
    assert bar(desk) == bar(desk, "/custody/") == ""
    assert "five minutes" not in desk.get("/custody/").text
    guide = read(desk.get("/guide").text)
    assert "Who to ask first" in words(guide.main)
    assert not guide.main.select("form")
    token = form.select_one("[name=csrf_token]")["value"]
    for act in ("begin", "on", "stop"):
        sent = {"csrf_token": token, "submit_key": act, "step": "0"}
        assert desk.post(f"/tour/{act}", data=sent).status_code == 404


@sqlite_alone
def test_the_bar_costs_two_statements_and_who_never_began_one(app, as_role):
    browsers = as_role(Role.CUSTODY_OFFICER), begun(as_role, Role.CUSTODY_SUPERVISOR)[0]
    found = []
    for browser in browsers:
        browser.get("/access")
        with counted(app) as seen:
            browser.get("/access")
        found.append(sum("tour" in said or "audit_event" in said for said in seen))
    assert found == [1, 2]


def test_a_step_that_only_shows_a_page_is_passed_by_what_is_done_after_it():
    look, act = (TourStep("", "", "", "", proof) for proof in (None, Tag.CASE_TAKEN))
    assert first_open([look, act, look], 0, set()) == 0
    assert first_open([look, act, look], 0, {Tag.CASE_TAKEN}) == 2
    assert first_open([look, act], 1, set()) == 1
    assert first_open([look, act], 1, {Tag.CASE_TAKEN}) == 2
