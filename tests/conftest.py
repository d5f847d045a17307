"""What the tests share: a migrated database for each, on both engines, and signed-in people."""

import gc
import os
import re
from collections.abc import Callable
from pathlib import Path
from random import randrange

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as property_settings
from hypothesis.database import DirectoryBasedExampleDatabase
from support.html import hidden_fields

from referral import clock
from referral.access.permissions import Role
from referral.accounts.users.actions import Knock, sign_in
from referral.accounts.users.models import Stage
from referral.db import db
from referral.demo import organisations as demo

pytest_plugins = [
    "support.databases",
    "support.application",
    "support.stage",
    "support.one_writer",
]

# The same cases for the same tree, so that a change fails for what it does; DRAWN=1 tries new ones,
# and first what failed before. What a drawn one shows becomes a test of its own. See README.md.
FOUND = DirectoryBasedExampleDatabase(Path(__file__).parents[1] / ".hypothesis" / "examples")
property_settings.register_profile("same", database=None, print_blob=True, derandomize=True)
property_settings.register_profile("drawn", database=FOUND, print_blob=True, derandomize=False)
property_settings.load_profile("drawn" if os.environ.get("DRAWN") else "same")
EMAILS = {Role(role): email for role, email in demo.accounts()}


def pytest_configure() -> None:
    """All processes of a run put a set in the same order, or they would collect other tests.

    The order is another one in each run, so that what hangs on it is seen.
    """
    os.environ.setdefault("PYTHONHASHSEED", str(randrange(2**32)))
    gc.set_threshold(100_000, 50, 50)  # looking for rings takes a tenth of a run's time


SOUND: set[int] = set()  # pages that were read, but for keys and tokens, which are never the same
KEYS = re.compile(r"[\w-]{24,}(\.[\w-]+)*")


def _read_strictly(text: str) -> None:
    if (known := hash(KEYS.sub("", text))) in SOUND:
        return
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    assert page.findtext("head/title", "").strip(), "a page without title"
    SOUND.add(known)


class Browser(FlaskClient):
    """A client that reads pages as strictly as a validator, and fills in hidden fields itself."""

    def open(self, *args: object, **kwargs: object):
        """As a browser would; malformed HTML or a page without title fails the test."""
        answer = super().open(*args, **kwargs)
        if answer.mimetype == "text/html" and not 300 <= answer.status_code < 400:
            _read_strictly(answer.text)
        return answer

    def submit(self, path: str, data: dict, page: str | None = None):
        """Fill in the form of a page: what it carries hidden, and what is typed."""
        hidden = self.get(page or path).text
        return self.post(path, data=hidden_fields(hidden) | data)

    def enter(self, email: str) -> None:
        """Come in without the page of sign-ins, which is asked about in tests of its own."""
        app = self.application
        with app.app_context():
            required = bool(app.config["SECOND_FACTOR_REQUIRED"])
            came = sign_in(Knock(email, demo.PASSWORD, "127.0.0.1"), required, clock.now())
            db.session.commit()
        assert came is not None, email
        token, stage = came
        assert stage is Stage.OPEN, f"{email} is asked for more than a password"
        with self.session_transaction() as session:
            session["token"] = token


@pytest.fixture
def as_role(app: Flask) -> Callable[[Role], Browser]:
    """A browser in which somebody of a role has signed in."""
    app.test_client_class = Browser

    def enter(role: Role) -> Browser:
        browser = app.test_client()
        browser.enter(EMAILS[role])
        return browser

    return enter


@pytest.fixture
def desk(as_role: Callable[[Role], Browser]) -> Browser:
    """The browser of a custody officer."""
    return as_role(Role.CUSTODY_OFFICER)


@pytest.fixture
def worker(as_role: Callable[[Role], Browser]) -> Browser:
    """The browser of an arrest referral worker."""
    return as_role(Role.WORKER)
