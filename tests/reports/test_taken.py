"""A report that is looked at or taken away leaves its event."""

import pytest
from sqlalchemy import select

from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.db import db


@pytest.mark.parametrize(
    ("address", "tag"),
    [
        ("/reports/outcomes", "report:consulted"),
        ("/reports/outcomes.csv", "report:disclosed"),
        ("/reports/outcomes.pdf", "report:disclosed"),
        ("/reports/unmet", "report:consulted"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_reading_a_report_is_an_event(app, as_role, address, tag):
    assert as_role(Role.CJS_ANALYST).get(address).status_code == 200
    with app.app_context():
        noted = select(AuditEvent).where(AuditEvent.tag.startswith("report:"))
        assert [event.tag for event in db.session.scalars(noted)] == [tag]
