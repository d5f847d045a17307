"""Each list is walked by what stands on its pages, to the last row and no further."""

import re
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from conftest import EMAILS
from crowd import actor
from sqlalchemy import delete, func, select
from support.html import press, pressable, read, words
from web.long import MANY, fill
from werkzeug.http import parse_options_header

from referral import clock
from referral.access.permissions import Role
from referral.accounts.users.key_actions import KeyDetails, make_token
from referral.accounts.users.models import User
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.clock import now
from referral.db import db
from referral.demo.organisations import PASSWORD
from referral.directory.models import Code, CustodyCentre, Organisation, Service
from referral.jobs.models import Job
from referral.oversight.queries import TrailSearch, every_deed
from referral.web.paging import FEW

SIZE = 50
SIZES = {"of those who changed their mind": FEW, "of your services": FEW} | dict.fromkeys(
    ("of what was corrected", "of files"), FEW
)  # beside a longer list
HERE = MANY + 1  # the one that was copied is in the cells too
# who, page, which list of the page, what tells its rows apart, and how many there are
LISTS = (
    (Role.CUSTODY_OFFICER, "/custody/?names=yes", "", "/custody/bookings/ID", HERE),
    (Role.CUSTODY_OFFICER, "/custody/left", "", "/custody/bookings/ID/stay", 2 * MANY),
    (Role.SERVICE_WORKER, "/inbox", "", "/inbox/ID", HERE),
    (Role.SERVICE_WORKER, "/inbox", "of those who changed their mind", "/stops/ID/confirm", MANY),
    (Role.SERVICE_WORKER, "/inbox", "of your services", ".app-places__one label", MANY + 2),
    (Role.TEAM_LEAD, "/late", "", "/cases/ID", 2 * MANY),
    (Role.TEAM_LEAD, "/late", "of services that have not confirmed", "/stops/ID/call", MANY),
    (Role.TEAM_LEAD, "/late", "of messages from family", "#family li", MANY),
    (Role.SERVICE_MANAGER, "/late", "", "/inbox/ID", MANY),
    (Role.WORKER, "/stops", "", "/stops/ID/call", MANY),
    (Role.WORKER, "/outreach", "", "/cases/ID", HERE),
    (Role.TEAM_LEAD, "/duplicates", "of joined records", "/joinings/ID/part", MANY),
    (Role.WORKER, "/cases/{case}", "of messages", "/cases/ID/messages/ID/stop", MANY),
    (Role.WORKER, "/cases/messages", "", "/cases/messages/ID/over", MANY),
    (Role.WORKER, "/cases/{case}/notes", "", "/cases/ID/notes/ID/correct", MANY),
    (Role.GUARDIAN, "/joinings", "", "/joinings/ID/seen", MANY),
    (Role.ADMINISTRATOR, "/undelivered", "", "/undelivered/ID/settle", MANY),
    (Role.ADMINISTRATOR, "/accounts", "", "/accounts/ID", User),
    (Role.SERVICE_MANAGER, "/tokens", "", "/tokens/ID/revoke", MANY),
    (Role.CJS_ANALYST, "/editions", "", "/editions/ID/check", MANY),
    (Role.ADMINISTRATOR, "/official", "of figures", "/official/throughput/ID/correct", MANY),
    (Role.ADMINISTRATOR, "/official", "of what was corrected", "details.govuk-details li", MANY),
    (Role.ADMINISTRATOR, "/official", "of files", "/official/daisy/ID/take-back", MANY),
    (Role.ADP_ANALYST, "/alerts", "", "/alerts/ID/end", MANY),
    (Role.SERVICE_MANAGER, "/services", "", "/services/ID", MANY + 2),
    (
        Role.ADMINISTRATOR,
        "/directory",
        "of custody centres",
        "/directory/centres/ID",
        CustodyCentre,
    ),
    (
        Role.ADMINISTRATOR,
        "/directory",
        "of organisations",
        "/directory/organisations/ID",
        Organisation,
    ),
    (Role.ADMINISTRATOR, "/directory", "of services", "/directory/services/ID", Service),
    (Role.ADMINISTRATOR, "/directory/codes/told", "", "tbody tr", Code),
    (Role.ADMINISTRATOR, "/directory/deadlines", "", "main ul.govuk-list li", MANY),
    (Role.ADMINISTRATOR, "/mailbox", "", ".app-card h2", MANY),
)
TABS = ("My day", "In the cells now", "Waiting", "Mine", "Overdue", "Team", "Closed")
SEARCHES = ({}, {"name": "reid"}, {"need": "DRUG"})
NONSENSE = ("abc", "-1", "0", "", "1.5", "²", "9" * 30, "99999", "7")


