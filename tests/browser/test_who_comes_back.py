"""In a real Chromium: a returning person is recognised by keyboard, a twin never by accident."""

import sqlite3
from pathlib import Path

import pytest
from browser.test_desk import check, enter
from playwright.sync_api import Page, expect

from referral.access.permissions import Role

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
JIM = ("McAlister", "Jim", "3 5 1985")


def type_in(page: Page, site: str, who: tuple[str, str, str]) -> None:
    """Type who it is into a new booking; the first field has the focus."""
    page.goto(f"{site}/custody/bookings/new")
    expect(page.locator("#surname")).to_be_focused()
    for number, typed in enumerate(who):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(typed)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.name")


def chosen(page: Page) -> list[str]:
    return page.locator("[name=same_as]:checked").evaluate_all("boxes => boxes.map(b => b.value)")


def accept(page: Page) -> None:
    page.locator("[name=answer][value=accepted]").press("Space")
    page.locator("[name=desk][value=yes]").press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/custody/")


def is_new(page: Page, site: str, who: tuple[str, str, str], *, offered: bool) -> None:
    """Book somebody new, by keyboard alone; who was offered is not it."""
    type_in(page, site, who)
    if offered:
        page.locator("#likely [data-known]").wait_for()
        page.keyboard.press("Escape")
        assert chosen(page) == ["new"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/custody/bookings/*-*")


def test_a_name_heard_wrong_is_recognised_by_keyboard_alone(page: Page, site: str):
    enter(page, site, Role.CUSTODY_OFFICER)
    is_new(page, site, JIM, offered=False)
    accept(page)
    type_in(page, site, ("McAllister", "Jim", "3 5 1985"))
    page.locator("#likely [data-known]").wait_for()
    assert focused(page) == "date_of_birth"  # nobody took the focus away
    assert chosen(page) == []
    expect(page.get_by_role("status")).to_have_text(
        "1 person may be this one. Down arrow to choose."
    )
    check(page, "suggested")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Jim McAlister · 1985")).to_be_focused()
    expect(page.get_by_role("radio", name="Jim McAlister · 1985")).to_be_checked()
    page.keyboard.press("Enter")
    page.locator("[name=already][value=ended]").check()  # the stay before has no end yet
    page.keyboard.press("Enter")
    page.wait_for_url("**/custody/bookings/*-*")
    expect(page.get_by_text("Continue:")).to_be_visible()
    expect(page.get_by_text("Asked once before:")).to_be_visible()
    check(page, "known-again")


def test_typing_goes_on_while_suggestions_come_and_go(page: Page, site: str):
    enter(page, site, Role.CUSTODY_OFFICER)
    is_new(page, site, JIM, offered=False)
    type_in(page, site, JIM)
    page.locator("#likely [data-known]").wait_for()
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type("77")
    assert page.locator("#date_of_birth").input_value() == "3 5 1977"
    page.locator("#forename").fill("")
    expect(page.locator("#likely [data-known]")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("")


def test_a_twin_is_offered_and_never_preselected(page: Page, site: str):
    enter(page, site, Role.CUSTODY_OFFICER)
    is_new(page, site, JIM, offered=False)
    twin = ("McAlister", "Craig", "3 5 1985")
    type_in(page, site, twin)
    expect(page.get_by_role("radio", name="Jim McAlister")).to_be_visible()
    assert "Looks like someone we know" not in page.inner_text("main")
    assert chosen(page) == []
    page.keyboard.press("Enter")  # without a choice nothing is decided
    page.locator("#likely [data-known]").wait_for()
    page.wait_for_load_state()
    expect(page).to_have_url(site + "/custody/bookings/new")
    assert chosen(page) == []
    page.keyboard.press("ArrowUp")
    assert chosen(page) == ["new"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/custody/bookings/*-*")
    type_in(page, site, twin)
    page.locator("#likely [data-known]").wait_for()
    assert chosen(page) == []
    names = page.locator("#likely .govuk-radios__label").all_inner_texts()
    assert "Craig McAlister" in names[0]


def test_a_team_lead_joins_and_parts_and_a_guardian_is_told(page: Page, site: str, tmp_path: Path):
    enter(page, site, Role.CUSTODY_OFFICER)
    is_new(page, site, JIM, offered=False)
    accept(page)
    is_new(page, site, ("McAllister", "Jim", "3 5 1985"), offered=True)
    accept(page)
    with sqlite3.connect(tmp_path / "site.db") as database:
        database.execute("DELETE FROM told_apart")  # as if the officer had not been asked
    database.close()
    page.context.clear_cookies()
    enter(page, site, Role.TEAM_LEAD)
    page.get_by_role("link", name="Duplicates").press("Enter")
    check(page, "duplicates")
    page.get_by_role("link", name="Compare").press("Enter")
    page.wait_for_url("**/same-as/*")
    check(page, "compare")
    page.get_by_role("radio").first.press("Space")
    page.get_by_role("button", name="Join the two records").press("Enter")
    page.get_by_role("link", name="Part them again").wait_for()
    check(page, "joined")
    page.get_by_role("link", name="Part them again").press("Enter")
    page.wait_for_url("**/part")
    check(page, "part")
    page.get_by_role("button", name="Part the two records").press("Enter")
    page.get_by_text("No two records look alike").wait_for()
    page.context.clear_cookies()
    enter(page, site, Role.GUARDIAN)
    page.get_by_role("link", name="Joined records").press("Enter")
    page.get_by_text("Not looked at yet").wait_for()
    check(page, "joinings")
    page.get_by_role("link", name="Who saw it").press("Enter")
    page.get_by_role("heading", name="Who saw the joined record").wait_for()
    check(page, "seen")
