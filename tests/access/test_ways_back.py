"""What a page offers to take back can be taken back, in every state of what it is about.

Each link and button that leads to an address of WAYS_BACK, on each page of a record in each state
of states.py, is pressed and its form sent: no rule may refuse it.
"""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from urllib.parse import urljoin, urlsplit

import pytest
from access.deeds import stands
from access.states import OBJECTS
from access.untouched import leads_to, sent_by
from access.walking import Site, rules, shown
from bs4 import Tag
from flask.testing import FlaskClient
from support.html import read, words
from werkzeug.exceptions import HTTPException

from referral.access.permissions import Role
from referral.handoff.followup import routes as inbox

WORKER, LEAD = Role.WORKER.value, Role.TEAM_LEAD.value
SERVICE, DESK = Role.SERVICE_WORKER.value, Role.CUSTODY_OFFICER.value
NURSE = Role.HEALTHCARE.value
NATIONAL = Role.CJS_ANALYST.value
# each address that takes something back, and what is typed there
WAYS_BACK = {
    "/referrals/<referral_id>/take-back": {},
    "/inbox/<referral_id>/take-back": {},
    "/inbox/appointments/<appointment_id>/take-back": {},
    "/custody/bookings/<booking_id>/undo/<act_id>": {"why": "wrong row"},
    "/custody/bookings/<booking_id>/healthcare/undo/<act_id>": {},
    "/cases/<case_id>/facts/<fact_id>/<now_known>": {},
    "/cases/<case_id>/notes/<note_id>/take-back": {"why": "twice"},
    "/joinings/<joining_id>/part": {},
    "/editions/<edition_id>/take-back": {},
    "/official/daisy/<file_id>/take-back": {},
    "/official/throughput/<figure_id>/take-back": {},
}
NAMES = re.compile(r"take-back|/undo/|now_known|/part$")
# who, whose page, the records that it may be of, and of what it is in all states
PAGES = (
    (WORKER, "/referrals/{}", "referral_id", ("referral",)),
    (SERVICE, "/inbox/{}", "referral_id", ("referral",)),
    (WORKER, "/cases/{}", "case_id", ("case",)),
    (DESK, "/custody/bookings/{}/stay", "booking_id", ("stay",)),
    (NURSE, "/custody/healthcare", "booking_id-tended", ("stay",)),
    (LEAD, "/duplicates", "joining_id", ("joining",)),
    (NATIONAL, "/editions/{}", "edition_id", ("edition",)),
    (NATIONAL, "/official", "figure_id", ("figure",)),
    (NATIONAL, "/official", "file_id", ("file",)),
)


def offered(page: str, text: str, site: Site) -> Iterator[tuple[str, str, Tag]]:
    """Where each way back on a page leads, by which rule, and the link or form that leads there."""
    for one in read(text).select("main a[href], main form[method=post]"):
        to = urljoin(page, str(one.get("href") or one.get("action") or page))
        try:
            rule = leads_to(site, to)
        except HTTPException:
            continue  # a page on which nothing is sent
        if rule in WAYS_BACK:
            yield urlsplit(to).path, rule, one


def opened(site: Site, who: str, page: str, **sent: object):
    """One page as somebody is answered, or what they send to it."""
    browser = site.visitors[who]
    browser._cookies = dict(site.cookies[who])
    how = {"method": "POST", "data": sent} if sent else {}
    return FlaskClient.open(browser, page, buffered=True, **how)


def refused(site: Site, who: str, page: str) -> tuple[list[str], set[str]]:
    """Each way back that a page offers and that is refused, with why; and the rules it offers."""
    found, offers = [], set()
    for to, rule, one in offered(page, opened(site, who, page).text, site):
        offers.add(rule)
        form = one if one.name == "form" else _form_on(opened(site, who, to).text)
        answer = opened(site, who, to, **sent_by(form) | WAYS_BACK[rule]) if form else None
        if answer is None or answer.status_code != 303:
            said = read(answer.text).select_one(".govuk-error-summary") if answer else None
            found.append(f"{page} offers {to}: {words(said) if said else 'not there'}")
        site.put_back()
    return found, offers


def _form_on(text: str) -> Tag | None:
    return next(iter(read(text).select("main form[method=post]")), None)


def walked(site: Site) -> tuple[list[str], set[str]]:
    """The same of all pages in all states."""
    wrong, met = [], set()
    own = site.places["own"]
    for who, page, name, objects in PAGES:
        records = dict.fromkeys(own[key] for key in own if re.fullmatch(rf"{name}(-\w+)?", key))
        states = [None, *((what, state) for what in objects for state in OBJECTS[what])]
        for state in states:
            for record in records:
                with stands(site, *state, [record]) if state else nullcontext():
                    found, offers = refused(site, who, page.format(record))
                wrong += [f"{state or 'as it is'}: {line}" for line in found]
                met |= offers
                site.put_back()
    return wrong, met


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_a_page_offers_to_take_back_is_not_refused(site):
    site.keep()
    wrong, met = walked(site)
    assert wrong == [], "\n".join(wrong)
    assert met == WAYS_BACK.keys()


def test_every_address_that_takes_something_back_is_walked(site):
    takes_back = {shown(rule) for rule in rules(site.app) if NAMES.search(shown(rule))}
    assert takes_back == WAYS_BACK.keys()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_page_that_offers_what_is_refused_is_noticed(site, monkeypatch):
    monkeypatch.setattr(inbox, "may_take_back", lambda *about: True)
    site.keep()
    number = site.places["own"]["referral_id"]
    with stands(site, "referral", "accepted", [number]):
        [line] = refused(site, SERVICE, f"/inbox/{number}")[0]
    assert "too long ago" in line
