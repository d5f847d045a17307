"""A worker finds somebody of their team by whatever they know of them."""

from datetime import date
from uuid import UUID

import pytest
from conftest import hidden_fields
from crowd import actor
from sqlalchemy import func, select
from support.said import HEARD

from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.audit.tags import Tag
from referral.casework.cases.models import Case
from referral.casework.cases.queries import reached_on
from referral.db import db
from referral.people.actions import identify
from referral.people.identity import Identity

WHO = Identity(
    "Ruairidh",
    "MacGille-Bhràth",
    date(1987, 1, 1),
    phone="07700 900876",
    s_number="S987654/05K",
    middle="Łukasz",
)


@pytest.fixture
def worker(as_role):
    """A worker of the team at whose desk they were booked."""
    return as_role(Role.WORKER)


@pytest.fixture
def case(app, as_role):
    """The case of somebody who was called otherwise before."""
    desk = as_role(Role.CUSTODY_OFFICER)
    who = {"forename": "Pat", "surname": "de la Torre", "authorised_at": "2026-11-01T10:00"}
    booking = desk.submit("/custody/bookings/new", who)
    desk.submit(
        booking.location,
        {"answer": "accepted", "contact": "yes", "channels": ["person"], "needs": ["DRUG"]},
    )
    with app.app_context():
        case = db.session.scalars(select(Case).join(Case.person).filter_by(forename="Pat")).one()
        identify(WHO, case.person_id, HEARD)
        case.booking.custody_reference = "AB/0815"
        db.session.commit()
        return str(case.id)


def found(worker, said):
    """The page that answers a search in all cases of the team."""
    search = hidden_fields(worker.get("/cases").text) | {"name": said}
    return worker.post("/cases?tab=team", data=search).text


@pytest.mark.parametrize(
    "said",
    ["Ruairidh", "MacGille-Bhràth", "mcgille bhrath", "macgille", "lukasz", "Torre", "de la Torre",
     "delatorre pat", "1 1 1987", "bhrath 01/01/1987", "07700 900876", "+44 7700 900876",
     "0876", "900876", "00 876", "S987654/05K", "ab/0815",
     "Ruari McGile-Bhrath", "Rory Magille-Bhrath 1.1.87"],
)  # fmt: skip
def test_by_name_earlier_name_birth_date_number_reference_and_nearly(worker, case, said):
    assert f"/cases/{case}" in found(worker, said)


@pytest.mark.parametrize(
    "said",
    [
        "Quenneville",
        "07700 900877",
        "876",
        "0770 0876",
        "0101",
        "6540",
        "2 1 1987",
        "ZZ/1",
        "100%",
        "_",
    ],
)
def test_not_by_what_is_another_persons(worker, case, said):
    assert f"/cases/{case}" not in found(worker, said)


def test_the_last_digits_find_nobody_of_another_team_and_whom_they_find_is_recorded(
    app, worker, case
):
    def looked_at() -> int:
        wanted = select(func.count()).select_from(AuditEvent)
        return db.session.scalar(wanted.where(AuditEvent.tag == Tag.CASE_FOUND))

    assert f"/cases/{case}" in found(worker, "0876")
    with app.app_context():
        assert looked_at() == 1
        theirs = db.session.get_one(Case, UUID(case))
        theirs.worker_id, theirs.team_id = None, actor(Role.SERVICE_WORKER).organisation_id
        db.session.commit()
        assert reached_on(actor(Role.WORKER), "0876") == []
    assert f"/cases/{case}" not in found(worker, "0876")
