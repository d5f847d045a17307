"""Programs that scan mail fetch each link and press each button: they answer nothing."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from support.html import fields, read

from referral.audit.models import AuditEvent
from referral.db import db
from referral.handoff.by_link.questions import OPEN_IN
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import Referral, Stop
from referral.post.links.models import Link

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other: the same


def said(app):
    """Whatever a service could have said: state and version, what became of it, what was noted."""
    with app.app_context():
        referral = db.session.scalars(select(Referral)).one()
        kept = select(AuditEvent.tag).where(AuditEvent.tag.not_like("link-code:%"))
        return (
            (referral.state, referral.version, len(referral.events)),
            db.session.scalars(select(Appointment.said_at).order_by(Appointment.order)).all(),
            db.session.scalars(select(Stop.ended_at).order_by(Stop.order)).all(),
            db.session.execute(select(Link.opened_at, Link.used_at).order_by(Link.id)).all(),
            db.session.scalars(kept.order_by(AuditEvent.seq)).all(),
        )


@pytest.mark.parametrize("purpose", OPEN_IN)
def test_who_fetches_a_page_and_presses_each_of_its_buttons_has_said_nothing(
    app, linked, stranger, purpose
):
    link = linked(purpose)
    before = said(app)
    assert FlaskClient.open(stranger, link, method="HEAD").status_code == 200
    page = stranger.get(link)
    forms = read(page.text).select("form[method=post]")
    codes = [stranger.post(form["action"], data=fields(form)).status_code for form in forms]
    assert set(codes) <= {303, 422}  # a code was sent to the registered address, or a choice lacks
    assert said(app) == before
    assert not read(page.text).select("input[checked]")
