"""A service's program: the same referrals, the same consent, the same rules as its pages."""

import json
import uuid

import pytest
from conftest import EMAILS
from journeys.test_whole_loop import accept, book, hand_over
from sqlalchemy import select

from referral.access.permissions import Role
from referral.accounts.users.key_actions import KeyDetails, make_token, revoke_token
from referral.accounts.users.models import ApiToken, User
from referral.clock import now
from referral.db import db


def token_of(app, role) -> str:
    """A token that somebody of a role made."""
    with app.app_context():
        maker = db.session.scalars(select(User).filter_by(email=EMAILS[role])).one()
        _, text = make_token(KeyDetails("case system", None), maker.actor, now())
        db.session.commit()
    return text


@pytest.fixture
def program(app, as_role):
    """Call the API as the recovery service's program; one referral waits for it."""
    desk, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    accept(desk, book(desk))
    hand_over(worker)
    browser, token = app.test_client(), token_of(app, Role.SERVICE_WORKER)

    def call(method, path, body=None, **headers):
        headers = {"Authorization": f"Bearer {token}"} | headers
        return browser.open(f"/api/v1{path}", method=method, json=body, headers=headers)

    return call


def test_a_program_answers_books_and_says_what_happened(program):
    [waiting] = program("GET", "/referrals").json
    assert waiting["state"] == "requested"
    assert "McAlister" not in json.dumps(waiting)
    address = f"/referrals/{waiting['id']}"
    whole = program("GET", address).json
    assert whole["person"]["name"] == "Jim McAlister"
    assert whole["person"]["needs"] == ["DRUG"]
    assert whole["person"]["date_of_birth"] is None  # not at the level agreed
    told = {"version": whole["version"], "move": "accept"}
    accepted = program("POST", f"{address}/reply", told)
    assert (accepted.status_code, accepted.json["state"]) == (200, "accepted")
    when = {"starts_at": now().isoformat(), "place": "Hub"}
    booked = program("POST", f"{address}/appointments", when).json
    [meeting] = booked["appointments"]
    said = {"version": meeting["version"], "took_place": True, "came": True}
    came = program("POST", f"/appointments/{meeting['id']}/attendance", said).json
    assert came["state"] == "in-progress"
    ending = {"version": came["version"], "move": "complete", "reason": "COMPL", "changes": {}}
    refused = program("POST", f"{address}/outcome", ending)
    assert (refused.status_code, refused.json["title"]) == (422, "OutcomeNeeded")
    ended = program("POST", f"{address}/outcome", ending | {"changes": {"DRUG": "better"}})
    assert ended.json["state"] == "completed"


def test_the_same_write_sent_twice_is_done_once(program):
    [waiting] = program("GET", "/referrals").json
    address = f"/referrals/{waiting['id']}"
    accept_it = {"version": waiting["version"], "move": "accept"}
    program("POST", f"{address}/reply", accept_it)
    key = {"Idempotency-Key": str(uuid.uuid4())}
    when = {"starts_at": now().isoformat()}
    first = program("POST", f"{address}/appointments", when, **key)
    second = program("POST", f"{address}/appointments", when, **key)
    assert first.status_code == second.status_code == 200
    assert len(second.json["appointments"]) == 1


def test_a_key_belongs_to_one_write_and_may_stand_in_quotation_marks(program):
    [waiting] = program("GET", "/referrals").json
    address = f"/referrals/{waiting['id']}"
    program("POST", f"{address}/reply", {"version": waiting["version"], "move": "accept"})
    number = str(uuid.uuid4())
    when = {"starts_at": "2026-12-02T10:00:00Z"}
    booked = program("POST", f"{address}/appointments", when, **{"Idempotency-Key": f'"{number}"'})
    again = program("POST", f"{address}/appointments", when, **{"Idempotency-Key": number})
    assert (booked.status_code, again.status_code) == (200, 200)
    later = {"starts_at": "2026-12-03T10:00:00Z"}
    for elsewhere, body in (("appointments", later), ("attempts", when)):
        other = program("POST", f"{address}/{elsewhere}", body, **{"Idempotency-Key": number})
        assert other.status_code == 422
    assert len(program("GET", address).json["appointments"]) == 1


def test_what_is_not_known_or_stale_is_refused_as_a_problem(program):
    [waiting] = program("GET", "/referrals").json
    address = f"/referrals/{waiting['id']}/reply"
    body = {"version": waiting["version"], "move": "accept"}
    unknown = program("POST", address, body | {"nmae": "x"})
    assert unknown.status_code == 422
    assert unknown.mimetype == "application/problem+json"
    assert "nmae" in unknown.text
    stale = program("POST", address, body | {"version": 99})
    assert (stale.status_code, stale.json["title"]) == (409, "StaleEdit")
    assert program("GET", f"/referrals/{uuid.uuid4()}").status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("act", "body", "missing"),
    [
        ("reply", {"version": 1}, "move"),
        ("reply", {"move": "accept"}, "version"),
        ("outcome", {"version": 1, "changes": {}}, "move"),
        ("outcome", {"version": 1, "move": "complete"}, "changes"),
        ("appointments", {"place": "Hub"}, "starts_at"),
    ],
)
def test_a_field_without_which_nothing_is_said_is_asked_for(program, act, body, missing):
    [waiting] = program("GET", "/referrals").json
    refused = program("POST", f"/referrals/{waiting['id']}/{act}", body)
    assert refused.status_code == 422
    assert missing in refused.text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("page", "status"), [(0, 422), (1, 200), (10_000, 200), (10_001, 422), ("x", 422)]
)
def test_a_page_of_the_list_is_a_number_from_one_to_ten_thousand(program, page, status):
    assert program("GET", f"/referrals?page={page}").status_code == status


def test_another_organisation_does_not_learn_that_a_referral_exists(program, app):
    [waiting] = program("GET", "/referrals").json
    other = {"Authorization": f"Bearer {token_of(app, Role.SERVICE_MANAGER)}"}
    browser = app.test_client()
    assert browser.get("/api/v1/referrals", headers=other).json == []
    address = f"/api/v1/referrals/{waiting['id']}"
    assert browser.get(address, headers=other).status_code == 404


def test_a_token_of_another_role_no_token_a_cookie_and_a_revoked_one_do_not_enter(app, as_role):
    browser = app.test_client()
    assert browser.get("/api/v1/referrals").status_code == 401
    assert as_role(Role.SERVICE_WORKER).get("/api/v1/referrals").status_code == 401
    officer = {"Authorization": f"Bearer {token_of(app, Role.CUSTODY_OFFICER)}"}
    assert browser.get("/api/v1/referrals", headers=officer).status_code == 403
    text = token_of(app, Role.SERVICE_WORKER)
    with app.app_context():
        newest = select(ApiToken).order_by(ApiToken.made_at.desc(), ApiToken.id)
        token = db.session.scalars(newest).first()
        revoke_token(token, token.actor, now())
        db.session.commit()
    gone = {"Authorization": f"Bearer {text}"}
    assert browser.get("/api/v1/referrals", headers=gone).status_code == 401


def test_the_contract_and_its_readable_page_are_public(app):
    browser = app.test_client()
    spec = browser.get("/api/openapi.json").json
    assert "/api/v1/referrals/{referral_id}/reply" in spec["paths"]
    assert "Book an appointment" in browser.get("/api/v1/reference").text
