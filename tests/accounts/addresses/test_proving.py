"""A service's new address carries nothing until a second person typed in what was sent there."""

from datetime import timedelta

import pytest
from crowd import actor, hub
from sqlalchemy import select
from support.html import address

from referral.access.permissions import Role
from referral.accounts.addresses.actions import CodeOver, NotTheSecond, ask_for, forget, prove
from referral.accounts.addresses.models import CODE_LASTS, MOST_TRIES, AddressChange
from referral.accounts.addresses.queries import digits_to, filled_code, may_prove, open_change
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.clock import now
from referral.db import db
from referral.directory.actions import CapacityDetails, say_capacity
from referral.post.messages.models import Message

NEW, SECOND = "new.hub@example.org", timedelta(seconds=1)
AT = now()


@pytest.fixture
def inside(app):
    with app.app_context():
        yield app
        db.session.rollback()
        db.session.remove()


def typed(by, address_: str = NEW, **more) -> AddressChange | None:
    """Somebody saves the hub with another address; what waits for its code then."""
    service = hub()
    said = CapacityDetails("capacity", email=address_, **more)
    say_capacity(service, said, service.version, by, AT)
    return open_change(service.id)


def sent() -> list[tuple[str, str]]:
    """The messages about addresses, and to whom they go."""
    rows = select(Message.name, Message.to).where(Message.name.like("address-%"))
    return sorted(tuple(row) for row in db.session.execute(rows.order_by(Message.id)))


def colleague() -> object:
    """Another one who signs in for the hub."""
    first = db.session.get_one(User, actor(Role.SERVICE_WORKER).user_id)
    other = User(name="Ann Ray", email="ann.ray@example.org", role=Role.SERVICE_WORKER.value)
    other.organisation, other.organisation_id = first.organisation, first.organisation_id
    other.password_hash = first.password_hash
    db.session.add(other)
    db.session.flush()
    return other.actor


def test_until_it_is_proved_everything_goes_to_the_old_one_which_is_told_at_once(inside):
    old, by = hub().email, actor(Role.SERVICE_WORKER)
    change = typed(by)
    assert (hub().email, change.address) == (old, NEW)
    assert sent() == [("address-code", NEW), ("address-typed", old)]
    second = colleague()
    assert prove(change, digits_to(change), second, AT)
    assert (hub().email, change.confirmed_by) == (NEW, "Ann Ray")
    assert open_change(hub().id) is None


def test_whoever_typed_it_cannot_prove_it_and_neither_can_an_administrator(inside):
    by, admin = actor(Role.SERVICE_WORKER), actor(Role.ADMINISTRATOR)
    change = typed(by)
    for nobody in (by, admin, actor(Role.SERVICE_MANAGER)):  # the last is of another service
        assert not may_prove(nobody, change)
        with pytest.raises(NotTheSecond):
            prove(change, digits_to(change), nobody, AT)
    assert hub().email != NEW


def test_the_team_rings_only_where_nobody_else_signs_in_for_the_service(inside):
    worker, admin = actor(Role.WORKER), actor(Role.ADMINISTRATOR)
    phone = hub().phone
    change = typed(admin)
    assert not may_prove(worker, change)  # somebody of the hub can sign in
    user = db.session.get_one(User, actor(Role.SERVICE_WORKER).user_id)
    user.state = UserState.LOCKED
    db.session.flush()
    assert may_prove(worker, change)
    assert change.phone == phone
    assert prove(change, digits_to(change), worker, AT)
    assert hub().email == NEW


def test_the_code_ends_after_five_wrong_ones_and_after_three_days(inside):
    change, second = typed(actor(Role.SERVICE_WORKER)), colleague()
    digits, wrong = digits_to(change), "12"
    for _ in range(MOST_TRIES):
        assert not prove(change, wrong, second, AT)
    with pytest.raises(CodeOver):
        prove(change, digits, second, AT)
    again = typed(actor(Role.SERVICE_WORKER))
    assert digits_to(again) != digits
    assert filled_code(again.id, AT + CODE_LASTS - SECOND)["code"] == digits_to(again)
    assert filled_code(again.id, AT + CODE_LASTS) is None
    with pytest.raises(CodeOver):
        prove(again, digits_to(again), second, AT + CODE_LASTS)
    assert hub().email != NEW


def test_where_the_old_one_is_dead_nothing_goes_anywhere_and_without_one_too(inside):
    change = typed(actor(Role.SERVICE_WORKER), old_is_dead=True)
    assert (hub().email, change.address) == ("", NEW)
    assert sent() == [("address-code", NEW)]  # to whom should it be told?
    assert typed(actor(Role.SERVICE_WORKER), "") == change
    assert hub().email == ""


def test_it_is_forgotten_and_typed_twice_is_typed_once(inside):
    by, old = actor(Role.SERVICE_WORKER), hub().email
    change = typed(by)
    ask_for(hub(), NEW, "", by, AT)
    assert open_change(hub().id) == change
    other = typed(by, "newer.hub@example.org")
    assert change.ended_at
    assert typed(by, old) == other  # a form saved untouched changes nothing
    forget(hub(), by, AT)
    assert open_change(hub().id) is None
    assert hub().email == old


def test_a_colleague_types_the_code_on_a_page_that_who_changed_it_cannot_use(app, as_role):
    browser = as_role(Role.SERVICE_WORKER)
    with app.app_context():
        change = typed(actor(Role.ADMINISTRATOR))
        digits, number = digits_to(change), change.id
        db.session.commit()
    page = address(browser.get("/addresses").text, "/addresses/[0-9a-f-]{36}")
    assert page == f"/addresses/{number}"
    assert as_role(Role.WORKER).get(page).status_code == 404
    assert as_role(Role.SERVICE_MANAGER).get(page).status_code == 404
    refused = browser.submit(page, {"code": "000"})
    assert refused.status_code == 422
    assert "That code is wrong" in refused.text
    with app.app_context():
        assert db.session.get_one(AddressChange, number).tries == 1
    assert browser.submit(page, {"code": digits}).status_code == 303
    with app.app_context():
        assert hub().email == NEW
