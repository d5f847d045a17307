"""The screen of a shared desk is hidden with one key, and each goes on where they were."""

from datetime import timedelta

import pytest
from conftest import EMAILS
from support.html import fields, form_of, read, words

from referral import clock
from referral.access.permissions import Role
from referral.accounts.users.models import SignIn, Stage
from referral.audit.models import AuditEvent
from referral.audit.tags import Tag
from referral.db import db
from referral.demo.organisations import PASSWORD

NEW = "/custody/bookings/new"


def lock(browser, page: str = "/custody/", **typed: str):
    form = read(browser.get(page).text).select_one("#lock")
    return browser.post(form["action"], data=fields(form) | typed)


def unlock(browser, password: str = PASSWORD):
    return browser.submit("/locked", {"password": password})


def test_a_locked_screen_opens_nothing_and_names_only_who_locked_it(desk):
    assert lock(desk).location == "/locked"
    for page in ("/custody/", NEW, "/password"):
        assert desk.get(page).location == "/locked", page
    page = words(read(desk.get("/locked").text).main)
    assert "Kirsty Ross locked it" in page


def test_the_same_person_goes_on_where_they_were_with_what_they_had_typed(desk):
    lock(desk, NEW, surname="Reid", forename="Ann", password="not kept")
    home = unlock(desk)
    page = desk.get(desk.get(home.location).location)
    form = form_of(page.text, "surname")
    assert fields(form)["surname"] == "Reid"
    assert "signed out before this was saved" in page.text


def test_what_another_tab_sends_meanwhile_is_kept_too(desk):
    sent = fields(form_of(desk.get(NEW).text, "surname")) | {"surname": "Shaw", "forename": "Bob"}
    lock(desk)
    assert desk.post(NEW, data=sent).location == "/locked"
    home = unlock(desk)
    page = desk.get(desk.get(home.location).location)
    assert fields(form_of(page.text, "surname"))["surname"] == "Shaw"


def test_a_wrong_password_opens_nothing_and_counts_as_at_the_sign_in(desk, app):
    lock(desk)
    for _ in range(10):
        refused = unlock(desk, "wrong")
        assert refused.status_code == 422
        assert "That is not the password of this account" in refused.text
    assert unlock(desk).status_code == 422  # the right one too: the account rests
    assert desk.get("/custody/").location == "/locked"
    with app.app_context():
        tags = [event.tag for event in db.session.query(AuditEvent).order_by(AuditEvent.seq)]
    assert tags.count(Tag.SIGN_IN_REFUSED) == 11
    assert Tag.SCREEN_LOCKED in tags
    assert Tag.SCREEN_UNLOCKED not in tags


def test_the_token_from_before_opens_nothing_after_unlocking(desk, app):
    with desk.session_transaction() as session:
        before = session["token"]
    lock(desk)
    unlock(desk)
    with desk.session_transaction() as session:
        session["token"] = before
    assert desk.get("/custody/").location.startswith("/sign-in")


def test_somebody_else_takes_the_desk_and_the_draft_of_the_first_waits_for_them(desk, app):
    lock(desk, NEW, surname="Reid")
    desk.submit("/sign-in", {"email": EMAILS[Role.CUSTODY_SUPERVISOR], "password": PASSWORD})
    assert desk.get("/").location != NEW
    assert "Reid" not in desk.get(NEW).text
    with app.app_context():
        stages = {row.stage for row in db.session.query(SignIn).filter(SignIn.ended_at.is_(None))}
    assert stages == {Stage.OPEN}
    lock(desk)
    desk.submit("/sign-in", {"email": EMAILS[Role.CUSTODY_OFFICER], "password": PASSWORD})
    assert desk.get("/").location == NEW
    assert fields(form_of(desk.get(NEW).text, "surname"))["surname"] == "Reid"


def test_after_half_an_hour_the_whole_sign_in_is_asked_again(desk, monkeypatch):
    lock(desk)
    later = clock.now() + timedelta(minutes=31)
    monkeypatch.setattr(clock, "source", lambda: later)
    assert desk.get("/locked").location == "/sign-in"


@pytest.mark.parametrize(
    "address", ["//elsewhere.example", "https://elsewhere.example", "/\\e.example"]
)
def test_the_page_to_go_back_to_is_one_of_ours(desk, address):
    lock(desk, lock_page=address)
    unlock(desk)
    assert desk.get("/").location == "/custody/"
