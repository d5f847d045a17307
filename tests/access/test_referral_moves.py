"""A referral's state by move by role, tried whole over the real pages and the API."""

from functools import cache
from uuid import uuid4

import pytest
from conftest import hidden_fields
from crowd import actor, hub, walk
from flask.testing import FlaskClient
from handoff.referrals.test_states import TABLE
from sqlalchemy import select, update

from referral.access.permissions import Role
from referral.accounts.users.key_actions import KeyDetails, make_token
from referral.accounts.users.models import User
from referral.clock import now
from referral.db import db
from referral.handoff.referrals.models import Referral, ReferralEvent
from referral.handoff.referrals.states import ENDED_STATES, Move, ReferralState

# which column of the table of states each role may use: the team's, the service's, or none
SIDES = {
    Role.WORKER: 0,
    Role.TEAM_LEAD: 0,
    Role.SERVICE_WORKER: 1,
    Role.SERVICE_MANAGER: 1,
    "program": 1,
}
REASONS = {
    "reject": "CAP", "cancel": "WITHDREW", "hold": "REMAND", "complete": "COMPL", "fail": "REACH",
}  # fmt: skip
ENDS = {"complete", "fail"}
# 1,440 attempts; the engine has no part in what is allowed, and the journeys walk on both
sqlite_alone = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def site(app, as_role):
    """A referral to the hub, and a browser for each role; the manager is the hub's own."""
    with app.app_context():
        number = walk(0, now()).id
        moved = update(User).where(User.id == actor(Role.SERVICE_MANAGER).user_id)
        db.session.execute(moved.values(organisation_id=hub().organisation_id))
        _, token = make_token(KeyDetails("case system", None), actor(Role.SERVICE_WORKER), now())
        db.session.commit()
    program = app.test_client()
    program.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return number, cache(lambda role: program if role == "program" else signed_in(as_role, role))


def signed_in(as_role, role: Role):
    """A browser of a role that knows the token of its forms."""
    browser = as_role(role)
    browser.csrf = hidden_fields(browser.get("/access").text)["csrf_token"]
    return browser


def put_into(app, number, state: str) -> int:
    """Set the referral down in a state, as if it had come there; returns its version."""
    with app.app_context():
        referral = db.session.get_one(Referral, number)
        referral.state, referral.note = state, str(uuid4())
        referral.sent_at = None if state == "draft" else now()
        referral.ended_at = now() if state in {s.value for s in ENDED_STATES} else None
        db.session.commit()
        return referral.version


def standing(app, number) -> tuple[str, str]:
    """The state of the referral now, and its last move."""
    with app.app_context():
        moves = select(ReferralEvent.move).filter_by(referral_id=number)
        last = db.session.scalars(moves.order_by(ReferralEvent.number.desc()).limit(1)).one()
        return db.session.get_one(Referral, number).state, last


def attempt(site, role, move: str, version: int):
    """Send a move as a role would, with all that the move could need."""
    number, enter = site
    reason = REASONS.get(move, "")
    said = {"version": str(version), "move": move, "note": "a reason in words"}
    if role == "program":
        path = f"/api/v1/referrals/{number}/{'outcome' if move in ENDS else 'reply'}"
        body = said | {"reason": reason or None}
        body |= {"changes": {"DRUG": "better"}} if move in ENDS else {}
        body["version"] = version
        return enter(role).post(path, json=body)
    browser = enter(role)
    team = SIDES.get(role) == 0
    path = f"/referrals/{number}" if team else f"/inbox/{number}"
    path += "/end" if move in ENDS and not team else ""
    form = {"change_DRUG": "better", "submit_key": str(uuid4())}
    form |= {"csrf_token": browser.csrf, "reason": f"{move}:{reason}" if reason else ""}
    return FlaskClient.open(browser, path, method="POST", data=said | form)  # not validated again


@pytest.fixture
def tried(app, site):
    """Try all moves of a role in a state; returns what did not go as the table says."""
    number, _ = site

    def all_moves(role, state: ReferralState) -> list[tuple]:
        entries = TABLE[state.value][SIDES[role]].split()
        legal, wrong = dict(entry.split(">") for entry in entries), []
        version = put_into(app, number, state.value)
        stood = standing(app, number)
        for move in Move:
            answer = attempt(site, role, move.value, version)
            leads = legal.get(move.value)
            target = state.value if leads == "stays" else leads
            after, done = standing(app, number), answer.status_code in {200, 303}
            if done != bool(leads) or after != ((target, move.value) if leads else stood):
                wrong.append((role, state.value, move.value, answer.status_code, after))
            if done:
                version = put_into(app, number, state.value)
                stood = standing(app, number)
        return wrong

    return all_moves


@sqlite_alone
@pytest.mark.parametrize("role", list(SIDES), ids=str)
def test_a_role_makes_just_the_moves_of_its_side_in_each_state(tried, role):
    assert [wrong for state in ReferralState for wrong in tried(role, state)] == []


@sqlite_alone
def test_every_other_role_can_make_no_move_in_any_state(app, site):
    number, _ = site
    for state in ReferralState:
        version = put_into(app, number, state.value)
        stood = standing(app, number)
        for role in set(Role) - SIDES.keys():
            answers = {attempt(site, role, move.value, version).status_code for move in Move}
            assert answers == {403}, (role, state)
        assert standing(app, number) == stood
