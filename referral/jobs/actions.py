"""Write work down, hand it to workers, and see to what could not be done."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.exc import IntegrityError

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.audit.trail import Tag, record
from referral.db import db
from referral.jobs.kinds import Owner, Progress
from referral.jobs.models import Job, Schedule
from referral.jobs.retries import MOST_LOST, is_hopeless, wait_before_next
from referral.jobs.rhythms import Rhythm
from referral.jobs.states import JobState

LEASE = timedelta(seconds=60)
ROUNDS_KEPT = timedelta(days=7)


def enqueue(
    kind: str,
    key: str,
    at: datetime,
    *,
    about_id: UUID | None = None,
    owner: Owner | None = None,
    title: str = "",
    due_at: datetime | None = None,
) -> None:
    """Write work down in the transaction of its cause: both are kept, or neither.

    The key names the effect; a second one with the same key is no second effect. Without an owner
    it is the administrators'.
    """
    job = Job(kind=kind, key=key, about_id=about_id, title=title, made_at=at)
    job.wanted_at = job.due_at = due_at or at
    job.owner_id = owner.organisation_id if owner else None
    job.permission = (owner.permission if owner else Permission.SEE_JOBS).value
    db.session.flush()  # so that only the work itself can be refused below
    try:
        with db.session.begin_nested():
            db.session.add(job)
    except IntegrityError:
        return  # the same is written down already


def is_any_due(rhythms: Mapping[str, Rhythm], at: datetime) -> bool:
    """Whether there is anything for a worker to do, so that who is idle takes no lock."""
    later = select(Schedule.kind).where(Schedule.next_at > at).order_by(Schedule.kind)
    if set(rhythms) - set(db.session.scalars(later)):
        return True
    return any(
        db.session.scalar(select(select(Job.id).where(*which).exists()))
        for which in (_lost(at), _waiting(at))
    )


def wake(rhythms: Mapping[str, Rhythm], at: datetime) -> None:
    """Write down what comes again and is due; what was missed while nobody worked comes once.

    The rows are locked, so that of many workers one does it.
    """
    columns = select(Schedule.kind, Schedule.next_at).order_by(Schedule.kind)
    known = {row.kind: row.next_at for row in db.session.execute(columns)}
    for kind in sorted(set(rhythms) - set(known)):
        try:
            with db.session.begin_nested():
                db.session.add(Schedule(kind=kind, next_at=rhythms[kind](at)))
        except IntegrityError:
            continue  # another worker begins at this moment too
    if not any(next_at <= at for next_at in known.values()):
        return  # before each piece of work this is looked at, and hardly ever something is due
    wanted = select(Schedule).where(Schedule.next_at <= at, Schedule.kind.in_(set(rhythms)))
    locked = wanted.order_by(Schedule.kind).with_for_update(skip_locked=True)
    for row in db.session.scalars(locked).all():
        enqueue(row.kind, f"{row.kind}:{row.next_at:%Y-%m-%dT%H:%MZ}", at)
        row.next_at = rhythms[row.kind](at)
        forget_done(row.kind, at - ROUNDS_KEPT)


def forget_done(kind: str, before: datetime) -> None:
    """Delete finished work of a kind that comes each minute or from strangers.

    It guards no effect, and would fill the table.
    """
    done = Job.kind == kind, Job.state == JobState.DONE, Job.ended_at < before
    db.session.execute(delete(Job).where(*done))


def claim(worker: str, at: datetime) -> Job | None:
    """Work that a worker lost, or else what has been due longest; None when nothing is due.

    It is leased to this worker. Two statements: each ends at the first row of its index.
    """
    job = _first_due(*_lost(at)) or _first_due(*_waiting(at))
    if job is None:
        return None
    job.claim(worker, at + LEASE)
    if job.lost > MOST_LOST:
        job.give_up("WorkersLost", at)
    return job


def _lost(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return Job.state == JobState.RUNNING, Job.leased_until < at


def _waiting(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return Job.state == JobState.WAITING, Job.due_at <= at


def _first_due(*which: ColumnElement[bool]) -> Job | None:
    wanted = select(Job).where(*which).order_by(Job.due_at, Job.key).limit(1)
    return db.session.scalars(wanted.with_for_update(skip_locked=True)).one_or_none()


def held(job_id: UUID, worker: str) -> Job | None:
    """The work, locked, if this worker still holds its lease; a late worker gets nothing."""
    wanted = select(Job).filter_by(id=job_id, leased_by=worker, state=JobState.RUNNING)
    fresh = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(fresh).one_or_none()


def beat(job_id: UUID, worker: str, at: datetime) -> None:
    """Renew the lease of work that takes long."""
    if job := held(job_id, worker):
        job.leased_until = at + LEASE


def tell_progress(job_id: UUID, progress: Progress) -> None:
    """Long work says how far it is, for who waits for it."""
    if job := db.session.get(Job, job_id):
        job.is_at(progress.doing, progress.done, progress.steps)


def fail(job: Job, error: str, hopeless: bool, luck: float, at: datetime) -> None:
    """It went wrong: try later, or leave it to its owner when that is useless or went on long."""
    next_try = at + wait_before_next(job.failures + 1, luck)
    if hopeless or is_hopeless(job.wanted_at, next_try):
        job.give_up(error, at)
    else:
        job.put_off(error, next_try)


def send_again(job: Job, by: Actor, at: datetime) -> None:
    """Try anew what could not be delivered. Raises NotNow."""
    job.send_again(at)
    record(Tag.JOB_SENT_AGAIN, by, at, record_id=job.id)


def settle(job: Job, by: Actor, at: datetime) -> None:
    """Somebody has dealt with it in another way, by phone or letter. Raises NotNow."""
    job.settle()
    record(Tag.JOB_SETTLED, by, at, record_id=job.id)
