"""A referral that was sent to the recovery hub, its mailbox, and a browser without an account."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from crowd import actor
from journeys import test_whole_loop as loop
from sqlalchemy import select

from referral import clock
from referral.access.permissions import Role
from referral.db import db
from referral.handoff.followup.actions import AppointmentDetails, book
from referral.handoff.referrals.actions import move, withdraw_sharing
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.handoff.referrals.telling_actions import ask_by_link
from referral.jobs.runner import Halt, Worker
from referral.post.links.models import Link
from referral.post.links.purposes import LinkPurpose
from referral.post.links.queries import text_to

OTHERS = ("Today", "A code for your team", "Another email address")


@pytest.fixture
def post(app):
    """What the workers bring to the mailbox: `post()` runs them and returns all e-mails but the
    morning's digests and those about a new address."""

    def run(days: float = 0):
        with app.app_context():
            Worker(app.extensions["work"], lambda: clock.now() + timedelta(days=days)).drain(Halt())
        letters = app.extensions["mailbox"].letters()
        return [letter for letter in letters if not letter.subject.startswith(OTHERS)]

    return run


@pytest.fixture
def sent(as_role):
    """A referral was sent to the recovery hub; the worker and the case's page."""
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    loop.accept(desk, loop.book(desk))
    case, answer = loop.hand_over(worker)
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


@pytest.fixture
def linked(app, sent, post):
    """`linked(purpose)`: the service has come so far that it is sent such a link; its path."""

    def so_far(purpose: LinkPurpose) -> str:
        post()
        with app.app_context():
            referral = db.session.scalars(select(Referral)).one()
            come_to(referral, purpose)
            about = select(Link).filter_by(about_id=referral.id, purpose=purpose)
            path = f"/a/{text_to(db.session.scalars(about).one())}"
            db.session.commit()
        return path

    return so_far


def come_to(referral: Referral, purpose: LinkPurpose) -> None:
    """Sent two hours ago, it accepts; somebody was expected an hour ago, comes, or takes back."""
    at, by = clock.now(), actor(Role.SERVICE_WORKER)
    referral.sent_at = at - timedelta(hours=2)
    if purpose is LinkPurpose.ANSWER:
        return
    move(referral, MoveDetails(Move.ACCEPT, referral.version), Side.TARGET, by, at)
    if purpose is LinkPurpose.STOPPED:
        withdraw_sharing(referral, actor(Role.WORKER), at)
        return
    book(referral, AppointmentDetails(at - timedelta(hours=1), "12 High Street"), by, at)
    if purpose is LinkPurpose.CHANGED:
        move(referral, MoveDetails(Move.START, referral.version), Side.TARGET, by, at)
    ask_by_link(referral, purpose, "day3", at)
