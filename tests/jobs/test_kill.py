"""Three workers, killed again and again under load, before a receiver that behaves badly.

Every promised effect happens exactly once as the receiver counts it, by Message-ID, and everything
arrives within five minutes of the receiver's return. The minutes are simulated: they go by when
all that is due has been tried. KILLS=100 in the environment makes it a long test.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from jobs.receiver import MOODS, MailReceiver, receiving
from sqlalchemy import select

from referral.app import create_app
from referral.db import db
from referral.jobs.actions import enqueue
from referral.jobs.models import Job, Schedule
from referral.settings import Settings

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KILLS", "10"))
START = datetime(2026, 11, 24, 9, tzinfo=UTC)
LOAD = 2  # promises for each kill


class Fire:
    """Three workers under fire, the clock that they read, and what was promised."""

    def __init__(self, url: str, receiver: MailReceiver, folder: Path, dice: Random) -> None:
        self.dice, self.minutes, self.promised, self.broken = dice, 0, set(), set()
        self.clock, self.log = folder / "clock", (folder / "log").open("w")
        self.app = create_app(Settings(database_url=url))
        self._tell_time()
        surroundings = {"DATABASE_URL": url, "SMTP_URL": receiver.url, "CLOCK": str(self.clock)}
        self.parent = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/jobs/fire.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, **surroundings, "PYTHONPATH": str(ROOT)},
            stderr=self.log,
        )  # fmt: skip
        self.workers = [self._new_worker() for _ in range(3)]

    @property
    def now(self) -> datetime:
        """The simulated time."""
        return START + timedelta(minutes=self.minutes)

    def promise(self, number: int) -> None:
        """Promise so many effects; one more is undone with its cause."""
        with self.app.app_context():
            for keep in [*[True] * number, False]:
                about = uuid4()
                enqueue("promise", f"promise:{about}", self.now, about_id=about)
                if keep:
                    db.session.commit()
                    self.promised.add(about)
                else:
                    db.session.rollback()
                    self.broken.add(about)

    def kill_one(self) -> None:
        """At a random moment a random worker is gone, and another begins."""
        time.sleep(self.dice.uniform(0, 0.12))
        victim = self.workers.pop(self.dice.randrange(3))
        os.kill(victim, signal.SIGKILL)
        self.workers.append(self._new_worker())

    def minute(self) -> None:
        """A minute goes by; all that is due in it is tried."""
        self.minutes += 1
        self._tell_time()
        for _ in range(3000):
            if self._is_quiet():
                return
            time.sleep(0.02)
        pytest.fail("the workers do not come to rest")

    def stop(self) -> bool:
        """Tell the workers to stop; whether all of them did."""
        for number in self.workers:
            os.kill(number, signal.SIGTERM)
        for _ in range(500):
            if not any(_lives(number) for number in self.workers):
                break
            time.sleep(0.02)
        left = [number for number in self.workers if _lives(number)]
        for number in left:
            os.kill(number, signal.SIGKILL)
        self.parent.stdin.close()
        self.parent.wait(20)
        self.parent.stdout.close()
        self.log.close()
        return not left

    def _tell_time(self) -> None:
        draft = self.clock.with_suffix(".new")
        draft.write_text(self.now.isoformat())
        draft.replace(self.clock)

    def _new_worker(self) -> int:
        self.parent.stdin.write("another\n")
        self.parent.stdin.flush()
        return int(self.parent.stdout.readline())

    def _is_quiet(self) -> bool:
        """Nothing is due, and what runs is in the hands of the dead, whose leases must run out."""
        due = select(Job.id).where(Job.state == "waiting", Job.due_at <= self.now)
        running = select(Job.leased_by, Job.leased_until).where(Job.state == "running")
        ticks = select(Schedule.kind).where(Schedule.next_at <= self.now)
        with self.app.app_context():
            waiting = db.session.execute(due.limit(1)).first()
            ticking = db.session.execute(ticks.limit(1)).first()
            leases = db.session.execute(running.order_by(Job.id)).all()
            db.session.rollback()
        alive = {str(number) for number in self.workers}
        busy = [who for who, until in leases if until < self.now or who.split(":")[1] in alive]
        return not (waiting or ticking or busy)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def counted(receiver: MailReceiver) -> dict[UUID, set[str]]:
    """The Message-IDs that the receiver knows, by what the message is about."""
    found = defaultdict(set)
    for mail in receiver.mails:
        about = re.search(r"looked: ([0-9a-f]{32})", mail)[1]
        found[UUID(about)].add(re.search(r"Message-ID: <(.*?)@", mail)[1])
    return found


@pytest.fixture
def receiver() -> MailReceiver:
    return MailReceiver(MOODS)


@pytest.fixture
def fire(database, tmp_path, receiver) -> Iterator[Fire]:
    fire = Fire(database, receiver, tmp_path, Random(7))
    yield fire
    assert fire.stop(), "a worker did not stop when told"
    with fire.app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_every_promise_is_kept_exactly_once_although_workers_are_killed(fire, receiver):
    with receiving(receiver):
        for _ in range(KILLS):
            fire.promise(LOAD)
            fire.kill_one()
            if fire.dice.random() < 0.5:
                fire.minute()
    for minute in range(30):  # down: nothing listens
        if minute % 10 == 5:
            fire.promise(LOAD)
            fire.kill_one()
        fire.minute()
    back = MailReceiver(("well",), port=receiver.server_address[1])
    back.mails += receiver.mails
    with receiving(back):
        for _ in range(5):
            fire.minute()
    kept = counted(back)
    assert {len(numbers) for numbers in kept.values()} == {1}
    assert fire.promised <= set(kept)
    assert not fire.broken & set(kept)
    with fire.app.app_context():
        rows = db.session.scalars(select(Job).order_by(Job.due_at, Job.id)).all()
        assert {row.state for row in rows} == {"done"}
        assert len(kept) == len([row for row in rows if row.kind == "message"])
        assert len(kept) - len(fire.promised) == len([row for row in rows if row.kind == "tick"])
