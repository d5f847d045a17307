"""Every page for every role that may enter it: no barrier, narrow, enlarged, nothing foreign."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.places import NO_PAGES, PAGES, PUBLIC_PAGES, furnish, may_enter
from conftest import EMAILS
from flask import url_for
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from referral.access.permissions import Role
from referral.clock import today
from referral.db import db
from referral.demo.organisations import PASSWORD
from referral.people.models import Person

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

# what is cut off, and which controls lie over each other, when the text is twice as large
ENLARGED = """() => {
  document.documentElement.style.fontSize = '200%';
  const said = [];
  const hidden = '.govuk-visually-hidden, details:not([open])';
  const shown = e => e.checkVisibility() && !e.closest(hidden);
  for (const e of document.querySelectorAll('main *, header *, nav *, footer *')) {
    const style = getComputedStyle(e);
    if (!shown(e) || !e.innerText || style.overflowX !== 'hidden') continue;
    if (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
      said.push('cut off: ' + e.innerText.slice(0, 60));
  }
  const kinds = 'main a, main button, main input:not([type=hidden]), main select, nav a';
  const boxes = [...document.querySelectorAll(kinds)].filter(shown).map(
    e => [e, [...e.getClientRects()]]);
  for (const [i, [a, as]] of boxes.entries()) for (const [b, bs] of boxes.slice(i + 1)) {
    if (a.contains(b) || b.contains(a)) continue;
    for (const p of as) for (const q of bs) {
      const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
      const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (wide > 2 && high > 4)
        said.push('over each other: ' + (a.innerText || a.id) + ' / ' + (b.innerText || b.id));
    }
  }
  return said;
}"""


# what only its ground tells apart, which nobody sees who reads in colours of their own
FORCED = """() => {
  const sides = ['Top', 'Right', 'Bottom', 'Left'];
  const edged = e => {
    const style = getComputedStyle(e);
    return sides.some(side => parseFloat(style[`border${side}Width`]) > 0
      && style[`border${side}Style`] !== 'none');
  };
  const outlined = e => {
    const style = getComputedStyle(e);
    return style.outlineStyle === 'auto'
      || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  const shown = e => e.checkVisibility() && !e.closest('.govuk-visually-hidden');
  const kinds = '.govuk-button, .app-btn, .app-lock, .app-find :is(input, button), .app-mark,'
    + ' .app-opt label, .app-choice label, .app-alert, .app-note, .app-said,'
    + ' .govuk-input, .govuk-select, .govuk-textarea';
  const said = [...document.querySelectorAll(kinds)].filter(e => shown(e) && !edged(e)).map(
    e => 'no edge: ' + e.className + ' ' + e.innerText.slice(0, 40));
  const thick = e => getComputedStyle(e).borderTopWidth;
  const other = document.querySelector('.app-opt input:not(:checked) + label');
  for (const e of document.querySelectorAll('.app-opt input:checked + label'))
    if (other && thick(e) === thick(other)) said.push('chosen like the others: ' + e.innerText);
  const now = document.activeElement, label = now?.labels?.[0];
  if (now && now !== document.body && shown(now) && !outlined(now) && !(label && outlined(label)))
    said.push('focus not seen: ' + now.outerHTML.slice(0, 80));
  return said;
}"""

# WCAG 2.2: what is pressed is 24 pixels high or as far from the next; axe asks it only when told
ASKED = {"rules": {"target-size": {"enabled": True}}}

DOUBLED = """[...document.querySelectorAll("[id]")].map((one) => one.id)
    .filter((id, at, all) => all.indexOf(id) !== at)"""


def test_every_page_that_can_be_read_is_placed(bare):
    """So that a new page cannot be forgotten here."""
    readable = {rule.endpoint for rule in bare.url_map.iter_rules() if "GET" in rule.methods}
    assert readable - PAGES.keys() - NO_PAGES == set()
    assert PAGES.keys() | NO_PAGES <= readable


class Watched:
    """A page that remembers what went wrong in it."""

    def __init__(self, page: Page, home: str, names: set[str]) -> None:
        self.page, self.home, self.names, self.wrong = page, home, names, []
        page.on("request", lambda sent: sent.url.startswith(home) or self.note(sent.url))
        page.on("console", lambda said: said.type == "error" and self.note(said.text))
        page.on("pageerror", lambda error: self.note(str(error)))
        self.at = ""

    def note(self, what: str) -> None:
        """Keep a fault with the address at which it was seen."""
        if not (self.at in PUBLIC_PAGES and "404" in what):
            self.wrong.append(f"{self.at}: {what}")

    def visit(self, address: str, thoroughly: bool) -> None:
        """Open a page and look at it; thoroughly includes the barriers that axe knows."""
        self.at = address
        page = self.page
        page.set_viewport_size({"width": 320, "height": 640})
        answer = page.goto(f"{self.home}{address}")
        if answer.status not in {200, 404} or (answer.status == 404) != (address in MISSING):
            self.note(f"answered {answer.status}")
        self.sideways(320)
        if self.names & set(re.findall(r"\w+", page.title())):
            self.note(f"a name in the title: {page.title()}")
        if twice := page.evaluate(DOUBLED):
            self.note(f"names two things alike: {twice}")
        if thoroughly:
            found = Axe().run(page, options=ASKED)
            if found.violations_count:
                self.note(found.generate_report())
            self.sideways(640)  # as at 1280 with a zoom of 200 %
            page.set_viewport_size({"width": 1280, "height": 800})
            for fault in page.evaluate(ENLARGED):
                self.note(fault)
            self.sideways(1280)
            page.set_viewport_size({"width": 390, "height": 844})
            for fault in page.evaluate(ENLARGED):
                self.note(f"at 390: {fault}")
            page.emulate_media(forced_colors="active")
            page.keyboard.press("Tab")
            for fault in page.evaluate(FORCED):
                self.note(f"in colours of one's own: {fault}")
            page.emulate_media(forced_colors="none")

    def sideways(self, width: int) -> None:
        """The page must not have to be moved sideways at a width."""
        self.page.set_viewport_size({"width": width, "height": 800})
        if (wide := self.page.evaluate("document.documentElement.scrollWidth")) > width:
            self.note(f"{wide} wide at {width}")


MISSING = {"/join/no-such-invitation", "/password/new/no-such-link", "/no-such-page"}


def test_every_page_for_every_role_has_no_barrier(browser: Browser, demo_site, demo_app):
    seen: set[str] = set()
    wrong: list[str] = []
    with demo_app.app_context():
        names = set(db.session.scalars(select(Person.surname).order_by(Person.id)))
    for role in Role:
        context = browser.new_context()
        watched = Watched(context.new_page(), demo_site, names)
        if not seen:
            for address in PUBLIC_PAGES:
                watched.visit(address, thoroughly=True)
        sign_in(watched, role)
        for endpoint, address in addresses(demo_app, role):
            watched.visit(address, thoroughly=endpoint not in seen)
            seen.add(endpoint)
        wrong += [f"{role}: {fault}" for fault in watched.wrong]
        context.close()
    assert wrong == [], "\n".join(wrong)
    assert seen == PAGES.keys()


def sign_in(watched: Watched, role: Role) -> None:
    """Enter as a role."""
    page, watched.at = watched.page, "/sign-in"
    page.goto(f"{watched.home}/sign-in")
    page.fill("[name=email]", EMAILS[role])
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def addresses(app, role: Role) -> list[tuple[str, str]]:
    """Each page that a role may enter, with an address where the demo has something to show."""
    with app.app_context():
        records = furnish(role)
    with app.test_request_context():
        return [
            (endpoint, url_for(endpoint, **{k: str(records[v]) for k, v in wanted.items()}))
            for endpoint, wanted in PAGES.items()
            if role in may_enter(app, endpoint) and all(records[v] for v in wanted.values())
        ]


def test_the_whole_loop_works_without_javascript(browser: Browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    def enter(role: Role) -> None:
        context.clear_cookies()
        page.goto(f"{site}/sign-in")
        page.fill("[name=email]", EMAILS[role])
        page.fill("[name=password]", PASSWORD)
        page.click("main button")

    enter(Role.CUSTODY_OFFICER)
    page.get_by_role("link", name="New booking").click()
    page.fill("[name=surname]", "McAlister")
    page.fill("[name=forename]", "Jim")
    page.fill("[name=date_of_birth]", "3 5 1985")
    page.check("[name=answer][value=accepted]")
    page.check("[name=contact][value=yes]")
    page.fill("[name=phone]", "07700 900123")
    page.check("[name=outcome][value=yes]")
    page.check("[name=needs][value=DRUG]")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("Said yes")
    enter(Role.WORKER)
    page.get_by_role("link", name="Jim McAlister").click()
    page.get_by_role("link", name="Assess", exact=True).first.click()
    page.select_option("[name=severity_DRUG]", "high")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator("main")).to_contain_text("High need")
    page.get_by_role("link", name="Back to the case").click()
    page.get_by_role("link", name="Hand to services").first.click()
    page.locator("[name^=level_][value=summary]").first.press("Space")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("main")).to_contain_text("Waiting for the service to answer")
    enter(Role.SERVICE_WORKER)
    page.get_by_role("button", name="We have it").click()
    expect(page.locator("#new [role=status]")).to_contain_text("You said yes to J.M.")
    page.get_by_role("link", name="Say when you expect them").click()
    page.fill("[name=starts_at]", "now")
    page.locator(".app-entry__more").get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Inbox").click()
    page.get_by_role("button", name="Came", exact=False).first.click()
    assert re.search(r"J\.M\. R-\w{6} came\.", page.inner_text("#came [role=status]"))
    page.get_by_role("link", name="Inbox").click()
    page.locator("summary", has_text="with you").click()
    expect(page.locator("main")).to_contain_text("With the service")
    enter(Role.TEAM_LEAD)
    page.get_by_role("link", name="Reports").click()
    page.fill("[name=period]", str(today().year))
    page.get_by_role("button", name="Show").click()
    row = page.locator("tr", has=page.get_by_role("rowheader", name="Engaged", exact=True)).last
    assert row.locator("td").all_inner_texts()[1:3] == ["1", "1"]
    context.close()
