"""Each page by each role: let in, or turned away; and strangers see the door."""

import re

import pytest

from referral.access.permissions import Role

DESK = {Role.CUSTODY_OFFICER, Role.CUSTODY_SUPERVISOR}
WORKERS = {Role.WORKER, Role.TEAM_LEAD}
SERVICE = {Role.SERVICE_WORKER, Role.SERVICE_MANAGER}
CASE_PAGES = (
    "",
    "/give",
    "/hand-off",
    "/unmet",
    "/close",
    "/agreements",
    "/assessment",
    "/timeline",
    "/plan",
    "/plan/back",
    f"/reviews/{'00000000-0000-4000-8000-000000000000'}",
)
INBOX_PAGES = ("", "/handler", "/appointments", "/attempts", "/end")
TEAM = {Role.WORKER, Role.PEER, Role.TEAM_LEAD}
PAGES = {
    "/custody/": DESK,
    "/custody/bookings/new": DESK,
    "/cases": TEAM,
    "/inbox": {Role.SERVICE_WORKER, Role.SERVICE_MANAGER},
    "/access": set(Role),
    "/outreach": WORKERS,
    "/stops": WORKERS,
    "/outreach.pdf": WORKERS,
    "/alerts": {Role.ADP_ANALYST},
    "/late": {Role.TEAM_LEAD, Role.SERVICE_MANAGER},
    "/password": set(Role),
    "/second-factor/set-up": set(Role),
    "/reports/outcomes": {Role.ADP_ANALYST, Role.CJS_ANALYST, Role.TEAM_LEAD},
    "/reports/unmet": {Role.ADP_ANALYST, Role.CJS_ANALYST, Role.TEAM_LEAD},
    "/directory": {Role.ADMINISTRATOR},
    "/directory/centres/new": {Role.ADMINISTRATOR},
    "/directory/organisations/new": {Role.ADMINISTRATOR},
    "/directory/services/new": {Role.ADMINISTRATOR},
    "/directory/codes/need": {Role.ADMINISTRATOR},
    "/directory/deadlines": {Role.ADMINISTRATOR},
    "/instruments": {Role.ADMINISTRATOR},
    "/accounts": {Role.ADMINISTRATOR},
    "/accounts/invite": {Role.ADMINISTRATOR},
    "/services": {Role.SERVICE_MANAGER},
    "/tokens": {Role.SERVICE_MANAGER},
    "/trail": {Role.GUARDIAN},
    "/duplicates": {Role.TEAM_LEAD},
    "/joinings": {Role.GUARDIAN},
    "/mailbox": {Role.ADMINISTRATOR},
    "/jobs": {Role.ADMINISTRATOR},
    "/undelivered": set(Role),
}
ELSEWHERE = {  # their own tests hold who enters
    "/",
    "/second-factor",
    "/reports/outcomes.csv",
    "/reports/outcomes.pdf",
    "/api/v1/referrals",
    "/api/v1/referrals/<>",
    "/directory/centres/<>",
    "/directory/organisations/<>",
    "/directory/services/<>",
    "/directory/codes/<>",
    "/directory/codes/<>/<>/<>",
    "/directory/deadlines/<>",
}
NOBODY = "00000000-0000-4000-8000-000000000000"
RECORDS = {
    f"/custody/bookings/{NOBODY}": DESK,
    **dict.fromkeys((f"/cases/{NOBODY}{page}" for page in CASE_PAGES), WORKERS),
    f"/referrals/{NOBODY}": WORKERS,
    f"/referrals/{NOBODY}/letter.pdf": WORKERS,
    f"/referrals/{NOBODY}/card.pdf": WORKERS,
    f"/referrals/{NOBODY}/reply": WORKERS,
    f"/referrals/{NOBODY}/reply/end": WORKERS,
    f"/assessments/{NOBODY}": WORKERS,
    f"/stops/{NOBODY}/call": WORKERS,
    f"/alerts/{NOBODY}": DESK | TEAM,
    f"/alerts/{NOBODY}/hand-out.pdf": DESK | TEAM,
    **dict.fromkeys((f"/inbox/{NOBODY}{page}" for page in INBOX_PAGES), SERVICE),
    f"/inbox/appointments/{NOBODY}/not-held": SERVICE,
    f"/custody/bookings/{NOBODY}/warning": DESK,
    f"/custody/bookings/{NOBODY}/release": DESK,
    f"/custody/bookings/{NOBODY}/hand-off": DESK,
    f"/custody/bookings/{NOBODY}/still-true": DESK,
    f"/cases/{NOBODY}/same-as/{NOBODY}": {Role.TEAM_LEAD},
    f"/joinings/{NOBODY}/part": {Role.TEAM_LEAD},
    f"/joinings/{NOBODY}/seen": {Role.GUARDIAN},
    f"/accounts/{NOBODY}": {Role.ADMINISTRATOR},
    f"/accounts/{NOBODY}/second-factor/reset": {Role.ADMINISTRATOR},
    f"/services/{NOBODY}": {Role.SERVICE_MANAGER},
}


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_a_role_enters_its_own_pages_and_no_others(as_role, role):
    browser = as_role(role)
    for page, allowed in PAGES.items():
        assert browser.get(page).status_code == (200 if role in allowed else 403), page
    for page, allowed in RECORDS.items():
        assert browser.get(page).status_code == (404 if role in allowed else 403), page
    assert browser.get("/").status_code == 302


def test_every_page_that_can_be_read_is_in_this_table(app):
    """So that a new page cannot be forgotten here."""
    known = {re.sub(NOBODY, "<>", page) for page in [*PAGES, *RECORDS]} | ELSEWHERE
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "GET" in rule.methods and getattr(view, "permission", None):
            assert re.sub(r"<[^>]*>", "<>", rule.rule) in known, rule.rule


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
