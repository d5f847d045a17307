"""Whatever is done by a form, a program or a link, and whatever is taken as a file, is noted."""

from uuid import UUID, uuid4

import pytest
from access.acts import ACTS, NO_EVENT, Act
from access.walking import BODIES, COLUMNS, Site, lines, read, shown
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from referral.accounts.addresses.models import AddressChange
from referral.accounts.addresses.queries import digits_to
from referral.audit.trail import Tag
from referral.db import db
from referral.handoff.referrals.models import Referral
from referral.post.links.models import LinkCode
from referral.post.links.signing import digits_of

sqlite_alone = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PAGES = {"text/html", "application/json"}
# of these no test but their own asks whether they are noted: work of the runner, and commands
NOT_ASKED = {
    Tag.ESCALATED: "overdue/escalation/test_escalating.py",
    Tag.LATE_SEEN: "overdue/escalation/test_escalating.py",
    Tag.JOB_RETURNED: "contact/messages/test_coming_back.py",
    Tag.REGISTER_LOADED: "people/test_loading.py",
    Tag.REGISTER_ASKED: "people/test_loading.py",
    Tag.OWN_PAGE_REFUSED: "contact/own_page/test_entering.py",
    Tag.MESSAGE_SENT: "contact/messages/test_messages.py",
    Tag.PERSON_MESSAGE_SENT: "contact/messages/test_messages.py",
}
# what no form and no page of this walk notes: tests/audit/test_every_tag.py has the acts that do
ELSEWHERE = [
    Tag.SIGN_IN_REFUSED, Tag.PASSWORD_RIGHT, Tag.FACTOR_REFUSED, Tag.FACTOR_SET_UP,
    Tag.FACTOR_REMOVED, Tag.FACTOR_RESET, Tag.PASSWORD_ASKED, Tag.RECOVERY_MADE,
    Tag.RECOVERY_CODES_MADE, Tag.RECOVERY_CODE_USED, Tag.SCREEN_UNLOCKED,
    Tag.KEY_CHANGED, Tag.PERSON_RECOGNISED, Tag.CASE_FOUND, Tag.JOB_RETURNED,
    Tag.CASE_CONTINUED, Tag.FACT_SAID, Tag.FACT_SURE, Tag.STOP_LOST, Tag.STOP_LIFTED,
    Tag.ESCALATED, Tag.LATE_SEEN, Tag.ADDRESS_TYPED, Tag.ADDRESS_REFUSED, Tag.LINK_UNUSED,
    Tag.REGISTER_LOADED, Tag.REGISTER_ASKED, Tag.LINK_CODE_REFUSED, Tag.OWN_CARD_MADE,
    Tag.OWN_PAGE_REFUSED, Tag.MESSAGE_SENT, Tag.PERSON_MESSAGE_SENT, Tag.UNMET_MET,
    Tag.APPOINTMENT_CANNOT, Tag.APPOINTMENT_CAN, Tag.OWN_STOP_BACK, Tag.OWN_STOP_STAYS,
]  # fmt: skip


def fields(html: str, action: str, here: str) -> dict[str, object]:
    """What a browser sends of the form that posts to an address; of radios, the first if none."""
    forms = BeautifulSoup(html, "html.parser").select("form[method=post]")
    [form, *_] = [form for form in forms if (form.get("action") or here) == action]
    found: dict[str, object] = {}
    for one in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(one["name"]), one.get("type", "text")
        if one.name == "select":
            chosen = one.select_one("option[selected]") or one.select_one("option")
            found[name] = str(chosen["value"]) if chosen else ""
        elif one.name == "textarea":
            found[name] = one.text.strip()
        elif kind == "radio":
            if one.has_attr("checked") or name not in found:
                found[name] = str(one["value"])
        elif kind == "checkbox":
            if one.has_attr("checked"):
                found.setdefault(name, []).append(str(one["value"]))  # type: ignore[attr-defined]
        elif kind != "submit":
            found[name] = str(one.get("value", ""))
    return found


def unlock(site: Site, browser: FlaskClient, path: str, act: Act) -> str:
    """Ask for the code to a link, and type it where the act wants that; returns the digits."""
    FlaskClient.open(browser, f"{path}/code", method="POST", data={"submit_key": str(uuid4())})
    with site.app.app_context():
        last = select(LinkCode).order_by(LinkCode.order.desc()).limit(1)
        code = db.session.scalars(last).one()
        digits = digits_of(code.id, site.app.config["SECRET_KEY"])
    if act.proved:
        typed = {"submit_key": str(uuid4()), "code": digits}
        FlaskClient.open(browser, f"{path}/open", method="POST", data=typed)
    return digits


