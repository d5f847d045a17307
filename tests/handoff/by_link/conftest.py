"""A referral that was sent to the recovery hub, its mailbox, and a browser without an account."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from journeys.test_whole_loop import accept, book, hand_over

from referral import clock
from referral.access.permissions import Role
from referral.jobs.runner import Halt, Worker


@pytest.fixture
def post(app):
    """What the workers bring to the mailbox: `post()` runs them and returns all e-mails but the
    morning's digests."""

    def run(days: float = 0):
        with app.app_context():
            Worker(app.extensions["work"], lambda: clock.now() + timedelta(days=days)).drain(Halt())
        letters = app.extensions["mailbox"].letters()
        return [letter for letter in letters if not letter.subject.startswith("Today")]

    return run


@pytest.fixture
def sent(as_role):
    """A referral was sent to the recovery hub; the worker and the case's page."""
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    accept(desk, book(desk))
    case, answer = hand_over(worker)
    assert answer.status_code == 303
    return SimpleNamespace(worker=worker, case=case)


@pytest.fixture
def stranger(app, as_role):
    """A browser in which nobody signed in."""
    return app.test_client()


@pytest.fixture
def later(monkeypatch):
    """Puts the clock of the pages forward."""
    return lambda **time: monkeypatch.setattr(
        clock, "source", lambda: clock.system() + timedelta(**time)
    )
