"""Whoever is asked again loses nothing: the form shows what is known, and writes what changed."""

import pytest
from support.html import address, fields, form_of, press, read, words

from referral.access.permissions import Role
from referral.db import db
from referral.known.models import Observation

LATER = {"ask_again_at": "+1"}
NEW = "/custody/bookings/new"
JIM = {
    "surname": "McAlister",
    "forename": "Jim",
    "date_of_birth": "3 5 1985",
    "authorised_at": "2026-11-01T01:30",
}
CASE = "/cases/[0-9a-f-]{36}"


@pytest.fixture
def booking(desk):
    """Somebody is in the cells; the address of their page."""
    return desk.submit(NEW, JIM).location


def ticked(browser, booking, name):
    """The boxes that are ticked on the page of the booking."""
    form = form_of(browser.get(booking).text)
    return [box["value"] for box in form.select(f"input[name={name}][checked]")]


def answer(browser, booking, **typed):
    """Send the page as it stands, with what is typed; boxes that are named are all that are on."""
    form = form_of(browser.get(booking).text)
    boxes = {name: ticked(browser, booking, name) for name in ("needs", "dangers")}
    sent = browser.post(booking, data=fields(form) | boxes | typed)
    assert sent.status_code == 303, sent.text
    return sent


def said(app):
    """All that was ever said, in order."""
    with app.app_context():
        rows = db.session.query(Observation).order_by(Observation.order).all()
        return [(row.code, row.answer.value) for row in rows]


def test_an_overdose_told_before_they_were_fit_still_stands_when_they_accept(
    desk, booking, as_role
):
    told = {"needs": ["HOUS"], "dangers": ["overdose", "withdrawal"]}
    answer(desk, booking, answer="not fit yet", **LATER, **told)
    desk.submit(f"{booking}/warning", {"told": "both"})
    assert ticked(desk, booking, "dangers") == ["overdose", "withdrawal"]
    answer(desk, booking, answer="accepted")
    worker = as_role(Role.WORKER)
    case = worker.get(address(worker.get("/cases").text, CASE)).text
    assert "At risk:" in case
    assert "overdose in the last 30 days" in case
    assert "Housing" in case
    assert "McAlister" in worker.get("/outreach").text


def test_a_second_save_of_an_untouched_page_says_nothing_of_needs_and_dangers(desk, booking, app):
    answer(desk, booking, answer="not now", **LATER, needs=["DRUG", "MH"], dangers=["injecting"])
    before = said(app)
    assert before == [("DRUG", "yes"), ("MH", "yes"), ("injecting", "yes")]
    answer(desk, booking, answer="accepted")
    assert said(app) == before
    assert ticked(desk, booking, "needs") == ["DRUG", "MH"]


def test_nothing_is_written_of_what_was_not_asked(desk, booking, app):
    answer(desk, booking, answer="declined")
    assert said(app) == []


def test_none_of_these_says_no_to_each_that_was_asked_about(desk, booking, app):
    answer(desk, booking, answer="declined", needs=["DRUG", "no-other"], dangers=["unsaid"])
    no = [(code, "no") for code in ("ALC", "MH", "HOUS", "DEBT")]
    dangers = ("overdose", "naloxone_given", "injecting", "withdrawal", "self_harm", "pregnant")
    assert said(app) == [("DRUG", "yes"), *no, *((code, "declined") for code in dangers)]
    assert ticked(desk, booking, "dangers") == ["unsaid"]


def test_none_of_these_and_did_not_want_to_say_are_not_both_said(desk, booking):
    both = {"answer": "declined", "needs": ["no-other", "unsaid"]}
    refused = desk.submit(booking, both)
    assert refused.status_code == 422
    assert "not both" in words(read(refused.text).select_one("#needs-error"))


