"""A mail came back: whoever it is the owner of sees it as one that did not arrive."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.audit.trail import Tag, record
from referral.contact.messages.models import PersonMessage
from referral.contact.messages.queries import KIND
from referral.db import db
from referral.jobs.models import Job
from referral.jobs.states import JobState
from referral.post.messages import actions as post
from referral.post.messages.models import Message

RETURNED = "their mail server sent it back"


def bring_back(number: UUID, at: datetime) -> Job | None:
    """The work of a message that had left is undelivered again; it can be sent once more.

    None where there is no such message, or it did not leave, or is known to have come back.
    """
    theirs = select(Job).where(Job.about_id == number, Job.kind.in_((post.KIND, KIND)))
    done = theirs.where(Job.state == JobState.DONE).order_by(Job.ended_at.desc(), Job.key)
    job = db.session.scalars(done.limit(1).with_for_update()).first()
    if job is None or not _message(job, number).come_back():
        return None
    job.come_back(RETURNED, at)
    record(Tag.JOB_RETURNED, None, at, record_id=job.id)
    return job


def _message(job: Job, number: UUID) -> Message | PersonMessage:
    if job.kind == KIND:
        return db.session.get_one(PersonMessage, number)
    return db.session.get_one(Message, number)
