"""Each page by each role: let in, or turned away; and strangers see the door."""

import pytest

from referral.access.permissions import Role

DESK = {Role.CUSTODY_OFFICER, Role.CUSTODY_SUPERVISOR}
TEAM = {Role.WORKER, Role.PEER, Role.TEAM_LEAD}
PAGES = {
    "/custody/": DESK,
    "/custody/bookings/new": DESK,
    "/cases": TEAM,
    "/inbox": {Role.SERVICE_WORKER, Role.SERVICE_MANAGER},
    "/access": set(Role),
}
NOBODY = "00000000-0000-4000-8000-000000000000"
RECORDS = {
    f"/custody/bookings/{NOBODY}": DESK,
    f"/cases/{NOBODY}": {Role.WORKER, Role.TEAM_LEAD},
    f"/inbox/{NOBODY}": {Role.SERVICE_WORKER, Role.SERVICE_MANAGER},
}


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_a_role_enters_its_own_pages_and_no_others(as_role, role):
    browser = as_role(role)
    for page, allowed in PAGES.items():
        assert browser.get(page).status_code == (200 if role in allowed else 403), page
    for page, allowed in RECORDS.items():
        assert browser.get(page).status_code == (404 if role in allowed else 403), page
    assert browser.get("/").status_code == 302


def test_a_stranger_is_sent_to_the_door(app):
    browser = app.test_client()
    for page in [*PAGES, *RECORDS, "/"]:
        answer = browser.get(page)
        assert (answer.status_code, answer.location) == (302, "/sign-in")


def test_the_headers_forbid_other_hosts_and_keeping_a_copy(app):
    answer = app.test_client().get("/sign-in")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unknown_host_is_refused(app):
    assert app.test_client().get("/sign-in", headers={"Host": "evil.example"}).status_code == 400
