"""A service is asked what became of somebody only while they agree that it may tell."""

from datetime import timedelta

import pytest
from conftest import hidden_fields
from contact.own_page.carried import Site
from crowd import actor
from sqlalchemy import select

from referral import clock
from referral.access.permissions import Role
from referral.casework.cases.models import Case
from referral.casework.contact_plan.actions import withdraw
from referral.consent.purposes import Purpose
from referral.db import db


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_once_the_outcome_may_not_come_back_nobody_asks_and_the_page_is_over(
    app, as_role, monkeypatch
):
    site = Site(app, as_role)
    service, link = app.test_client(), site.link("Please")
    yes = hidden_fields(service.get(link).text)
    assert service.post(f"{link}/answer", data=yes | {"answer": "accept"}).status_code == 303
    day = timedelta(days=1)
    monkeypatch.setattr(clock, "source", lambda: clock.system() + 4 * day)
    link = site.link("Did they")
    asked = hidden_fields(service.get(link).text)
    with app.app_context():
        case = db.session.scalars(select(Case)).one()
        withdraw(case, Purpose.OUTCOME, actor(Role.WORKER), clock.now())
        db.session.commit()
    over = service.get(link)
    assert over.status_code == 410
    assert "Send a new link" not in over.text
    assert service.post(f"{link}/came", data=asked | {"answer": "yes"}).status_code == 410
    before = len(site.post())
    monkeypatch.setattr(clock, "source", lambda: clock.system() + 16 * day)
    assert len(site.post()) == before
