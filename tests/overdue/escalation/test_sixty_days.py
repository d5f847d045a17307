"""Through sixty days in which much is done and much is forgotten, nothing goes silent."""

import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

from overdue.escalation.seeded import named
from overdue.escalation.silent import silent
from overdue.escalation.story import Story
from sqlalchemy import func, select

from referral import clock
from referral.casework.cases.queries import Sought, counts
from referral.casework.cases.tabs import Tab
from referral.db import db
from referral.handoff.referrals.models import Referral, Stop
from referral.overdue.escalation.models import Escalation
from referral.overdue.escalation.queries import check

START = datetime(2026, 9, 28, 8, tzinfo=UTC)
MANY = int(os.environ.get("SEEDED_REFERRALS", "16"))
HOURS = int(os.environ.get("HOURS_EACH_STEP", "60"))


def test_each_has_one_owner_and_each_late_one_is_on_a_list(app, monkeypatch):
    """All 500, hour by hour: SEEDED_REFERRALS=500 HOURS_EACH_STEP=1."""
    run, dice, at = app.test_cli_runner(), Random(4), START
    monkeypatch.setattr(clock, "source", lambda: at)
    with app.app_context():
        story = Story(MANY, START, dice)
        db.session.commit()
    most = Counter()
    while at < START + timedelta(days=60):
        at += timedelta(hours=HOURS)
        with app.app_context():
            story.until(at)
            db.session.commit()
        done = run.invoke(args=["worker", "--once", "--now", at.isoformat()])
        assert done.exit_code == 0, done.output
        with app.app_context():
            found = check(at)
            assert found.sound, (at, found)
            assert silent(at, told=at > START + timedelta(hours=HOURS)) == [], at
            late = counts(named("Ruth Kerr").actor, Sought(), at)[Tab.OVERDUE]
            assert late == found.cases.overdue
            seen = {name: getattr(found, name).overdue for name in ("cases", "referrals", "stops")}
            most |= Counter(seen)
    with app.app_context():
        tell(story, most)


def tell(story: Story, most: Counter) -> None:
    """The story was one: everything that can happen happened, and much of it came late."""
    states = select(Referral.state, func.count()).group_by(Referral.state)
    stops = select(Stop.state, func.count()).group_by(Stop.state)
    ended = dict(db.session.execute(states.order_by(Referral.state)).all())
    steps = db.session.scalar(select(func.count()).select_from(Escalation))
    print(story.did, ended, dict(db.session.execute(stops.order_by(Stop.state)).all()))
    print(f"{steps} steps taken; most late at once: {dict(most)}")
    assert steps > MANY
    assert all(most[kind] for kind in ("cases", "referrals", "stops"))
    assert story.did["somebody_comes"] == MANY
    assert story.did["a_worker_leaves"] == 3
    assert {"requested", "completed", "rejected", "cancelled"} <= set(ended)
