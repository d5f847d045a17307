"""Rounds look first and write in small steps; who is idle takes no lock; statements do not grow."""

from collections.abc import Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from crowd import gather
from sqlalchemy import create_engine, event, select, text

from referral.audit.trail import Tag, record
from referral.clock import now
from referral.db import db
from referral.jobs.actions import enqueue
from referral.jobs.kinds import Round, work_of
from referral.jobs.models import Job, Schedule
from referral.jobs.runner import Halt, Worker
from referral.locks import reading
from referral.rounds import ROUNDS

AT = datetime.fromisoformat("2026-11-24T08:00:00+00:00")
RECORDS = [UUID(int=number) for number in range(1, 121)]


class Walk:
    """A round over records that keeps which were taken, and fails at one as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.taken: list[UUID] = []
        self.sizes: list[int] = []
        self.failures = failures

    def due(self, at: datetime) -> Sequence[UUID]:
        return [one for one in RECORDS if one not in self.taken]

    def take(self, records: Sequence[UUID], at: datetime) -> None:
        for one in records:
            record(Tag.SIGNED_OUT, None, at, record_id=one)
        if RECORDS[60] in records and self.failures:
            self.failures -= 1
            raise ValueError
        self.taken += records
        self.sizes.append(len(records))

    def worker(self) -> Worker:
        return Worker(work_of((Round("walk", "Walk", self.due, self.take),), {}), lambda: AT)


@pytest.fixture
def waiting(app):
    """A round that is due."""
    with app.app_context():
        enqueue("walk", "walk:1", AT)
        db.session.commit()
        yield


def state() -> str:
    return db.session.scalars(select(Job.state).filter_by(kind="walk")).one()


def test_a_round_writes_in_small_steps(waiting):
    walk, commits = Walk(), []
    note = commits.append
    event.listen(db.engine, "commit", note)
    walk.worker().drain(Halt())
    event.remove(db.engine, "commit", note)
    assert (walk.taken, walk.sizes) == (RECORDS, [50, 50, 20])
    assert len(commits) >= 5  # claimed, three steps, finished
    assert state() == "done"


def test_a_step_that_fails_holds_the_others_not_up_and_is_tried_again(waiting):
    walk = Walk(failures=1)
    walk.worker().drain(Halt())
    assert (walk.sizes, state()) == ([50, 20], "waiting")
    db.session.scalars(select(Job).filter_by(kind="walk")).one().due_at = AT
    db.session.commit()
    walk.worker().drain(Halt())
    assert (walk.sizes, state()) == ([50, 20, 50], "done")
    assert sorted(walk.taken) == RECORDS
    counted = "SELECT count(*) FROM audit_event WHERE tag = 'account:signed-out'"
    assert db.session.scalar(text(counted)) == len(RECORDS)


def test_a_worker_that_lost_its_round_goes_on_with_none_of_it(waiting):
    walk = Walk()
    kept = walk.take

    def lose(records: Sequence[UUID], at: datetime) -> None:
        kept(records, at)
        db.session.scalars(select(Job).filter_by(kind="walk")).one().leased_by = "another"

    walk.take = lose
    walk.worker().step()
    assert (walk.sizes, state()) == ([50], "running")


@contextmanager
def somebody_writes(database: str):
    engine = create_engine(database)
    with engine.connect() as connection:
        connection.execute(text("UPDATE audit_head SET seq = seq WHERE id = 1"))
        yield
        connection.rollback()
    engine.dispose()


def test_a_worker_without_work_takes_no_lock(app, database):
    with app.app_context():
        worker = Worker(app.extensions["work"], lambda: AT)
        for kind in worker.work.rhythms:
            db.session.add(Schedule(kind=kind, next_at=AT + timedelta(hours=1)))
        db.session.commit()
        begun = []
        note = begun.append
        with somebody_writes(database):
            event.listen(db.engine, "begin", note)
            assert worker.step() is False
        event.remove(db.engine, "begin", note)
        assert len(begun) == 1


def statements_of_each_round(app) -> dict[str, int]:
    """How many statements each round makes to find whom it is about, over some weeks."""
    seen = []

    def note(connection, cursor, statement, *_):
        seen.append(statement)

    def made(work: Round) -> int:
        seen.clear()
        for days in (1, 3, 20, 30):
            work.due(now() + timedelta(days=days))
        return len(seen)

    with app.app_context(), reading():
        event.listen(db.engine, "before_cursor_execute", note)
        counts = {work.name: made(work) for work, _ in ROUNDS}
        event.remove(db.engine, "before_cursor_execute", note)
    return counts


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other engine makes the same
def test_looking_whom_a_round_is_about_takes_no_statement_for_each_of_them(app):
    with app.app_context():
        gather(0, 3)
    few = statements_of_each_round(app)
    with app.app_context():
        gather(3, 30)
    many = statements_of_each_round(app)
    assert {name: many[name] for name in many if many[name] > few[name] + 4} == {}
