"""An invitation goes out by e-mail, is given again, and dies with its account."""

from datetime import timedelta
from uuid import uuid4

import pytest
from accounts.credentials.post import (
    NEW,
    PHRASE,
    invite,
    letters,
    links_in,
    page_of,
    press,
    shown,
    signs_in,
)
from conftest import EMAILS, hidden_fields
from sqlalchemy import select
from support.html import read

from referral import clock
from referral.access.permissions import Role
from referral.accounts.users.models import ApiToken, User
from referral.audit.models import AuditEvent
from referral.db import db
from referral.demo.organisations import PASSWORD

GAIL = "gail@example.org"


@pytest.fixture
def administrator(as_role):
    return as_role(Role.ADMINISTRATOR)


def opens(app, link) -> bool:
    return app.test_client().get(link).status_code == 200


def test_the_invitation_that_is_shown_is_the_one_that_is_sent(app, administrator):
    link = invite(administrator)
    assert links_in(app, GAIL, "Your account is ready") == {link}
    assert "The invitation was sent" in administrator.get(page_of(administrator, GAIL)).text
    assert app.test_client().submit(link, NEW).status_code == 303
    assert signs_in(app, GAIL, PHRASE)
    assert not opens(app, link)


def test_an_invitation_that_is_taken_up_twice_by_one_press_leads_where_the_first_did(
    app, administrator
):
    link, browser = invite(administrator), app.test_client()
    filled = hidden_fields(browser.get(link).text) | NEW
    first, second = (browser.post(link, data=filled) for _ in range(2))
    assert (first.status_code, first.location) == (303, "/sign-in")
    assert (second.status_code, second.location) == (303, "/sign-in")
    assert browser.post(link, data=filled | {"submit_key": str(uuid4())}).status_code == 404


def test_another_invitation_ends_the_one_before(app, administrator):
    first = invite(administrator)
    page = page_of(administrator, GAIL)
    second = shown(press(administrator, page, f"{page}/invitation"))
    assert not opens(app, first)
    assert opens(app, second)
    assert links_in(app, GAIL, "Your account is ready") == {second}  # the first had not left yet


def test_an_invitation_that_ran_out_is_sent_again_from_the_account(app, administrator, monkeypatch):
    first = invite(administrator)
    later = clock.now() + timedelta(days=7, minutes=1)
    monkeypatch.setattr(clock, "source", lambda: later)
    assert not opens(app, first)
    administrator = again(administrator)
    page = page_of(administrator, GAIL)
    assert "opens nothing any more" in administrator.get(page).text
    assert opens(app, shown(press(administrator, page, f"{page}/invitation")))


def again(administrator):
    """The same person, signed in after a week."""
    said = {"email": EMAILS[Role.ADMINISTRATOR], "password": PASSWORD}
    assert administrator.submit("/sign-in", said).status_code == 303
    return administrator


@pytest.mark.parametrize("states", [("locked",), ("closed",), ("locked", "active")])
def test_an_unused_invitation_dies_when_its_account_is_locked_or_closed(app, administrator, states):
    link = invite(administrator)
    page = page_of(administrator, GAIL)
    with_form = hidden_fields(app.test_client().get(link).text)
    for state in states:
        assert press(administrator, page, f"{page}/{state}").status_code == 303
    assert not opens(app, link)
    assert app.test_client().post(link, data=with_form | NEW).status_code in {400, 404}
    assert letters(app, GAIL) == []  # what had not left does not leave
    with app.app_context():
        user = db.session.scalars(select(User).filter_by(email=GAIL)).one()
        assert user.password_hash == ""
        assert user.state == ("invited" if states[-1] == "active" else states[-1])


def test_closed_is_closed_and_begins_anew_only_by_an_invitation(app, administrator, as_role):
    manager = as_role(Role.SERVICE_MANAGER)
    email = EMAILS[Role.SERVICE_MANAGER]
    made = manager.submit("/tokens", {"name": "case system", "service": "all"})
    key = {"Authorization": "Bearer " + read(made.text).select_one("code").text}
    page = page_of(administrator, email)
    press(administrator, page, f"{page}/closed")
    assert "Unlock" not in administrator.get(page).text
    assert press(administrator, page, f"{page}/active").status_code == 409
    assert press(administrator, page, f"{page}/locked").status_code == 409
    link = shown(press(administrator, page, f"{page}/invitation"))
    assert app.test_client().submit(link, NEW).status_code == 303
    assert signs_in(app, email, PHRASE)
    program = app.test_client()
    assert program.get("/api/v1/referrals", headers=key).status_code == 401
    with app.app_context():
        assert db.session.scalars(select(ApiToken)).one().revoked_at
        tags = db.session.scalars(select(AuditEvent.tag).order_by(AuditEvent.seq)).all()
        assert "token:altered" in tags


def test_a_key_for_programs_does_not_follow_its_maker(app, administrator, as_role):
    manager = as_role(Role.SERVICE_MANAGER)
    made = manager.submit("/tokens", {"name": "case system", "service": "all"})
    key = {"Authorization": "Bearer " + read(made.text).select_one("code").text}
    page = page_of(administrator, EMAILS[Role.SERVICE_MANAGER])
    form = administrator.get(page).text
    other = read(form).select_one("option:-soup-contains('Glasgow City ADP services')")["value"]
    said = {"name": "X Y", "role": Role.SERVICE_MANAGER.value, "organisation": other}
    assert administrator.submit(page, said).status_code == 303
    assert app.test_client().get("/api/v1/referrals", headers=key).status_code == 401


def test_an_address_that_is_taken_leads_to_its_account(administrator):
    invite(administrator)
    page = page_of(administrator, GAIL)
    form = administrator.get("/accounts/invite").text
    team = read(form).select_one("option:-soup-contains('West arrest')")["value"]
    said = {"name": "G M", "email": GAIL, "role": Role.WORKER.value, "organisation": team}
    told = administrator.submit("/accounts/invite", said).text
    assert "was invited already. Send the invitation again" in told
    assert f'href="{page}"' in told
    press(administrator, page, f"{page}/closed")
    told = administrator.submit("/accounts/invite", said).text
    assert "was closed for good. You can invite them again" in told
    assert f'href="{page}"' in told


def test_who_is_in_is_not_invited_again(administrator):
    page = page_of(administrator, EMAILS[Role.WORKER])
    assert "Send the invitation again" not in administrator.get(page).text
    assert press(administrator, page, f"{page}/invitation").status_code == 409


def test_an_invitation_opens_neither_another_page_nor_an_answer(app, administrator):
    text = invite(administrator).removeprefix("/join/")
    for path in (f"/password/new/{text}", f"/a/{text}", f"/w/{text}", f"/join/{text}x"):
        assert not opens(app, path)
