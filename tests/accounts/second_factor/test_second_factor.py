"""The second factor: set up, asked for, used once, lost and reset."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
from conftest import EMAILS, Browser, hidden_fields
from sqlalchemy import select, text
from support.html import read

from referral import clock
from referral.access.permissions import Role
from referral.accounts.users.models import SecondFactor
from referral.app import create_app
from referral.audit.models import AuditEvent
from referral.db import db
from referral.demo.organisations import PASSWORD
from referral.settings import Settings

WORKER = {"email": EMAILS[Role.WORKER], "password": PASSWORD}


@pytest.fixture
def required(database):
    """The application where nobody comes in with a password alone."""
    app = create_app(Settings(database_url=database, second_factor="required"))
    app.test_client_class = Browser
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def later(monkeypatch):
    """Moves the clock on from now."""
    begun = clock.now()

    def move(**by):
        monkeypatch.setattr(clock, "source", lambda: begun + timedelta(**by))

    move()
    return move


def secret_in(page) -> str:
    return read(page.text).select_one("code.app-break").text.replace(" ", "")


def codes_on(text) -> list[str]:
    return [one.text for one in read(text).select(".app-codes code")]


def code_of(secret) -> str:
    return pyotp.TOTP(secret).at(clock.now())


def set_up(browser, path="/second-factor/set-up") -> tuple[str, list[str]]:
    """Set up an app; its secret and the recovery codes."""
    page = browser.get(path)
    secret = secret_in(page)
    said = hidden_fields(page.text) | {"code": code_of(secret), "password": PASSWORD}
    shown = browser.post(path, data=said)
    assert shown.status_code == 200
    return secret, codes_on(shown.text)


def at_the_code(app) -> Browser:
    """A browser in which the password was right."""
    app.test_client_class = Browser
    browser = app.test_client()
    assert browser.submit("/sign-in", WORKER).location == "/sign-in/code"
    return browser


def tags(app) -> list[str]:
    with app.app_context():
        events = select(AuditEvent.tag).order_by(AuditEvent.seq)
        return list(db.session.scalars(events))


def test_with_a_second_factor_the_password_alone_shows_nothing(as_role, app, later):
    secret, codes = set_up(as_role(Role.WORKER))
    assert len(set(codes)) == 10
    later(minutes=1)
    browser = at_the_code(app)
    assert browser.get("/cases").location == "/sign-in"
    wrong = browser.submit("/sign-in/code", {"code": "000000"})
    assert "That code is wrong" in wrong.text
    assert browser.submit("/sign-in/code", {"code": code_of(secret)}).status_code == 303
    assert browser.get("/cases").status_code == 200
    told = tags(app)
    for tag in ("second-factor-set-up", "password-accepted", "second-factor-refused"):
        assert f"account:{tag}" in told


def test_a_code_of_the_app_is_taken_once_only(as_role, app, later):
    secret, _ = set_up(as_role(Role.WORKER))
    of_the_set_up = code_of(secret)
    assert at_the_code(app).submit("/sign-in/code", {"code": of_the_set_up}).status_code == 422
    later(minutes=1)
    code = code_of(secret)
    assert at_the_code(app).submit("/sign-in/code", {"code": code}).status_code == 303
    assert at_the_code(app).submit("/sign-in/code", {"code": code}).status_code == 422


def test_a_code_sent_from_many_places_at_once_lets_one_in(as_role, app, later):
    secret, _ = set_up(as_role(Role.WORKER))
    later(minutes=1)
    browsers = [at_the_code(app) for _ in range(4)]
    forms = [hidden_fields(browser.get("/sign-in/code").text) for browser in browsers]

    def send(browser, form):
        said = form | {"code": code_of(secret)}
        return browser.post("/sign-in/code", data=said).status_code

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(send, browsers, forms))
    assert sorted(answers) == [303, 422, 422, 422]


def test_a_recovery_code_lets_in_once_however_it_is_typed(as_role, app):
    _, codes = set_up(as_role(Role.WORKER))
    typed = codes[0].upper().replace("-", " ")
    browser = at_the_code(app)
    assert browser.submit("/sign-in/code", {"code": typed}).status_code == 303
    assert "9 of your recovery codes are left" in browser.get("/second-factor").text
    assert at_the_code(app).submit("/sign-in/code", {"code": typed}).status_code == 422
    assert "account:recovery-code-used" in tags(app)


def test_neither_secret_nor_recovery_codes_lie_readable_in_the_database(as_role, app):
    secret, codes = set_up(as_role(Role.WORKER))
    with app.app_context():
        kept = str(db.session.execute(text("SELECT * FROM second_factor")).all())
        kept += str(db.session.execute(text("SELECT * FROM recovery_code")).all())
    assert secret not in kept
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


def test_the_cookie_from_before_the_code_is_worth_nothing_after_it(as_role, app, later):
    secret, _ = set_up(as_role(Role.WORKER))
    later(minutes=1)
    browser = at_the_code(app)
    kept = browser.get_cookie("session").value
    browser.submit("/sign-in/code", {"code": code_of(secret)})
    thief = app.test_client()
    thief.set_cookie("session", kept)
    assert thief.get("/cases").location == "/sign-in"
    assert thief.get("/sign-in/code").location == "/sign-in"


def test_who_waits_at_the_code_for_ten_minutes_starts_again(as_role, app, later):
    set_up(as_role(Role.WORKER))
    browser = at_the_code(app)
    later(minutes=11)
    assert browser.get("/sign-in/code").location == "/sign-in"


def test_the_right_password_does_not_buy_more_guesses(as_role, app, later):
    secret, _ = set_up(as_role(Role.WORKER))
    for _ in range(2):
        browser = at_the_code(app)
        for _ in range(5):
            browser.submit("/sign-in/code", {"code": "000000"})
    later(minutes=1)
    assert browser.submit("/sign-in/code", {"code": code_of(secret)}).status_code == 422
    assert app.test_client().submit("/sign-in", WORKER).status_code == 422


def test_after_fifty_wrong_codes_in_a_row_only_a_reset_helps(as_role, app, later):
    secret, _ = set_up(as_role(Role.WORKER))
    with app.app_context():
        db.session.scalars(select(SecondFactor)).one().wrong = 50
        db.session.commit()
    later(minutes=1)
    assert at_the_code(app).submit("/sign-in/code", {"code": code_of(secret)}).status_code == 422


def test_setting_up_wants_the_password_and_the_right_code_and_ends_other_sign_ins(as_role):
    browser, elsewhere = as_role(Role.WORKER), as_role(Role.WORKER)
    page = browser.get("/second-factor/set-up")
    secret = secret_in(page)
    said = hidden_fields(page.text)
    right, wrong = {"code": code_of(secret)}, {"code": "000000"}
    told = browser.post("/second-factor/set-up", data=said | wrong | {"password": PASSWORD})
    assert "Your app shows a different code now" in told.text
    assert secret_in(told) == secret
    told = browser.post("/second-factor/set-up", data=said | right | {"password": "no"})
    assert "not your current password" in told.text
    assert elsewhere.get("/cases").status_code == 200
    set_up(browser)
    assert browser.get("/cases").status_code == 200
    assert elsewhere.get("/cases").location == "/sign-in"


def test_a_secret_that_was_offered_to_another_sign_in_is_not_taken(as_role):
    mine, other = as_role(Role.WORKER), as_role(Role.TEAM_LEAD)
    page = other.get("/second-factor/set-up")
    stolen = {"sealed": hidden_fields(page.text)["sealed"], "code": code_of(secret_in(page))}
    answer = mine.submit("/second-factor/set-up", stolen | {"password": PASSWORD})
    assert answer.status_code == 422


def test_the_picture_stands_in_the_page_and_needs_no_other_address(as_role):
    page = as_role(Role.WORKER).get("/second-factor/set-up").text
    picture = read(page).select_one("svg")
    assert picture.title.text == "QR code for your authenticator app"
    svg = str(picture)
    assert "style" not in svg
    assert "http" not in svg


def test_where_it_is_required_who_has_none_sets_it_up_before_seeing_anything(required, later):
    browser = required.test_client()
    assert browser.submit("/sign-in", WORKER).location == "/sign-in/set-up"
    for page in ("/cases", "/", "/second-factor", "/sign-in/code"):
        assert browser.get(page).location == "/sign-in", page
    secret, codes = set_up(browser, "/sign-in/set-up")
    assert len(codes) == 10
    assert browser.get("/cases").status_code == 200
    later(minutes=1)
    again = at_the_code(required)
    assert again.get("/sign-in/set-up").location == "/sign-in"
    assert again.submit("/sign-in/code", {"code": code_of(secret)}).status_code == 303


def test_the_cookie_from_before_the_set_up_cannot_set_up_another(required):
    browser = required.test_client()
    browser.submit("/sign-in", WORKER)
    kept = browser.get_cookie("session").value
    set_up(browser, "/sign-in/set-up")
    thief = required.test_client()
    thief.set_cookie("session", kept)
    assert thief.get("/sign-in/set-up").location == "/sign-in"


def test_new_recovery_codes_replace_the_old_ones(as_role, app):
    browser = as_role(Role.WORKER)
    _, old = set_up(browser)
    said = {"act": "codes", "password": "no"}
    assert "not your current password" in browser.submit("/second-factor", said).text
    made = browser.submit("/second-factor", said | {"password": PASSWORD}).text
    new = codes_on(made)
    assert len(new) == 10
    assert at_the_code(app).submit("/sign-in/code", {"code": old[0]}).status_code == 422
    assert at_the_code(app).submit("/sign-in/code", {"code": new[0]}).status_code == 303


def test_who_removes_the_app_is_signed_out_and_may_set_up_another(as_role):
    browser = as_role(Role.WORKER)
    set_up(browser)
    said = {"act": "remove", "password": PASSWORD}
    assert browser.submit("/second-factor", said).location == "/sign-in"
    assert browser.get("/cases").location == "/sign-in"
    again = as_role(Role.WORKER)
    assert again.get("/second-factor").location == "/second-factor/set-up"
    set_up(again)


def test_with_another_key_a_secret_opens_nothing_and_nothing_breaks(as_role, app, later):
    secret, _ = set_up(as_role(Role.WORKER))
    later(minutes=1)
    browser = at_the_code(app)
    page = hidden_fields(browser.get("/sign-in/code").text)
    with app.app_context():
        factor = db.session.scalars(select(SecondFactor)).one()
        factor.secret = factor.secret[:-6] + "AAAA=="
        db.session.commit()
    answer = browser.post("/sign-in/code", data=page | {"code": code_of(secret)})
    assert answer.status_code == 422
