"""Signing in and out."""

import pytest
from conftest import EMAILS, Browser, hidden_fields

from referral.access.permissions import Role
from referral.demo.organisations import PASSWORD

WORKER = EMAILS[Role.WORKER]


@pytest.fixture
def browser(app) -> Browser:
    app.test_client_class = Browser
    return app.test_client()


def test_a_replayed_cookie_does_not_work_after_signing_out(as_role):
    browser = as_role(Role.WORKER)
    page = browser.get("/access")
    kept = browser.get_cookie("session").value
    assert browser.post("/sign-out", data=hidden_fields(page.text)).status_code == 303
    browser.set_cookie("session", kept)
    assert browser.get("/cases").location == "/sign-in"


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(browser):
    wrong = browser.submit("/sign-in", {"email": WORKER, "password": "no"})
    unknown = browser.submit("/sign-in", {"email": "nobody@example.org", "password": "no"})
    assert wrong.status_code == unknown.status_code == 422
    assert "is wrong, or there were too many tries" in wrong.text
    assert "is wrong, or there were too many tries" in unknown.text


def test_after_ten_failures_even_the_right_password_rests(browser):
    for _ in range(10):
        browser.submit("/sign-in", {"email": WORKER, "password": "no"})
    right = browser.submit("/sign-in", {"email": WORKER, "password": PASSWORD})
    assert right.status_code == 422


def test_a_form_without_its_token_is_refused(browser):
    answer = browser.post("/sign-in", data={"email": WORKER, "password": PASSWORD})
    assert answer.status_code == 400
