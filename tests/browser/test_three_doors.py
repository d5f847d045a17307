"""In a real Chromium: somebody rings, is written down by keyboard, met, and found to be known."""

import pytest
from browser.test_desk import check, enter
from playwright.sync_api import Page, expect

from referral.access.permissions import Role

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def write_down(page: Page, site: str, key: str, due_at: str = "") -> None:
    """From the list by its keys to the page of this door; who it is, and two answers."""
    page.goto(f"{site}/cases")
    page.keyboard.press("c")
    page.wait_for_url("**/cases/came")
    page.keyboard.press(key)
    page.wait_for_url("**/cases/came/*")
    expect(page.locator("#forename")).to_be_focused()
    page.keyboard.type("Ann")
    page.keyboard.press("Tab")
    page.keyboard.type("Quenneville")
    page.locator("#phone").fill("07700 900881")
    page.locator("#date_of_birth").fill("3 5 1985")
    page.locator("[name=talk][value=yes]").press("Space")
    page.locator("[name=contact][value=yes]").press("Space")
    page.locator("[name=needs][value=DRUG]").press("Space")
    if due_at:
        page.locator("#due_at").fill(due_at)
    check(page, f"came by {key}")
    page.locator("#phone").press("Enter")


def test_who_rings_and_is_met_joins_the_record_from_the_court_if_the_worker_says_so(
    page: Page, site: str
):
    enter(page, site, Role.WORKER)
    write_down(page, site, "3")
    page.wait_for_url("**/cases/*-*")
    expect(page.locator("main")).to_contain_text("Met in the cells of a court")
    write_down(page, site, "1", "tomorrow 10:00")
    page.wait_for_url("**/cases/*-*")
    expect(page.locator("main")).to_contain_text("Nobody has met them yet")
    check(page, "only a voice")
    page.locator("main a", has_text="Met, or rung back").first.click()
    page.wait_for_url("**/sure")
    check(page, "made sure")
    page.locator("[name=how][value=met]").check()
    page.locator("main button").last.click()
    page.wait_for_url("**/earlier")
    check(page, "here before")
    page.get_by_label("Ann Quenneville, born 3 May 1985").check()
    page.locator("main button").last.click()
    page.wait_for_url("**/cases/*-*")
    assert "Nobody has met them" not in page.inner_text("main")
    expect(page.locator("main")).to_contain_text("Hand to services")
