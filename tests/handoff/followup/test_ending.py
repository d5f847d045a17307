"""A service that is told only how to reach the person ends a referral without learning more."""

from conftest import hidden_fields
from journeys.test_whole_loop import accept, book, hand_over
from sqlalchemy import select
from support.html import address

from referral.access.permissions import Role
from referral.db import db
from referral.handoff.referrals.models import NeedOutcome


def test_one_answer_counts_for_all_needs_that_a_service_is_not_told(app, as_role):
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    service = as_role(Role.SERVICE_WORKER)
    accept(desk, book(desk))
    hand_over(worker, level="contact")
    referral = address(service.get("/inbox").text, "/inbox/[0-9a-f-]{36}")
    assert service.submit(referral, {"move": "accept"}).status_code == 303
    page = service.get(f"{referral}/end").text
    assert "Drugs" not in page
    assert "DRUG" not in page
    ending = {"move": "complete", "reason": "complete:COMPL"}
    bare = hidden_fields(page) | ending
    assert service.post(f"{referral}/end", data=bare).status_code == 422
    assert service.submit(f"{referral}/end", ending | {"change_every": "better"}).status_code == 303
    with app.app_context():
        kept = db.session.scalars(select(NeedOutcome).order_by(NeedOutcome.id)).all()
        assert [(row.need, row.change) for row in kept] == [("DRUG", "better")]