def do(site: Site, rule: Rule, act: Act) -> TestResponse:
    """Open the page, fill in its form, send it."""
    address, sent = filled(site, rule, act)
    browser = site.visitors[act.who]
    if rule.endpoint in BODIES:
        return browser.post(address, json=sent, headers={"Idempotency-Key": str(uuid4())})
    return FlaskClient.open(browser, address, method="POST", data=sent)


def filled(site: Site, rule: Rule, act: Act) -> tuple[str, dict[str, object]]:
    """Where the act is sent to, and all that is sent, once its page was opened."""
    own = dict(site.places["own"])
    own["service"] = UUID(own["service_id"]).hex
    others = {name: site.places["own"][key] for name, key in act.of.items()}
    address = site.address(rule, "own", others)
    browser = site.visitors[act.who]
    browser._cookies = dict(site.cookies[act.who])
    typed = {
        key.format_map(own): value.format_map(own) if isinstance(value, str) else value
        for key, value in act.typed.items()
    }
    if body := BODIES.get(rule.endpoint):
        return address, body | version_of(site, rule, own)
    if rule.endpoint == "by_link.open_by_code" or act.proved:
        digits = unlock(site, browser, address.rsplit("/", 1)[0], act)
        typed |= {"code": digits} if not act.proved else {}
    if rule.endpoint == "addresses.prove":
        with site.app.app_context():
            typed["code"] = digits_to(db.session.get_one(AddressChange, UUID(own["change_id"])))
    sent: dict[str, object] = {"csrf_token": site.tokens[act.who], "submit_key": str(uuid4())}
    if act.page != "":
        page = address if act.page is None else act.page.format_map(own)
        if rule.endpoint.startswith("by_link."):
            page = "/".join(address.split("/")[:3])
        sent = fields(browser.get(page).text, address, page)
    return address, sent | typed


def version_of(site: Site, rule: Rule, own: dict[str, str]) -> dict[str, int]:
    """The version of a referral that a program has just read."""
    if "version" not in BODIES[rule.endpoint] or rule.endpoint == "api.attend":
        return {}
    with site.app.app_context():
        return {"version": db.session.get_one(Referral, UUID(own["referral_id"])).version}


def done(site: Site, wrong: list[str]) -> set[str]:
    """Do every act of the table; returns the tags that were noted."""
    tags: set[str] = set()
    for method, rule, of in lines(site.app):
        if method == "GET" or of == "foreign" or shown(rule) not in ACTS:
            continue
        site.put_back()
        before = len(site.events())
        answer = do(site, rule, ACTS[shown(rule)])
        noted = site.events()[before:]
        tags |= set(noted)
        if answer.status_code >= 400:
            wrong.append(f"{shown(rule)} answered {answer.status_code}")
        elif not noted:
            wrong.append(f"{shown(rule)} left no event")
    return tags


def taken(site: Site, wrong: list[str]) -> set[str]:
    """Take every file that somebody may, and look at every page once; the tags that were noted."""
    tags: set[str] = set()
    by_address = {shown(rule): rule for method, rule, _ in lines(site.app) if method == "GET"}
    for address, of, *cells in read():
        if of == "foreign" or "in" not in cells:
            continue
        site.put_back()
        answer = site.ask(COLUMNS[cells.index("in")], by_address[address], of)
        tags |= set(site.events())
        is_file = answer.status_code == 200 and answer.mimetype not in PAGES
        if is_file and address not in NO_EVENT and not site.events():
            wrong.append(f"{address} was taken without an event")
    return tags


@sqlite_alone
def test_every_act_and_every_file_adds_an_event_and_every_tag_is_seen(site):
    wrong: list[str] = []
    seen = done(site, wrong) | taken(site, wrong)
    assert wrong == [], "\n".join(wrong)
    unseen = [tag.name for tag in Tag if tag.value not in seen]
    assert set(unseen) == {tag.name for tag in ELSEWHERE}, "\n".join(unseen)


def test_every_address_that_takes_a_form_has_an_act_or_a_reason(app):
    known = {shown(rule) for method, rule, _ in lines(app) if method == "POST"}
    assert ACTS.keys() <= known <= ACTS.keys() | NO_EVENT.keys()
    assert not ACTS.keys() & NO_EVENT.keys()