def test_a_tick_taken_away_is_a_no_and_the_yes_is_still_there(desk, booking, app):
    answer(desk, booking, answer="not now", **LATER, needs=["DRUG", "MH"])
    answer(desk, booking, answer="not now", **LATER, needs=["MH"])
    assert said(app) == [("DRUG", "yes"), ("MH", "yes"), ("DRUG", "no")]
    assert ticked(desk, booking, "needs") == ["MH"]
    assert "yes before" in words(read(desk.get(booking).text).select_one("#needs-item-hint"))


def test_an_officer_takes_no_danger_off_and_healthcare_does_with_a_reason(desk, booking, app):
    answer(desk, booking, answer="not now", **LATER, dangers=["overdose"])
    answer(desk, booking, answer="not now", **LATER, dangers=[])
    assert said(app) == [("overdose", "yes"), ("overdose", "no")]
    assert ticked(desk, booking, "dangers") == ["overdose"]
    page = desk.get(booking)
    assert "Said no later" in page.text
    assert "Tell someone now" in desk.get("/custody/").text
    lift = press(desk, page, "Healthcare says that one does not apply")
    refused = press(desk, lift, "Healthcare says so", danger="overdose", reason=" ")
    assert refused.status_code == 422
    done = press(desk, lift, "Healthcare says so", danger="overdose", reason="It was in 2019")
    assert done.status_code == 303
    assert ticked(desk, booking, "dangers") == []
    assert "does not apply any more, says healthcare" in desk.get(booking).text
    assert "Tell someone now" not in desk.get("/custody/").text
    assert said(app)[-1] == ("overdose", "no")


def test_what_two_officers_tick_at_once_is_all_kept(desk, booking, as_role, app):
    mine, theirs = desk, as_role(Role.CUSTODY_SUPERVISOR)
    old = fields(form_of(mine.get(booking).text))
    answer(theirs, booking, answer="not now", **LATER, needs=["HOUS"], dangers=["pregnant"])
    late = mine.post(booking, data=old | LATER | {"answer": "not now", "needs": ["DRUG"]})
    assert late.status_code == 409
    form = form_of(late.text)
    on = {box["value"] for box in form.select("input[name=needs][checked]")}
    assert on == {"DRUG", "HOUS"}
    again = fields(form) | {"needs": ["DRUG", "HOUS", "no-other"], "dangers": ["pregnant"]}
    assert mine.post(booking, data=again).status_code == 303
    first = [("HOUS", "yes"), ("pregnant", "yes"), ("DRUG", "yes")]
    assert said(app) == [*first, ("ALC", "no"), ("MH", "no"), ("DEBT", "no")]


def test_the_desk_never_reads_what_a_worker_was_told(desk, booking, as_role):
    answer(desk, booking, answer="accepted", needs=["DRUG"])
    worker = as_role(Role.WORKER)
    case = address(worker.get("/cases").text, CASE)
    found = {"severity_MH": "high", "severity_DRUG": "none", "danger_self_harm": "yes"}
    assert worker.submit(f"{case}/assessment", found).status_code == 303
    assert "Self-harm: said by a worker" in worker.get(case).text
    assert ticked(desk, booking, "needs") == ["DRUG"]
    assert ticked(desk, booking, "dangers") == []
    assert "Tell someone now" not in desk.get("/custody/").text


def test_an_overdose_of_an_earlier_stay_is_known_in_the_next(desk, booking, as_role):
    answer(desk, booking, answer="accepted", dangers=["overdose", "injecting"])
    desk.submit(f"{booking}/release", {"route": "NOCHARGE", "naloxone": "has"})
    worker = as_role(Role.WORKER)
    case = address(worker.get("/cases?tab=team").text, CASE)
    shown = desk.submit(NEW, JIM)
    chosen = read(shown.text).select_one("input[name=same_as]:not([value=new])")["value"]
    back = desk.submit(NEW, JIM | {"authorised_at": "now", "same_as": chosen, "already": "ended"})
    assert back.location, words(read(back.text).select_one(".govuk-error-summary"))
    assert ticked(desk, back.location, "dangers") == ["overdose"]
    assert "overdose in the last 30 days" in worker.get(case).text
