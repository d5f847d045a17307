"""A message of family that nobody deals with goes up like any promise, and all pages agree."""

from datetime import timedelta

import pytest
from crowd import actor
from sqlalchemy import func, select
from support.html import read, words
from support.stories import moment

from referral import clock
from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.audit.models import AuditEvent
from referral.audit.tags import Tag
from referral.casework.doors.actions import MessageDetails, end_message, leave_message
from referral.casework.doors.models import FamilyMessage
from referral.db import db
from referral.overdue.digests.queries import counts_for
from referral.overdue.escalation.actions import escalate_due
from referral.overdue.escalation.queries import check
from referral.overdue.escalation.steps import Step

START = moment("2026-08-10 12:00")
DUE = moment("2026-08-10 16:00")
MINUTE = timedelta(minutes=1)


def left() -> FamilyMessage:
    """Karen asks that Ann is told something, by four o'clock."""
    said = MessageDetails("Karen", "0141 496 0700", "Ann", "She can stay with me", DUE)
    return leave_message(said, actor(Role.WORKER), START)


def digest(role: Role, at) -> tuple[int, int]:
    """What the reader of a role is told in the morning: new, waiting."""
    counts = counts_for(db.session.get_one(User, actor(role).user_id), at)
    return counts.unread, counts.waiting


@pytest.mark.parametrize("after", [timedelta(), MINUTE, timedelta(days=9)])
def test_list_messages_summary_and_the_leads_page_agree(app, as_role, monkeypatch, after):
    at, late = DUE + after, bool(after)
    with app.app_context():
        left()
        monkeypatch.setattr(clock, "source", lambda: at)
        escalate_due(at, 100)
        db.session.commit()
        message = db.session.scalars(select(FamilyMessage)).one()
        goes_up = message.late_step >= Step.LEAD
        for role in (Role.WORKER, Role.TEAM_LEAD):
            assert digest(role, at) == ((0, 1) if late else (1, 0))
        told = select(func.count()).select_from(AuditEvent).where(AuditEvent.tag == Tag.ESCALATED)
        assert db.session.scalar(told) == message.late_step
    assert goes_up == (after > timedelta(days=1))
    listed = words(read(as_role(Role.WORKER).get("/cases").text).main)
    assert ("1 late" in listed) == late
    lead = as_role(Role.TEAM_LEAD)
    up = words(read(lead.get("/late").text).main)
    assert ("Messages from family" in up) == goes_up
    assert ("Nothing is long overdue" in up) != goes_up
    assert "Karen" not in up  # who it is, the page of messages says
    assert "stay with me" not in up
    shown = words(read(lead.get("/cases/messages").text).main)
    assert ("managers told" in shown) == goes_up
    assert ("overdue" in shown or "late" in shown) == late


def test_a_step_is_taken_once_and_what_is_dealt_with_goes_no_further(app):
    with app.app_context():
        message = left()
        assert escalate_due(DUE, 10) == 0
        assert escalate_due(DUE + MINUTE, 10) == 1
        assert escalate_due(DUE + MINUTE, 10) == 0
        end_message(message, actor(Role.WORKER), DUE + MINUTE)
        db.session.flush()
        assert escalate_due(DUE + timedelta(days=30), 10) == 0
        assert digest(Role.WORKER, DUE + timedelta(days=30)) == (0, 0)


def test_the_check_counts_it_and_finds_one_that_nobody_can_see(app):
    with app.app_context():
        message = left()
        found = check(START)
        assert (found.messages.open, found.sound) == (1, True)
        message.team_id = actor(Role.SERVICE_WORKER).organisation_id  # of whom none works cases
        db.session.flush()
        assert not check(START).sound
        assert check(DUE + MINUTE).messages.overdue_on_nobodys_list == 1


def test_another_teams_message_does_not_come_up_to_a_lead(app, as_role, monkeypatch):
    at = DUE + timedelta(days=9)
    with app.app_context():
        left().team_id = actor(Role.SERVICE_WORKER).organisation_id
        escalate_due(at, 10)
        db.session.commit()
    monkeypatch.setattr(clock, "source", lambda: at)
    assert "Messages from family" not in as_role(Role.TEAM_LEAD).get("/late").text
