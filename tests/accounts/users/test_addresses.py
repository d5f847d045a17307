"""Tries are counted by network address too, more loosely."""

from datetime import timedelta

import pytest
from conftest import EMAILS, Browser
from sqlalchemy import select, text

from referral import clock
from referral.access.permissions import Role
from referral.accounts.users.addresses import network_of
from referral.accounts.users.models import SignInFailure
from referral.app import create_app
from referral.db import db
from referral.demo.organisations import PASSWORD
from referral.settings import Settings
from referral.web.sealing import fingerprint

WORKER = {"email": EMAILS[Role.WORKER], "password": PASSWORD}


def fail_so_often(app, times, address="127.0.0.1"):
    with app.app_context():
        found = fingerprint("address", address)
        db.session.add_all(SignInFailure(address=found, at=clock.now()) for _ in range(times))
        db.session.commit()


@pytest.fixture
def browser(app) -> Browser:
    app.test_client_class = Browser
    return app.test_client()


def test_one_address_cannot_try_many_accounts(app, browser):
    fail_so_often(app, 99)
    assert (
        browser.submit("/sign-in", {"email": "a@example.org", "password": "x"}).status_code == 422
    )
    refused = browser.submit("/sign-in", WORKER)
    assert refused.status_code == 422
    assert "is wrong, or there were too many tries" in refused.text
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "10.1.2.3"
    assert elsewhere.submit("/sign-in", WORKER).status_code == 303


def test_after_five_minutes_the_address_may_try_again_and_is_forgotten(app, browser, monkeypatch):
    fail_so_often(app, 100)
    assert browser.submit("/sign-in", WORKER).status_code == 422
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "source", lambda: later)
    assert browser.submit("/sign-in", WORKER | {"password": "no"}).status_code == 422
    with app.app_context():
        assert len(db.session.scalars(select(SignInFailure)).all()) == 1
    assert browser.submit("/sign-in", WORKER).status_code == 303


def test_the_address_itself_is_not_kept(app, browser):
    browser.submit("/sign-in", WORKER | {"password": "no"})
    with app.app_context():
        assert "127.0.0.1" not in str(
            db.session.execute(text("SELECT * FROM sign_in_failure")).all()
        )


def test_behind_a_proxy_the_address_of_the_browser_counts(database):
    app = create_app(Settings(database_url=database, trusted_proxies=1))
    app.test_client_class = Browser
    fail_so_often(app, 100, "10.9.9.9")
    browser = app.test_client()
    fields = browser.get("/sign-in")
    assert fields.status_code == 200
    browser.environ_base["HTTP_X_FORWARDED_FOR"] = "10.9.9.9"
    assert browser.submit("/sign-in", WORKER).status_code == 422
    browser.environ_base["HTTP_X_FORWARDED_FOR"] = "10.9.9.8"
    assert browser.submit("/sign-in", WORKER).status_code == 303
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_an_ipv6_household_counts_as_one(address, network):
    assert network_of(address) == network