ELSEWHERE = {"/cases", "/trail", "/joinings/{joining}/seen", "/duplicates"}  # walked below
# as many as wait for their code, a few days at most; what came in a fortnight
SHORT = {"/addresses", "/news"}


def test_every_list_that_has_pages_is_walked():
    templates = (Path(__file__).parents[2] / "templates").rglob("*.html")
    having = sum(template.read_text().count("{{ pages(") for template in templates)
    assert having == len({(path, about) for _, path, about, _, _ in LISTS}) + len(ELSEWHERE | SHORT)


def rows(answer, which: str) -> list[str]:
    """What tells the rows of a page apart: their addresses, or else their words."""
    page = read(answer.text)
    if not which.startswith("/"):
        return [words(row) for row in page.select(which)]
    wanted = re.compile(which.replace("ID", "[0-9a-f-]{36}"))
    found = [one.get("href") or one.get("action") for one in page.select("a[href], form[action]")]
    return list(dict.fromkeys(address for address in found if wanted.fullmatch(address)))


def walked(browser, answer, which: str, about: str = "") -> list[str]:
    """All rows of a list, page after page."""
    found, label = [], f"Next page {about}".strip()
    while True:
        here = rows(answer, which)
        assert not set(here) & set(found) or not which.startswith("/"), "a row twice"
        found += here
        if not pressable(read(answer.text), label):
            break
        assert len(here) == SIZES.get(about, SIZE), label
        answer = press(browser, answer, label)
        assert answer.status_code == 200
    assert here or not found, "an empty last page"
    one = len(found) <= SIZES.get(about, SIZE)
    assert pressable(read(answer.text), f"Page before {about}".strip()) or one
    return found


@pytest.fixture
def full(app) -> dict[str, object]:
    with app.app_context():
        return fill(app)


def expected(number: object) -> int:
    """The number itself, or that of all the rows of a table."""
    if isinstance(number, int):
        return number
    wanted = select(func.count()).select_from(number)
    return db.session.scalar(wanted.filter_by(list_name="told") if number is Code else wanted) or 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_list_is_walked_to_its_end(app, as_role, full):
    browsers = {role: as_role(role) for role, *_ in LISTS}
    wrong = []
    for role, path, about, which, number in LISTS:
        page = path.format(**full)
        found = walked(browsers[role], browsers[role].get(page), which, about)
        with app.app_context():
            if len(found) != (wanted := expected(number)):
                wrong.append((role.value, page, about, len(found), wanted))
    assert wrong == []


