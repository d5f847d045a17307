"""The commands on the machine for who is locked out: the first administrator, and the only one."""

from urllib.parse import urlsplit

import pytest
from accounts.credentials.post import (
    NEW,
    PHRASE,
    WORKER,
    links_in,
    page_of,
    press,
    signs_in,
    subjects,
)
from accounts.second_factor.test_second_factor import set_up, tags
from conftest import EMAILS, Browser
from flask_migrate import upgrade
from sqlalchemy import func, select

from referral.access.permissions import Role
from referral.accounts.users.models import SecondFactor, User
from referral.app import create_app
from referral.clock import today
from referral.db import db
from referral.post.messages.actions import load_words
from referral.settings import Settings

ADMINISTRATOR = EMAILS[Role.ADMINISTRATOR]
FOUND = ("--name", "Ada Roy", "--organisation", "Scotland's national body")


def run(app, *words):
    """The exit code and the words of a command of `accounts`."""
    done = app.test_cli_runner().invoke(args=["accounts", *words])
    return done.exit_code, done.output


def path_in(output) -> str:
    address = urlsplit(output.splitlines()[0])
    assert f"{address.scheme}://{address.netloc}" == "https://referral.example.scot"
    assert "It works once, until " in output
    return address.path


@pytest.fixture
def site(app):
    """The application as the world reaches it."""
    app.config["PUBLIC_URL"] = "https://referral.example.scot"
    app.test_client_class = Browser
    return app


@pytest.fixture
def empty(tmp_path):
    """A new installation."""
    settings = Settings(f"sqlite:///{tmp_path / 'new.db'}", mailbox=str(tmp_path / "mailbox"))
    app = create_app(settings)
    app.config["PUBLIC_URL"] = "https://referral.example.scot"
    app.test_client_class = Browser
    with app.app_context():
        upgrade()
        load_words(today())  # as a worker does when it starts
        db.session.commit()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def states(app) -> dict[str, str]:
    with app.app_context():
        found = {user.email: user.state for user in db.session.scalars(select(User))}
        db.session.remove()
        return found


def test_the_first_administrator_is_invited_again_until_they_joined(empty):
    first = path_in(run(empty, "first-administrator", "ada@example.org", *FOUND)[1])
    second = path_in(run(empty, "first-administrator", "Ada@example.org", *FOUND)[1])
    assert empty.test_client().get(first).status_code == 404
    assert states(empty) == {"ada@example.org": "invited"}
    assert links_in(empty, "ada@example.org", "Your account is ready") == {second}
    assert empty.test_client().submit(second, NEW).status_code == 303
    code, told = run(empty, "first-administrator", "ada@example.org", *FOUND)
    assert code == 1
    assert "accounts recover" in told


def test_a_mistyped_first_address_is_closed_when_the_right_one_is_given(empty):
    wrong = path_in(run(empty, "first-administrator", "aad@example.org", *FOUND)[1])
    right = path_in(run(empty, "first-administrator", "ada@example.org", *FOUND)[1])
    assert states(empty) == {"aad@example.org": "closed", "ada@example.org": "invited"}
    assert empty.test_client().get(wrong).status_code == 404
    assert empty.test_client().submit(right, NEW).status_code == 303


def test_the_only_administrator_comes_back_with_a_new_password(site, as_role):
    browser = as_role(Role.ADMINISTRATOR)
    set_up(browser)
    code, told = run(site, "recover", ADMINISTRATOR.upper())
    assert code == 0
    link = path_in(told)
    assert site.test_client().submit(link, NEW).status_code == 303
    assert browser.get("/accounts").location == "/sign-in"
    said = {"email": ADMINISTRATOR, "password": PHRASE}
    assert site.test_client().submit("/sign-in", said).location == "/sign-in/code"
    assert "account:recovered-by-command" in tags(site)
    assert "Your password was changed" in subjects(site, ADMINISTRATOR)


def test_with_app_the_second_factor_goes_when_the_link_is_used_and_not_before(site, as_role):
    set_up(as_role(Role.ADMINISTRATOR))
    link = path_in(run(site, "recover", ADMINISTRATOR, "--app")[1])

    def apps() -> int:
        with site.app_context():
            return db.session.scalar(select(func.count()).select_from(SecondFactor))

    assert apps() == 1
    assert site.test_client().submit(link, NEW).status_code == 303
    assert apps() == 0
    assert signs_in(site, ADMINISTRATOR, PHRASE)
    assert site.test_client().get(link).status_code == 404
    told = subjects(site, ADMINISTRATOR)
    assert {"Your password was changed", "Your authenticator app was reset"} <= told


def test_nobody_is_brought_back_who_is_unknown_locked_or_closed(site, as_role):
    code, told = run(site, "recover", "nobody@example.org")
    assert (code, "No account has this email" in told) == (1, True)
    administrator = as_role(Role.ADMINISTRATOR)
    page = page_of(administrator, WORKER)
    for state in ("locked", "closed"):
        press(administrator, page, f"{page}/{state}")
        code, told = run(site, "recover", WORKER)
        assert (code, "locked or closed" in told) == (1, True)
    assert "account:recovered-by-command" not in tags(site)


def test_an_address_that_is_none_is_not_invited(empty):
    code, said = run(empty, "first-administrator", "ada at example.org", *FOUND)
    assert code == 2
    assert "@-sign" in said
