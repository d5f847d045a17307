"""An agency's program says that somebody agreed: the page's rules, and nothing comes back."""

import uuid

import pytest
from api.test_referrals import token_of
from conftest import EMAILS
from sqlalchemy import func, select
from support.html import read, words

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.consent.queries import latest_answers
from referral.custody.doors import Door
from referral.db import db
from referral.people.models import Person

PATH = "/api/v1/statements"
GLASGOW, NO_TEAM = "S12000049", "S12000013"
ANN = {
    "council": GLASGOW,
    "stated_by": "Jo Bell",
    "forename": "Ann",
    "surname": "Reid",
    "phone": "07700 900555",
    "talk": True,
    "contact": True,
    "needs": ["DRUG"],
}


@pytest.fixture
def says(app):
    """A statement of the recovery service's program, each with a key of its own."""
    browser, token = app.test_client(), token_of(app, Role.SERVICE_MANAGER)

    def call(key="", **said):
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key or str(uuid.uuid4())}
        return browser.post(PATH, json=ANN | said, headers=headers)

    return call


def cases(app) -> list[Case]:
    with app.app_context():
        return list(db.session.scalars(select(Case).order_by(Case.order)))


def test_the_team_of_their_area_finds_somebody_to_meet(app, says, as_role):
    assert (says().status_code, says().json) == (201, {"received": True})
    waiting = words(read(as_role(Role.WORKER).get("/cases?tab=waiting").text).main)
    assert "Ann Reid" in waiting
    with app.app_context():
        case, other = db.session.scalars(select(Case).order_by(Case.order))
        stay = case.booking
        assert (stay.door, stay.unmet, case.worker_id) == (Door.AGENCY, True, None)
        agency = db.session.scalars(
            select(User).filter_by(email=EMAILS[Role.SERVICE_MANAGER])
        ).one()
        assert stay.stated_by == f"{agency.organisation.name}, Jo Bell"
        assert case.team_id != agency.organisation_id
        assert case.has_promised(NextStep.SEE).due_at
        assert all(one.provisional for one in latest_answers(case.person_id))
        came = select(AuditEvent).where(AuditEvent.tag == Tag.CASE_CAME)
        assert {one.record_id for one in db.session.scalars(came)} == {case.id, other.id}


def test_who_is_known_already_is_not_looked_up_and_not_told(app, says):
    first, again = says(), says()
    assert (first.status_code, first.data) == (again.status_code, again.data)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Person)) == 2
        shown = select(AuditEvent).where(AuditEvent.tag == Tag.PERSON_SUGGESTED)
        assert db.session.scalars(shown).all() == []


def test_the_same_statement_with_its_key_is_taken_once(app, says):
    key = str(uuid.uuid4())
    assert [says(key).status_code, says(key).status_code] == [201, 201]
    assert len(cases(app)) == 1
    other = says(key, forename="Bea")
    assert (other.status_code, other.json["title"]) == (422, "KeyUsedBefore")
    assert len(cases(app)) == 1


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"phone": "12"}, "phone", "Type the whole number"),
        ({"date_of_birth": "2025-01-01"}, "date_of_birth", "They would be under 12"),
        ({"forename": "", "surname": "\x00"}, "forename", "Ask for a name"),
        ({"council": "S00"}, "council", "Choose one that is on the list"),
        ({"needs": ["NOT_ONE"]}, "needs", "Tick those that are on the list"),
        ({"talk": "perhaps"}, "talk", "Not a valid boolean"),
        ({"nmae": "x"}, "nmae", "Unknown field"),
    ],
)
def test_what_is_wrong_is_said_of_its_field_and_nothing_is_kept(app, says, said, field, sentence):
    refused = says(**said)
    assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
    assert sentence in refused.json["errors"]["json"][field][0]
    assert cases(app) == []


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"talk": False}, "NothingKept"),
        ({"stated_by": " "}, "WhoSaysSo"),
        ({"council": NO_TEAM}, "NoTeamThere"),
        ({"date_of_birth": "2013-01-01"}, "AloneUnder16"),
    ],
)
def test_the_rules_of_the_page_hold(app, says, said, rule):
    refused = says(**said)
    assert (refused.status_code, refused.json["title"]) == (422, rule)
    assert cases(app) == []


def test_it_takes_a_key_of_its_own_and_gives_nothing_back(app, says):
    token = token_of(app, Role.SERVICE_MANAGER)
    bearer = {"Authorization": f"Bearer {token}"}
    unkeyed = app.test_client().post(PATH, json=ANN, headers=bearer)
    assert (unkeyed.status_code, cases(app)) == (422, [])
    assert "Idempotency-Key" in unkeyed.json["errors"]["headers"]
    says()
    assert app.test_client().get(PATH, headers=bearer).status_code == 405
    assert app.test_client().get("/api/v1/referrals", headers=bearer).json == []
    assert app.test_client().post(PATH, json=ANN).status_code == 401
