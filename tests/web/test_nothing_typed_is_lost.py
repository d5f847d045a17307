"""What is wrong is told at once, and what was typed comes back whatever happened meanwhile."""

from uuid import uuid4

import pytest
from conftest import EMAILS
from sqlalchemy import func, select
from support.html import fields, press, read

from referral.access.permissions import Role
from referral.custody.models import Booking
from referral.db import db
from referral.people.models import Person
from referral.web.forms import Form

NEW = "/custody/bookings/new"
ANN = {"surname": "Reid", "forename": "Ann", "authorised_at": "2026-11-01T10:00"}


def title(answer) -> str:
    return read(answer.text).title.text


def count(app, table) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_refused_form_says_so_first_of_all(as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    assert title(desk.get(NEW)).startswith("New booking")
    refused = desk.submit(NEW, {"forename": "Ann"})
    assert title(refused).startswith("Error: New booking")
    page = read(refused.text)
    assert page.select_one(".govuk-error-summary a[href='#surname']")
    assert page.select("[autofocus]") == []  # the summary is read first


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_to_choose_nobody_among_those_who_may_be_meant_is_said(as_role, app):
    desk = as_role(Role.CUSTODY_OFFICER)
    desk.submit(NEW, ANN | {"date_of_birth": "3 5 1985"})
    before = count(app, Booking)
    asked = desk.submit(NEW, ANN | {"date_of_birth": "3 5 1985"})
    assert count(app, Booking) == before
    found = read(asked.text).select_one(".govuk-error-summary a[href='#same_as']")
    assert found.text == "Choose who this is, or say that it is a new person"


def signed_in_anew(browser) -> None:
    """In a second tab of the same browser: out, and in again."""
    form = read(browser.get(NEW).text).select_one("form[action='/sign-out']")
    browser.post("/sign-out", data=fields(form))
    said = {"email": EMAILS[Role.CUSTODY_OFFICER], "password": "demo-only-not-a-secret"}
    assert browser.submit("/sign-in", said).status_code == 303


def test_a_form_from_before_another_sign_in_is_sent_by_one_press(as_role, app):
    desk = as_role(Role.CUSTODY_OFFICER)
    old = fields(read(desk.get(NEW).text).select_one("main form"))
    signed_in_anew(desk)
    answer = desk.post(NEW, data=old | ANN)
    assert answer.status_code == 400
    assert "You have signed in again since this page was opened" in answer.text
    assert count(app, Person) == 0
    assert press(desk, answer, "Send it again").status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Person.surname)).all() == ["Reid"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_form_with_a_foreign_token_shows_nothing_to_a_stranger(app):
    answer = app.test_client().post(NEW, data=ANN | {"csrf_token": "x", "submit_key": str(uuid4())})
    assert answer.status_code == 400
    assert "Reid" not in answer.text


def test_a_form_that_is_shown_anew_was_still_typed_for_what_was_seen(app):
    with app.test_request_context(method="POST", data={"version": "3"}):
        form = Form()
        form.show(5)
        assert (form.seen_version, form.version.data) == (3, "5")
