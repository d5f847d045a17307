"""What the tests share: a migrated database for each, on both engines, and signed-in people."""

from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as property_settings
from hypothesis.database import DirectoryBasedExampleDatabase
from support.html import hidden_fields

from referral.access.permissions import Role
from referral.demo import organisations as demo

pytest_plugins = ["support.databases", "support.application", "support.stage"]

# New cases on every run, also where CI is set; what failed before comes first. See README.md.
FOUND = DirectoryBasedExampleDatabase(Path(__file__).parents[1] / ".hypothesis" / "examples")
property_settings.register_profile("found", database=FOUND, print_blob=True, derandomize=False)
property_settings.load_profile("found")
EMAILS = {Role(role): email for role, email in demo.accounts()}


class Browser(FlaskClient):
    """A client that reads pages as strictly as a validator, and fills in hidden fields itself."""

    def open(self, *args: object, **kwargs: object):
        """As a browser would; malformed HTML or a page without title fails the test."""
        answer = super().open(*args, **kwargs)
        if answer.mimetype == "text/html" and not 300 <= answer.status_code < 400:
            page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)
            assert page.findtext("head/title", "").strip(), "a page without title"
        return answer

    def submit(self, path: str, data: dict, page: str | None = None):
        """Fill in the form of a page: what it carries hidden, and what is typed."""
        hidden = self.get(page or path).text
        return self.post(path, data=hidden_fields(hidden) | data)


@pytest.fixture
def as_role(app: Flask) -> Callable[[Role], Browser]:
    """A browser in which somebody of a role has signed in."""
    app.test_client_class = Browser

    def enter(role: Role) -> Browser:
        browser = app.test_client()
        said = {"email": EMAILS[role], "password": demo.PASSWORD}
        assert browser.submit("/sign-in", said).status_code == 303
        return browser

    return enter
