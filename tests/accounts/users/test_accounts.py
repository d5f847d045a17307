"""Invite, join, lock, change; keys for programs; and the guardian's search."""

from datetime import timedelta

from conftest import EMAILS
from support.html import read, send, words

from referral import clock
from referral.access.permissions import Role
from referral.demo.organisations import PASSWORD

NEW = {"name": "Gail Moir", "email": "gail@example.org", "role": Role.WORKER.value}


def organisation(administrator, name):
    page = administrator.get("/accounts/invite").text
    return read(page).select_one(f"option:-soup-contains('{name}')")["value"]


def invited(administrator):
    said = NEW | {"organisation": organisation(administrator, "West arrest")}
    page = administrator.submit("/accounts/invite", said)
    return read(page.text).select_one("code").text.removeprefix("http://127.0.0.1:8000")


def page_of(administrator, email):
    listed = administrator.get("/accounts").text
    row = next(one for one in read(listed).select("tr") if email in words(one).split())
    return row.select_one("a")["href"]


def test_who_is_invited_joins_once_with_a_password_of_their_own(as_role, app):
    administrator = as_role(Role.ADMINISTRATOR)
    link = invited(administrator)
    newcomer = app.test_client()
    weak = newcomer.submit(link, {"password": "password1234", "again": "password1234"})
    assert "nothing that is easy to guess" in weak.text
    other = newcomer.submit(link, {"password": "a heather hill", "again": "a heather hall"})
    assert "not the same" in other.text
    own = {"password": "a heather hill", "again": "a heather hill"}
    assert newcomer.submit(link, own).status_code == 303
    assert newcomer.get(link).status_code == 404
    entered = {"email": "gail@example.org", "password": "a heather hill"}
    assert newcomer.submit("/sign-in", entered).status_code == 303
    assert newcomer.get("/cases").status_code == 200


def test_who_was_invited_and_has_not_joined_is_refused_like_a_stranger(as_role, app):
    invited(as_role(Role.ADMINISTRATOR))
    refused = app.test_client().submit("/sign-in", {"email": NEW["email"], "password": "x"})
    assert refused.status_code == 422
    assert "is wrong, or there were too many tries" in refused.text


def test_an_address_twice_and_a_role_that_does_not_fit_are_told(as_role):
    administrator = as_role(Role.ADMINISTRATOR)
    invited(administrator)
    again = NEW | {"organisation": organisation(administrator, "West arrest")}
    assert "was invited already" in administrator.submit("/accounts/invite", again).text
    there = administrator.submit("/accounts/invite", again | {"email": EMAILS[Role.WORKER]}).text
    assert "already has an account" in there
    assert "Open the account of Morag Sim" in there
    wrong = again | {"email": "x@example.org", "role": Role.CUSTODY_OFFICER.value}
    assert "does not belong" in administrator.submit("/accounts/invite", wrong).text


def test_who_is_locked_is_out_at_once_and_unlocked_may_enter_again(as_role):
    administrator, worker = as_role(Role.ADMINISTRATOR), as_role(Role.WORKER)
    page = page_of(administrator, EMAILS[Role.WORKER])
    assert send(administrator, page, f"{page}/locked").status_code == 303
    assert worker.get("/cases").location == "/sign-in"
    refused = worker.submit("/sign-in", {"email": EMAILS[Role.WORKER], "password": PASSWORD})
    assert refused.status_code == 422
    send(administrator, page, f"{page}/active")
    as_role(Role.WORKER)


def test_a_changed_role_counts_from_the_next_request(as_role):
    administrator, worker = as_role(Role.ADMINISTRATOR), as_role(Role.WORKER)
    page = page_of(administrator, EMAILS[Role.WORKER])
    team = organisation(administrator, "West arrest")
    said = {"name": "Morag Sim", "role": Role.PEER.value, "organisation": team}
    assert administrator.submit(page, said).status_code == 303
    assert worker.get("/cases").location == "/sign-in"


def test_the_last_administrator_stays(as_role):
    administrator = as_role(Role.ADMINISTRATOR)
    page = page_of(administrator, EMAILS[Role.ADMINISTRATOR])
    assert send(administrator, page, f"{page}/locked").status_code == 422
    assert administrator.get("/accounts").status_code == 200


def test_a_changed_password_ends_every_sign_in(as_role):
    first, second = as_role(Role.WORKER), as_role(Role.WORKER)
    new = {"password": "seven wet hills", "again": "seven wet hills"}
    assert "not your current password" in first.submit("/password", new | {"old": "x"}).text
    assert first.submit("/password", new | {"old": PASSWORD}).status_code == 303
    assert second.get("/cases").location == "/sign-in"


def test_a_token_is_shown_once_works_and_is_revoked(as_role, app):
    manager = as_role(Role.SERVICE_MANAGER)
    made = manager.submit("/tokens", {"name": "case system", "service": "all"})
    token = read(made.text).select_one("code").text
    assert token not in manager.get("/tokens").text
    headers = {"Authorization": f"Bearer {token}"}
    program = app.test_client()
    assert program.get("/api/v1/referrals", headers=headers).status_code == 200
    assert send(manager, "/tokens", "/tokens/.*/revoke").status_code == 303
    assert program.get("/api/v1/referrals", headers=headers).status_code == 401


def test_a_guardian_finds_who_did_what_and_the_search_is_an_event_too(as_role):
    as_role(Role.WORKER)
    guardian = as_role(Role.GUARDIAN)
    found = guardian.submit("/trail", {"email": EMAILS[Role.WORKER], "tag": "account:signed-in"})
    assert "Morag Sim" in found.text
    assert "Kirsty Ross" not in found.text
    assert "Trail: searched</td>" in guardian.get("/trail").text
    assert "The chain is sound" in guardian.submit("/trail", {"as": "verify"}).text
    listed = guardian.submit("/trail", {"as": "csv"})
    assert listed.text.startswith("number,at,what")
    wrong = guardian.submit("/trail", {"record_id": "12"})
    assert "Type the whole number" in wrong.text


def test_at_a_shared_desk_an_idle_sign_in_ends_after_ten_minutes(as_role, monkeypatch):
    officer, worker = as_role(Role.CUSTODY_OFFICER), as_role(Role.WORKER)
    later = clock.now() + timedelta(minutes=12)
    monkeypatch.setattr(clock, "source", lambda: later)
    assert officer.get("/custody/").location == "/sign-in"
    assert worker.get("/cases").status_code == 200
