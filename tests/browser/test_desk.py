"""The loop in a real Chromium: by keyboard at the desk, accessible, and narrow as a phone."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import EMAILS
from playwright.sync_api import Page, expect

from referral.access.permissions import Role
from referral.demo.organisations import PASSWORD

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


LINKS = {
    "Timeline": "timeline",
    "Give the case": "give",
    "No service fits": "unmet",
    "Close the case": "close",
    "Ask again what they agree to": "agreements",
}
SERVICE_LINKS = {
    "Name who has it": "handler",
    "Book an appointment": "appointment",
    "Log a try to reach them": "attempt",
    "End with an outcome": "end",
}


def enter(page: Page, site: str, role: Role, leads_to: str | None = None) -> None:
    """Sign in by keyboard; the first field has the focus."""
    page.goto(f"{site}/sign-in")
    expect(page.locator("#email")).to_be_focused()
    page.keyboard.type(EMAILS[role])
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(leads_to or (lambda url: "sign-in" not in url))


def check(page: Page, name: str) -> None:
    """No barrier that axe knows of, no scrolling sideways at 320 px; keeps a picture if asked."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    for width, height in ((1366, 768), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1366, "height": 768})


def test_the_loop_by_keyboard_and_without_barriers(page: Page, site: str):
    foreign: list[str] = []
    page.on("request", lambda sent: sent.url.startswith(site) or foreign.append(sent.url))
    page.goto(f"{site}/sign-in")
    check(page, "sign-in")
    enter(page, site, Role.CUSTODY_OFFICER)
    page.goto(f"{site}/custody/bookings/new")
    check(page, "new-booking")
    page.keyboard.type("McAlister")
    page.keyboard.press("Tab")
    page.keyboard.type("Jim")
    page.keyboard.press("Tab")
    page.keyboard.type("3 5 1985")
    page.keyboard.press("Enter")
    page.wait_for_url("**/custody/bookings/*-*")
    check(page, "offer")
    page.locator("[name=answer][value=accepted]").press("Space")
    page.locator("[name=contact][value=yes]").press("Space")
    page.locator("#phone").fill("07700 900123")
    page.locator("[name=needs][value=DRUG]").press("Space")
    page.locator("[name=dangers][value=injecting]").press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/warning")
    check(page, "warning")
    page.locator("[name=told][value=both]").press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/custody/bookings/*")
    page.get_by_role("link", name="They leave").press("Enter")
    page.wait_for_url("**/release")
    check(page, "release")
    page.goto(f"{site}/custody/")
    expect(page.locator("main")).to_contain_text("Said yes")
    check(page, "centre-now")
    page.context.clear_cookies()
    enter(page, site, Role.WORKER)
    check(page, "cases")
    page.get_by_role("link", name="Jim McAlister").press("Enter")
    page.wait_for_url("**/cases/*")
    check(page, "case")
    for link, name in LINKS.items():
        page.get_by_role("link", name=link, exact=True).press("Enter")
        page.wait_for_url("**/cases/*/*")
        check(page, name)
        page.go_back()
    page.get_by_role("link", name="Hand to services").press("Enter")
    page.locator("[name^=level_][value=summary]").first.press("Space")
    check(page, "hand-off")
    page.get_by_role("button", name="Send").press("Enter")
    page.get_by_text("Waiting for the service to answer").wait_for()
    page.locator("main a:text-matches('^R-')").first.press("Enter")
    page.wait_for_url("**/referrals/*")
    check(page, "team-referral")
    page.context.clear_cookies()
    enter(page, site, Role.SERVICE_WORKER)
    check(page, "inbox")
    page.locator("#new").get_by_role("link", name="J.M. R-").press("Enter")
    page.locator("[name=move][value=accept]").press("Space")
    check(page, "referral")
    page.go_back()
    page.get_by_role("button", name="We have it").press("Enter")
    said = page.locator("#new [role=status]")
    expect(said).to_be_focused()
    expect(said).to_contain_text("You said yes to J.M.")
    expect(said).to_contain_text("Next: say when you expect them.")
    check(page, "inbox-said")
    said.get_by_role("link", name="Say when you expect them").press("Enter")
    check(page, "inbox-when")
    page.get_by_role("link", name="J.M. R-").press("Enter")
    page.get_by_text("Accepted. To Recovery hub").wait_for()
    for link, name in SERVICE_LINKS.items():
        page.get_by_role("link", name=link).press("Enter")
        page.wait_for_url("**/inbox/*/*")
        check(page, name)
        page.go_back()
    page.goto(f"{site}/access")
    check(page, "access")
    page.goto(f"{site}/no-such-page")
    check(page, "problem")
    assert foreign == []
