"""A key for programs: how long it opens anything, when it was last used, and what ends it."""

from datetime import timedelta

import pytest
from crowd import actor
from sqlalchemy import select

from referral import clock
from referral.access.permissions import Role
from referral.accounts.users.actions import set_state
from referral.accounts.users.key_actions import KeyDetails, make_token
from referral.accounts.users.models import KEY_LASTS, ApiToken, User
from referral.accounts.users.states import UserState
from referral.db import db

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other: the same
SECOND = timedelta(seconds=1)


@pytest.fixture
def asks(app, monkeypatch):
    """A program with a key: `asks(after)` reads so long after it was made; the status."""
    made = clock.now()
    with app.app_context():
        _, text = make_token(KeyDetails("case system", None), actor(Role.SERVICE_MANAGER), made)
        db.session.commit()

    def ask(after: timedelta) -> int:
        monkeypatch.setattr(clock, "source", lambda: made + after)
        head = {"Authorization": f"Bearer {text}"}
        return app.test_client().get("/api/v1/referrals", headers=head).status_code

    return ask


def used_at(app):
    with app.app_context():
        return db.session.scalars(select(ApiToken.used_at)).one()


def test_a_key_ends_after_a_year(asks):
    assert asks(KEY_LASTS - SECOND) == 200
    assert asks(KEY_LASTS) == 401


def test_its_last_use_is_kept_to_the_hour_and_shown(app, asks, as_role):
    assert used_at(app) is None
    assert asks(SECOND) == 200
    first = used_at(app)
    assert asks(timedelta(minutes=59)) == 200
    assert used_at(app) == first
    assert asks(timedelta(hours=2)) == 200
    assert used_at(app) == first + timedelta(hours=2) - SECOND
    assert "last used" in as_role(Role.SERVICE_MANAGER).get("/tokens").text


def test_it_ends_with_the_lock_of_its_maker_for_good(app, asks):
    assert asks(SECOND) == 200
    for state in (UserState.LOCKED, UserState.ACTIVE):
        with app.app_context():
            user = db.session.get_one(User, actor(Role.SERVICE_MANAGER).user_id)
            set_state(user, state, actor(Role.ADMINISTRATOR), clock.now())
            db.session.commit()
        assert asks(2 * SECOND) == 401
