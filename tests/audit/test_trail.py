"""The chain of what was done and seen."""

import pytest
from journeys.test_whole_loop import accept, book, hand_over
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from support.html import send

from referral.access.permissions import Role
from referral.audit import trail
from referral.audit.models import AuditEvent
from referral.db import db
from referral.directory.models import Service


@pytest.fixture
def walked(app, as_role):
    """An application in which two people signed in and one booking was made and seen."""
    desk = as_role(Role.CUSTODY_OFFICER)
    as_role(Role.WORKER)
    form = {"surname": "Nowak", "forename": "Ewa", "authorised_at": "yesterday 10:00"}
    booking = desk.submit("/custody/bookings/new", form).location
    desk.get(booking)
    with app.app_context():
        yield app


def test_doing_and_seeing_are_both_recorded_and_the_chain_is_sound(walked):
    tags = db.session.scalars(select(AuditEvent.tag).order_by(AuditEvent.seq)).all()
    assert tags == [
        "account:signed-in",
        "account:signed-in",
        "booking:collected",
        "booking:consulted",
    ]
    assert trail.verify() is None


def test_being_shown_an_earlier_record_is_recorded_too(app, as_role):
    desk = as_role(Role.CUSTODY_OFFICER)
    form = {"surname": "Nowak", "forename": "Ewa", "authorised_at": "yesterday 10:00"}
    desk.submit("/custody/bookings/new", form)
    assert desk.submit("/custody/bookings/new", form).status_code == 422
    with app.app_context():
        last = select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)
        shown = db.session.scalars(last).one()
        assert (shown.tag, shown.subject_id is not None) == ("person:consulted", True)


@pytest.mark.parametrize("deed", ["UPDATE audit_event SET tag = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_the_trail(walked, deed):
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(deed))


@pytest.mark.parametrize("seq", [1, 3])
def test_a_change_made_behind_the_triggers_is_found(walked, seq):
    drop = "DROP TRIGGER audit_no_UPDATE"
    if db.engine.dialect.name == "postgresql":
        drop = "DROP TRIGGER audit_is_append_only ON audit_event"
    db.session.execute(text(drop))
    altered = text("UPDATE audit_event SET tag = 'offer:collected' WHERE seq = :seq")
    db.session.execute(altered, {"seq": seq})
    assert trail.verify() == seq


def test_a_disclosure_names_who_received_and_a_look_at_a_colleagues_case_says_why(app, as_role):
    desk, worker, lead = (
        as_role(role) for role in (Role.CUSTODY_OFFICER, Role.WORKER, Role.TEAM_LEAD)
    )
    accept(desk, book(desk))
    case, _ = hand_over(worker)
    assert send(worker, case, "/cases/.*/take").status_code == 303
    asked = lead.get(f"{case}/timeline")
    assert "Why do you need it?" in asked.text
    assert "Booked" not in asked.text
    assert lead.submit(f"{case}/timeline", {}).status_code == 422
    assert "Booked" in lead.submit(f"{case}/timeline?show=everything", {"why": "COVER"}).text
    assert "Booked" in worker.get(f"{case}/timeline?show=everything").text
    with app.app_context():
        ordered = select(AuditEvent).order_by(AuditEvent.seq)
        events = db.session.scalars(ordered).all()
        sent = [e for e in events if e.tag == "referral:disclosed"]
        receivers = db.session.scalars(select(Service.organisation_id).order_by(Service.id)).all()
        assert [e.recipient_id in receivers for e in sent] == [True]
        looks = [e.reason for e in events if e.tag == "timeline:consulted"]
        assert looks == ["COVER", ""]
        assert trail.verify() is None
