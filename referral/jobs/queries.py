"""Waiting, running and failed work, as its owners and the administrator may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, Select, func, select

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.db import db
from referral.jobs.kinds import Progress
from referral.jobs.models import Job, Schedule
from referral.jobs.states import JobState
from referral.web.paging import Page, page_of

LATELY = timedelta(minutes=5)  # some work comes again each minute


@dataclass(frozen=True)
class Pile:
    """How much work of one kind stands at one state, and since when the oldest of it."""

    kind: str
    state: str
    number: int
    oldest: datetime


def piles() -> list[Pile]:
    """All work, counted by kind and state."""
    counted = (
        select(Job.kind, Job.state, func.count(), func.min(Job.due_at))
        .group_by(Job.kind, Job.state)
        .order_by(Job.kind, Job.state)
    )
    return [Pile(*row) for row in db.session.execute(counted)]


def schedules() -> Sequence[Schedule]:
    """The work that comes again, next first."""
    return db.session.scalars(select(Schedule).order_by(Schedule.next_at, Schedule.kind)).all()


def worked_lately(kinds: Iterable[str], at: datetime) -> bool:
    """Whether a worker has looked in the last minutes for these kinds of work that come again."""
    wanted = select(func.min(Schedule.next_at)).where(Schedule.kind.in_(set(kinds)))
    late = db.session.scalar(wanted)
    return late is not None and late > at - LATELY


def in_trouble() -> int:
    """How many pieces of work failed at their last try, or were given up and not settled."""
    tried = (Job.state == JobState.WAITING) & (Job.failures > 0)
    wanted = select(func.count()).select_from(Job).where((Job.state == JobState.FAILED) | tried)
    return db.session.scalar(wanted) or 0


def progress_of(key: str) -> Progress:
    """How far the work of a key is, in words for who waits for it."""
    job = db.session.scalars(select(Job).filter_by(key=key)).one_or_none()
    if job is None or job.state in {JobState.FAILED, JobState.SETTLED}:
        return Progress("This went wrong. Tell your administrator.")
    if job.state == JobState.RUNNING and job.doing:
        return Progress(job.doing, job.steps_done, job.steps)
    if job.failures:
        return Progress("This went wrong, and is tried again.")
    return Progress("This waits for its turn.")


def undelivered(actor: Actor, page: int) -> Page[Job]:
    """One page of what could not be done and is the actor's to see to, newest first."""
    ordered = _failed(actor).order_by(Job.ended_at.desc(), Job.id)
    return page_of(ordered, page)


def undelivered_count(actor: Actor) -> int:
    """How many there are of them."""
    counted = select(func.count()).select_from(_failed(actor).subquery())
    return db.session.scalar(counted) or 0


def failed_for(actor: Actor, job_id: UUID) -> Job:
    """One of them, to change; 404 for what is another's."""
    mine = select(Job).where(Job.id == job_id, _owned(actor))
    return db.session.scalars(mine.with_for_update()).one_or_none() or abort(404)


def _failed(actor: Actor) -> Select[Job]:
    return select(Job).where(Job.state == JobState.FAILED, _owned(actor))


def _owned(actor: Actor) -> ColumnElement[bool]:
    if actor.may(Permission.SEE_JOBS):
        return Job.id.is_not(None)
    held = [permission.value for permission in Permission if actor.may(permission)]
    return (Job.owner_id == actor.organisation_id) & Job.permission.in_(held)
