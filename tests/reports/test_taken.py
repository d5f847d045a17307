"""A report that is looked at or taken away leaves its event."""

import pytest
from sqlalchemy import select

from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.db import db


@pytest.mark.parametrize(
    ("role", "address", "tag"),
    [
        (Role.TEAM_LEAD, "/reports/outcomes", "report:consulted"),
        (Role.TEAM_LEAD, "/reports/outcomes.csv", "report:disclosed"),
        (Role.TEAM_LEAD, "/reports/outcomes.pdf", "report:disclosed"),
        (Role.TEAM_LEAD, "/reports/unmet", "report:consulted"),
        (Role.CJS_ANALYST, "/reports/outcomes", "report:consulted"),
        (Role.CJS_ANALYST, "/reports/unmet", "report:consulted"),
        (Role.CJS_ANALYST, "/reports/all", "report:consulted"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_reading_a_report_is_an_event(app, as_role, role, address, tag):
    assert as_role(role).get(address).status_code == 200
    with app.app_context():
        noted = select(AuditEvent).where(AuditEvent.tag.startswith("report:"))
        assert [event.tag for event in db.session.scalars(noted)] == [tag]
