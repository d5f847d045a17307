"""The second factor and the way back in a real Chromium, also without scripts."""

import sqlite3
from pathlib import Path

import pyotp
import pytest
from browser.test_desk import check, enter
from conftest import EMAILS
from playwright.sync_api import Browser, Page, expect

from referral import clock
from referral.access.permissions import Role
from referral.demo.organisations import PASSWORD

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def strict_site(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The application where nobody comes in with a password alone."""
    monkeypatch.setenv("SECOND_FACTOR", "required")
    return request.getfixturevalue("site")


def test_set_up_and_come_in_with_a_second_factor(page: Page, browser: Browser, strict_site: str):
    foreign: list[str] = []
    refused: list[str] = []
    page.on("request", lambda sent: sent.url.startswith(strict_site) or foreign.append(sent.url))
    page.on("console", lambda said: refused.append(said.text))
    enter(page, strict_site, Role.ADMINISTRATOR, "**/sign-in/set-up")
    shown = page.locator("svg.segno").bounding_box()
    assert shown["width"] == shown["height"] > 150
    check(page, "factor-set-up")
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("The 6 digits").fill(pyotp.TOTP(secret).at(clock.now()))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    check(page, "factor-codes")
    codes = page.locator(".app-codes li").all_inner_texts()
    page.get_by_role("link", name="I have kept them").press("Enter")
    page.wait_for_url("**/directory")
    page.locator(".app-menu summary").click()
    page.get_by_role("link", name="Authenticator app").click()
    check(page, "factor-own")
    page.get_by_role("link", name="Accounts").click()
    page.get_by_role("link", name="Neil Rae").click()
    check(page, "factor-account")
    page.context.clear_cookies()
    enter(page, strict_site, Role.ADMINISTRATOR, "**/sign-in/code")
    expect(page.locator("#code")).to_be_focused()
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    page.get_by_text("There is a problem").wait_for()
    check(page, "factor-code")
    assert foreign == []
    assert not [line for line in refused if "Content Security Policy" in line]
    come_in_without_scripts(browser, strict_site, codes[0])


def come_in_without_scripts(browser: Browser, site: str, code: str) -> None:
    """The same door, by a recovery code, with scripts switched off."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/directory")
    page.get_by_label("Email address").fill(EMAILS[Role.ADMINISTRATOR])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/directory")
    page.context.close()


def test_a_sign_in_that_ends_mid_form_gives_back_what_was_typed(
    page: Page, site: str, tmp_path: Path
):
    enter(page, site, Role.CUSTODY_OFFICER)
    page.goto(f"{site}/custody/bookings/new")
    page.get_by_label("Surname", exact=True).fill("McAlister")
    page.get_by_label("Forename", exact=True).fill("Jim")
    page.get_by_label("Date of birth").fill("3 5 1985")
    page.keyboard.press("Enter")
    page.wait_for_url("**/custody/bookings/*-*")
    booking = page.url
    page.locator("[name=answer][value=accepted]").press("Space")
    page.locator("[name=contact][value=yes]").press("Space")
    page.locator("[name=phone]").fill("07700 900123")
    page.locator("[name=needs][value=DRUG]").press("Space")
    with sqlite3.connect(tmp_path / "site.db", timeout=20) as database:
        database.execute("UPDATE sign_in SET seen_at = '2026-01-01 00:00:00.000000'")
    page.get_by_role("button", name="Save").first.press("Enter")
    page.wait_for_url("**/sign-in")
    check(page, "signed-out")
    page.get_by_label("Email address").fill(EMAILS[Role.CUSTODY_OFFICER])
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(booking)
    check(page, "given-back")
    for box in ("answer][value=accepted", "contact][value=yes", "needs][value=DRUG"):
        assert page.locator(f"[name={box}]").is_checked(), box
    page.get_by_role("button", name="Save").first.press("Enter")
    page.get_by_text("Said yes").first.wait_for()
