"""The trail holds what was done and nothing else."""

from sqlalchemy import select
from support.stories import moment, staff

from referral.audit.models import AuditEvent
from referral.audit.trail import Tag, record, verify
from referral.db import db

AT = moment("2026-08-03 09:00")


def test_what_was_undone_leaves_no_event(app):
    with app.app_context():
        record(Tag.CASE_SEEN, staff("Morag Sim"), AT)
        db.session.rollback()
        record(Tag.REPORT_SEEN, None, AT)
        db.session.commit()
        assert db.session.scalars(select(AuditEvent.tag)).all() == ["report:consulted"]
        assert verify() is None
