"""A key for one service opens that service's referrals; for all of them only where so chosen."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from crowd import actor, hub, walk
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from referral.access.permissions import Role
from referral.accounts.users.key_actions import KeyDetails, make_token
from referral.accounts.users.models import ApiToken
from referral.clock import now
from referral.db import db
from referral.directory.models import Organisation, Service
from referral.handoff.followup.models import Appointment

PRODUCT = Path(__file__).parents[2] / "referral"
WRITES = {
    "reply": {"version": 1, "move": "start"},
    "outcome": {"version": 1, "move": "complete", "changes": {}},
    "appointments": {"starts_at": "2026-12-02T10:00:00Z"},
    "attempts": {"channel": "call", "result": "reached", "happened_at": "2026-11-26T10:00:00Z"},
    "attendance": {"version": 1, "took_place": True},
}


@pytest.fixture
def house(app):
    """A referral to the hub, and a second service of the hub's organisation."""
    with app.app_context():
        referral = walk(0, now())
        other = Service(name="Sauna for women", organisation_id=hub().organisation_id)
        db.session.add(other)
        db.session.commit()
        meeting = db.session.scalars(select(Appointment)).one()
        return {"hub": hub().id, "other": other.id, "all": None} | {
            "referral_id": referral.id,
            "appointment_id": meeting.id,
        }


@pytest.fixture
def program(app, house) -> Callable[[str], Callable]:
    """A program with a key for `hub`, `other` or `all`."""

    def having(which: str):
        with app.app_context():
            details = KeyDetails(which, house[which])
            _, text = make_token(details, actor(Role.SERVICE_WORKER), now())
            db.session.commit()
        head = {"Authorization": f"Bearer {text}"}
        return lambda method, path, body=None: app.test_client().open(
            path, method=method, json=body, headers=head
        )

    return having


def addresses(app, house) -> list[tuple[str, str]]:
    """Every address of the contract that names a record, with each method that it answers."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1/") and rule.arguments:
            path = rule.rule
            for name in rule.arguments:
                path = path.replace(f"<uuid:{name}>", str(house[name]))
            found += [(method, path) for method in rule.methods & {"GET", "POST"}]
    return sorted(found)


@pytest.mark.parametrize(("which", "listed"), [("hub", 1), ("all", 1), ("other", 0)])
def test_a_key_lists_the_referrals_of_its_service(program, which, listed):
    assert len(program(which)("GET", "/api/v1/referrals").json) == listed


def test_no_address_answers_for_another_service_of_the_organisation(app, house, program):
    bound = program("other")
    for method, path in addresses(app, house):
        body = None if method == "GET" else WRITES[path.rsplit("/", 1)[-1]]
        assert bound(method, path, body).status_code == 404, path
    accepted = program("hub")("GET", f"/api/v1/referrals/{house['referral_id']}")
    assert (accepted.status_code, accepted.json["state"]) == (200, "accepted")


def test_a_key_for_one_service_does_not_follow_it_to_another_organisation(app, house, program):
    bound = program("hub")
    with app.app_context():
        strange = Organisation(name="Elsewhere", kind="service provider")
        db.session.add(strange)
        db.session.flush()
        hub().organisation_id = strange.id
        db.session.commit()
    assert bound("GET", "/api/v1/referrals").json == []
    assert bound("GET", f"/api/v1/referrals/{house['referral_id']}").status_code == 404


def test_nobody_makes_a_key_for_a_service_of_somebody_else(app, house):
    with app.app_context():
        strange = Organisation(name="Elsewhere", kind="service provider")
        db.session.add(strange)
        db.session.flush()
        db.session.get_one(Service, house["other"]).organisation_id = strange.id
        with pytest.raises(NotFound):
            make_token(KeyDetails("x", house["other"]), actor(Role.SERVICE_MANAGER), now())


def test_whose_referrals_it_opens_is_chosen_and_shown(app, as_role):
    manager = as_role(Role.SERVICE_MANAGER)
    unsaid = manager.submit("/tokens", {"name": "Ledger"})
    assert unsaid.status_code == 422
    assert "Choose one service, or all" in unsaid.text
    assert 'value="Ledger"' in unsaid.text
    strange = manager.submit("/tokens", {"name": "Ledger", "service": str(uuid.uuid4())})
    assert strange.status_code == 422
    with app.app_context():
        own = db.session.scalars(
            select(Service).where(
                Service.organisation_id == actor(Role.SERVICE_MANAGER).organisation_id
            )
        ).first()
        number, name = str(own.id), own.name
    made = manager.submit("/tokens", {"name": "Ledger", "service": number})
    assert f"Ledger, for {name}" in made.text
    whole = manager.submit("/tokens", {"name": "Sheet", "service": "all"})
    assert "Sheet, for all services" in whole.text
    with app.app_context():
        kept = select(ApiToken.service_id).where(ApiToken.name.in_(["Ledger", "Sheet"]))
        assert set(map(str, db.session.scalars(kept))) == {number, "None"}


def test_which_services_somebody_acts_for_is_asked_in_one_place():
    asked = "Service.organisation_id == actor.organisation_id"
    places = [path.name for path in PRODUCT.rglob("*.py") if asked in path.read_text()]
    assert places == ["queries.py"]
