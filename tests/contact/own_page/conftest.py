"""A referral with its card, and the person who has it in hand."""

from datetime import timedelta

import pytest
from contact.own_page.carried import Phone, Site

from referral import clock


@pytest.fixture
def site(app, as_role) -> Site:
    """The referral and its card."""
    return Site(app, as_role)


@pytest.fixture
def phone(app, site) -> Phone:
    """The person is in."""
    found = Phone(app)
    assert found.enter(site.code()).status_code == 303
    return found


@pytest.fixture
def later(monkeypatch):
    """Puts the clock of the pages forward."""
    return lambda **time: monkeypatch.setattr(
        clock, "source", lambda: clock.system() + timedelta(**time)
    )
