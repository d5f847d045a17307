"""How to reach somebody safely is said once, and lasts until they say otherwise."""

import pytest
from support.html import address, fields, form_of, read, words

from referral.consent.actions import AS_BEFORE, ContactRules, RulesSaid
from referral.consent.models import Consent
from referral.db import db
from referral.people.models import Person

NEW = "/custody/bookings/new"
JIM = {
    "surname": "McAlister",
    "forename": "Jim",
    "date_of_birth": "3 5 1985",
    "authorised_at": "2026-11-01T01:30",
    "phone": "07700 900555",
}
SAFELY = {"channels": ["text"], "safe_times": "after 18", "no_message": ["y"], "no_letters": ["y"]}
ALL_OF_IT = (("text",), "after 18", True, True)


@pytest.fixture
def booking(desk):
    """Somebody is in the cells; the address of their page."""
    return desk.submit(NEW, JIM).location


def send(browser, page, form=None, **typed):
    """Send the form of a page as a browser does, with what is typed into it."""
    sent = fields(form or form_of(browser.get(page).text)) | typed
    return browser.post(page, data={name: value for name, value in sent.items() if value != []})


def case_of(worker):
    return address(worker.get("/cases").text, "/cases/[0-9a-f-]{36}")


def rules(app):
    """Of each yes to be contacted, in order, how."""
    with app.app_context():
        rows = db.session.query(Consent).filter_by(purpose="contact", answer="granted")
        return [
            (row.channels, row.safe_times, row.no_message, row.no_letters)
            for row in rows.order_by(Consent.order)
        ]


def accepted(desk, booking, **typed):
    assert send(desk, booking, answer="accepted", contact="yes", **typed).status_code == 303


def test_an_answer_that_is_given_once_more_at_the_desk_keeps_how(app, desk, booking):
    accepted(desk, booking, **SAFELY)
    shown = fields(form_of(desk.get(booking).text))
    assert {name: shown[name] for name in SAFELY} == SAFELY
    accepted(desk, booking)
    assert rules(app) == [ALL_OF_IT, ALL_OF_IT]


def test_the_worker_sees_how_and_changes_one_thing_of_it(app, desk, booking, worker):
    accepted(desk, booking, **SAFELY)
    page = f"{case_of(worker)}/agreements"
    assert send(worker, page, contact="yes").status_code == 303
    assert send(worker, page, contact="yes", safe_times="mornings").status_code == 303
    assert rules(app) == [ALL_OF_IT, ALL_OF_IT, (("text",), "mornings", True, True)]


def test_what_was_told_to_the_worker_is_kept_and_not_shown_at_the_desk(app, desk, booking, worker):
    accepted(desk, booking)
    page = f"{case_of(worker)}/agreements"
    assert send(worker, page, contact="yes", **SAFELY).status_code == 303
    again = desk.get(booking).text
    assert "after 18" not in again
    accepted(desk, booking, channels=["call"])
    assert rules(app)[-1] == (("call",), "after 18", True, True)


def test_a_new_yes_after_a_no_keeps_that_no_message_is_to_be_left(app, desk, booking):
    accepted(desk, booking, **SAFELY)
    assert send(desk, booking, answer="accepted", contact="no").status_code == 303
    accepted(desk, booking, channels=["call"])
    assert rules(app)[-1] == (("call",), "after 18", True, True)


def test_two_who_write_at_once_lose_nothing_of_each_other(app, desk, booking, worker):
    accepted(desk, booking)
    page = f"{case_of(worker)}/agreements"
    old = form_of(worker.get(page).text)
    assert send(worker, page, contact="yes", no_message="y").status_code == 303
    assert send(worker, page, old, contact="yes", safe_times="mornings").status_code == 303
    assert rules(app)[-1] == ((), "mornings", True, False)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_how_is_not_said_without_whether(desk, booking):
    refused = send(desk, booking, answer="accepted", safe_times="mornings")
    assert refused.status_code == 422
    page = read(refused.text)
    assert page.title.text.startswith("Error:")
    assert page.select_one(".govuk-error-summary a[href='#contact']")
    assert "Ask whether they may be contacted" in words(page.select_one("#contact-error"))
    assert page.select_one("[name=safe_times]")["value"] == "mornings"


def test_silence_is_no_answer():
    before = ContactRules(("text",), "after 18", True, True)
    assert AS_BEFORE.after(before) == before
    assert RulesSaid(no_message=False).after(before) == ContactRules(
        ("text",), "after 18", False, True
    )
    assert RulesSaid(channels=(), safe_times="").after(before) == ContactRules((), "", True, True)
    assert ContactRules().after(before) == ContactRules()


def test_what_was_kept_from_last_time_and_the_answer_are_saved_together(app, desk, booking):
    """One page, one form: a new number above is not lost by Save below, nor the other way round."""
    accepted(desk, booking)
    out = {"route": "UNDERTAKING", "released_at": "now", "naloxone": "has"}
    assert desk.submit(f"{booking}/release", out).status_code == 303
    back = JIM | {"phone": "", "authorised_at": "now"}
    offered = desk.submit(NEW, back)
    who = read(offered.text).select_one("[name=same_as]")["value"]
    shown = fields(read(offered.text).select_one("main form"))
    again = desk.post(NEW, data=shown | {"same_as": who}).location
    page = desk.get(again).text
    assert (
        len([f for f in read(page).select("main form") if f.select("input:not([type=hidden])")])
        == 1
    )
    typed = {"answer": "accepted", "needs": ["HOUS"], "kept_phone": "07700 900999"}
    assert send(desk, again, **typed).status_code == 303
    with app.app_context():
        person = db.session.query(Person).one()
        assert person.phone == "07700 900999"
    assert "is it still true?" in desk.get(again).text  # the rest was not asked about
    assert send(desk, again, answer="accepted", all_right="y").status_code == 303
    assert "is it still true?" not in desk.get(again).text
