"""What was noted before a part of the work was undone is kept with the rest of it."""

from sqlalchemy import select

from referral.audit.models import AuditEvent
from referral.audit.trail import Tag, record, verify
from referral.clock import now
from referral.db import db
from referral.jobs.actions import enqueue


def test_work_that_is_written_down_twice_loses_no_event(app):
    with app.app_context():
        enqueue("digest", "the same", now())
        db.session.commit()
        record(Tag.CASE_SEEN, None, now())
        enqueue("digest", "the same", now())
        record(Tag.CASE_TAKEN, None, now())
        db.session.commit()
        newest = select(AuditEvent.tag).order_by(AuditEvent.seq.desc()).limit(2)
        assert db.session.scalars(newest).all() == [Tag.CASE_TAKEN, Tag.CASE_SEEN]
        assert verify() is None


def test_what_is_undone_as_a_whole_is_not_noted(app):
    with app.app_context():
        record(Tag.CASE_SEEN, None, now())
        enqueue("digest", "new", now())
        db.session.rollback()
        db.session.commit()
        assert db.session.scalars(select(AuditEvent).filter_by(tag=Tag.CASE_SEEN)).all() == []