def test_each_tab_of_the_cases_holds_as_many_as_it_says_under_each_search(as_role, full):
    worker = as_role(Role.WORKER)
    searched = [
        (typed, press(worker, worker.get("/cases"), "Search", **typed)) for typed in SEARCHES
    ]
    for (typed, answer), tab in product(searched, TABS):
        label = next(
            text for one in read(answer.text).select(".app-tabs a, .app-tabs button")
            if (text := words(one)).startswith(f"{tab} (")
        )  # fmt: skip
        opened = press(worker, answer, label)
        assert words(read(opened.text).select_one(".app-tabs [aria-current]")) == label
        found = walked(worker, opened, "/cases/ID")
        assert label == f"{tab} ({len(found)})"
        assert found or typed
        assert tab != "Closed" or len(found) > 2 * SIZE or "name" in typed


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("tab", ["day", "cells", "mine", "team"])
def test_fifty_cases_are_a_small_page(as_role, full, tab):
    page = as_role(Role.WORKER).get(f"/cases?tab={tab}")
    assert len(read(page.text).select(".app-item")) == SIZE
    assert len(page.data) < 60_000


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_search_goes_along_hidden_and_never_stands_in_an_address(as_role, full):
    admin = as_role(Role.ADMINISTRATOR)
    answer = press(admin, admin.get("/accounts"), "Search", name="zoe quill")
    assert len(walked(admin, answer, "/accounts/ID")) == MANY
    after = press(admin, answer, "Next page")
    assert after.request.url.endswith("/accounts?page=2")
    assert read(after.text).select_one("#name")["value"] == "zoe quill"
    found = press(admin, after, "Search", name="zoe quill 7")  # begins again at the first page
    assert "page=" not in found.request.url
    assert len(rows(found, "/accounts/ID")) == 11


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_search_outlives_a_sign_in_that_ends_between_two_pages(as_role, full, monkeypatch):
    worker = as_role(Role.WORKER)
    answer = press(worker, worker.get("/cases?tab=team"), "Search", name="reid")
    later = timedelta(hours=2)
    monkeypatch.setattr(clock, "source", lambda: clock.system() + later)
    assert press(worker, answer, "Next page").location == "/sign-in"
    said = {"email": EMAILS[Role.WORKER], "password": PASSWORD}
    home = worker.submit("/sign-in", said).location
    back = worker.get(worker.get(home).location)
    assert back.request.url.endswith("/cases?tab=team&page=2")
    assert len(rows(back, "/cases/ID")) == SIZE
    assert len(rows(press(worker, back, "Next page"), "/cases/ID")) == MANY + 1 - 2 * SIZE


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_trail_keeps_what_is_looked_for_on_every_page(app, as_role, full):
    guardian, seen = as_role(Role.GUARDIAN), Tag.CASE_SEEN.value
    answer = press(guardian, guardian.get("/trail"), "Search", tag=seen)
    assert len(walked(guardian, answer, "tbody tr")) == MANY
    last = press(guardian, press(guardian, answer, "Next page"), "Next page")
    assert seen not in last.request.url
    told = read(last.text).select_one(f"option[value='{seen}'][selected]").text.strip()
    assert all(told in row for row in rows(last, "tbody tr"))
    checked = press(guardian, last, "Check the whole chain", tag=seen)
    after = press(guardian, checked, "Next page")
    assert "The chain is" not in after.text
    looks = guardian.get(f"/joinings/{full['joining']}/seen")
    assert len(walked(guardian, looks, "tbody tr")) >= MANY


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_everybody_of_the_team_is_looked_at_for_duplicates(as_role, full):
    lead, people = as_role(Role.TEAM_LEAD), 2 * MANY + 1
    answer, pages = lead.get("/duplicates"), 1
    while pressable(read(answer.text), "Next page of people"):
        answer, pages = press(lead, answer, "Next page of people"), pages + 1
    assert pages == -(-people // SIZE)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_exported_trail_is_whole(app, as_role, full):
    guardian = as_role(Role.GUARDIAN)
    page = guardian.get("/trail")
    with app.app_context():
        number = db.session.scalar(select(func.count()).select_from(AuditEvent))
        parts = [[deed.event.seq for deed in part] for part in every_deed(TrailSearch(), 50)]
    head, *body = press(guardian, page, "CSV").text.splitlines()
    assert head.startswith("number,at,what")
    listed = [int(line.partition(",")[0]) for line in body]
    assert listed == list(range(number + 1, 0, -1))  # with the event of the export itself
    assert [seq for part in parts for seq in part] == listed[1:]
    assert max(len(part) for part in parts) == 50
    refused = press(guardian, page, "CSV", record_id="R-25DHXP")
    assert refused.status_code == 422
    assert refused.mimetype == "text/html"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_page_that_does_not_exist_shows_one_that_does(as_role, full):
    worker = as_role(Role.WORKER)
    last = rows(worker.get("/cases?tab=mine&page=3"), "/cases/ID")
    assert len(last) == MANY - 2 * SIZE
    first = rows(worker.get("/cases?tab=mine"), "/cases/ID")
    for asked in NONSENSE:
        shown = rows(worker.get(f"/cases?tab=mine&page={asked}"), "/cases/ID")
        assert shown == (last if asked in {"99999", "7"} else first), asked
    assert worker.get("/cases?tab=mine&page=2&_scheme=javascript&_external=1").status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_full_last_page_offers_no_empty_one(app, as_role, full):
    with app.app_context():
        kept = select(Job.id).filter_by(state="failed").order_by(Job.id).limit(SIZE)
        db.session.execute(delete(Job).where(Job.id.not_in(list(db.session.scalars(kept)))))
        db.session.commit()
    answer = as_role(Role.ADMINISTRATOR).get("/undelivered")
    assert len(rows(answer, "/undelivered/ID/settle")) == SIZE
    assert not read(answer.text).select("nav[aria-label^=Pages]")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_program_is_led_to_the_end_too(app, as_role, full):
    with app.app_context():
        _, token = make_token(KeyDetails("case system", None), actor(Role.SERVICE_WORKER), now())
        db.session.commit()
    program, bearer = app.test_client(), {"Authorization": f"Bearer {token}"}
    found, path = [], "/api/v1/referrals?page=1"
    while path:
        answer = program.get(path, headers=bearer)
        found += [one["id"] for one in answer.json]
        path = parse_options_header(answer.headers.get("Link", ""))[0].strip("<>")
    assert len(set(found)) == len(found) == HERE
