"""A worker: takes what is due, does it, and writes down what came of it.

Any number of them run on any number of machines. One that is killed loses nothing: its leases run
out and others take over. What goes out of the database can then happen twice, with the same key,
by which a receiver knows it; what stays in the database happens once.
"""

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Thread

from flask import current_app
from sqlalchemy.exc import DBAPIError

from referral.db import db
from referral.jobs.actions import beat, claim, fail, held, is_any_due, wake
from referral.jobs.kinds import Effect, Round, Task, Undeliverable, Work
from referral.locks import reading

LOG = logging.getLogger("referral.requests")
BEAT_EVERY = 15  # seconds, a quarter of a lease
IDLE = 1  # seconds
BATCH = 50  # records of a round in one transaction


def _own_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass
class Halt:
    """Whether a worker was told to stop. A plain value: a signal may come while a lock is held."""

    asked: bool = False


@dataclass(frozen=True)
class Worker:
    """One worker. `clock` tells the time for what is due and for what is recorded."""

    work: Work
    clock: Callable[[], datetime]
    name: str = field(default_factory=_own_name)

    def run(self, stop: Halt) -> None:
        """Work until told to stop; what is in hand is finished first."""
        while not stop.asked:
            try:
                busy = self.step()
            except DBAPIError as error:  # the database is away or busy: it will come back
                db.session.rollback()
                _log("database away", error=type(error).__name__)
                busy = False
            if not busy:
                time.sleep(IDLE)

    def drain(self, stop: Halt) -> None:
        """Do all that is due now."""
        while not stop.asked and self.step():
            pass

    def step(self) -> bool:
        """Do one piece of work; False when none was due."""
        at = self.clock()
        with reading():
            if not is_any_due(self.work.rhythms, at):
                return False
        wake(self.work.rhythms, at)
        job = claim(self.name, at)
        task = Task(job.id, job.key, job.about_id, at) if job else None
        kind = job.kind if job else ""
        db.session.commit()
        if task is None:
            return False
        try:
            self._do(kind, task)
        except Exception as error:  # whatever it was, the next piece of work must be done
            db.session.rollback()
            self._failed(task, error)
        db.session.remove()
        return True

    def _do(self, kind: str, task: Task) -> None:
        work = self.work.kinds[kind]
        if isinstance(work, Round):
            self._go_round(work, task)
        job = held(task.job_id, self.name)
        if job is None:
            return
        effect = None if isinstance(work, Round) else work.act(task)
        if effect is None:
            job.finish(task.at)
            db.session.commit()
            return
        db.session.commit()  # no transaction stays open while a receiver keeps us waiting
        with self._heart_beats(task):
            effect.send()
        self._finish(task, effect)

    def _go_round(self, work: Round, task: Task) -> None:
        """Batch after batch; one that fails holds the others not up, and is tried again later."""
        with reading():
            found = list(work.due(task.at))
        failure: Exception | None = None
        for start in range(0, len(found), BATCH):
            db.session.expunge_all()  # each step looks anew
            try:
                beat(task.job_id, self.name, self.clock())
                if held(task.job_id, self.name):
                    work.take(found[start : start + BATCH], task.at)
                db.session.commit()
            except Exception as error:
                db.session.rollback()
                failure = failure or error
        if failure:
            raise failure

    def _finish(self, task: Task, effect: Effect) -> None:
        at = self.clock()
        if job := held(task.job_id, self.name):
            effect.note(at)
            job.finish(at)
        db.session.commit()

    def _failed(self, task: Task, error: Exception) -> None:
        at = self.clock()
        reason = type(error).__name__
        if job := held(task.job_id, self.name):
            luck = secrets.SystemRandom().random()
            fail(job, reason, isinstance(error, Undeliverable), luck, at)
            _log("job failed", kind=job.kind, state=job.state, error=reason)
        db.session.commit()

    @contextmanager
    def _heart_beats(self, task: Task) -> Iterator[None]:
        over = Event()
        app = current_app._get_current_object()  # type: ignore[attr-defined]

        def renew() -> None:
            while not over.wait(BEAT_EVERY):
                with app.app_context():
                    try:
                        beat(task.job_id, self.name, self.clock())
                        db.session.commit()
                    except DBAPIError:
                        db.session.rollback()  # the next beat may get through

        heart = Thread(target=renew, daemon=True)
        heart.start()
        try:
            yield
        finally:
            over.set()
            heart.join()


def _log(event: str, **facts: str) -> None:
    LOG.warning(event, extra={"facts": facts})
