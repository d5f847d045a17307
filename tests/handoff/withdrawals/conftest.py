"""One referral at the recovery hub, which the person takes back."""

from datetime import UTC, datetime

import pytest
from overdue.escalation.seeded import named, open_case, refer
from sqlalchemy import select, update

from referral import clock
from referral.db import db
from referral.directory.models import Service
from referral.handoff.referrals.actions import withdraw_sharing
from referral.handoff.referrals.models import Stop

TUESDAY = datetime(2026, 9, 29, 9, tzinfo=UTC)


@pytest.fixture
def taken_back(app, monkeypatch):
    """`taken_back(email=…)` makes it on a Tuesday morning, which is the clock's; returns its id."""

    def make(email: str | None = None):
        with app.app_context():
            if email is not None:
                db.session.execute(
                    update(Service).where(Service.name == "Recovery hub").values(email=email)
                )
            referral = refer(open_case(1, TUESDAY), TUESDAY)
            withdraw_sharing(referral, named("Morag Sim").actor, TUESDAY)
            db.session.commit()
            db.session.remove()
            monkeypatch.setattr(clock, "source", lambda: TUESDAY)
            return db.session.scalars(select(Stop.id)).one()

    return make


@pytest.fixture
def later(monkeypatch):
    """Puts the clock on from that Tuesday."""

    def set_on(passed):
        monkeypatch.setattr(clock, "source", lambda: TUESDAY + passed)

    return set_on


@pytest.fixture
def inside(app):
    with app.app_context():
        yield
