"""A person's whole way in a real Chromium: the desk by keyboard, five people, and back again.

The first stay is entered with the times that it had three weeks ago, as after a day on paper.
"""

from datetime import timedelta

import pytest
from browser.test_desk import enter
from playwright.sync_api import Page, expect

from referral.access.permissions import Role
from referral.clock import SCOTLAND, now, today

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

FIELD = "%Y-%m-%dT%H:%M"


def ago(**time: int) -> str:
    """A moment in the past, as a field takes it."""
    return (now() - timedelta(**time)).astimezone(SCOTLAND).strftime(FIELD)


def who(page: Page, since: str | None) -> None:
    """Type who it is, by keyboard."""
    page.get_by_role("link", name="New booking").press("Enter")
    expect(page.locator("#surname")).to_be_focused()
    for typed in ("McAlister", "Jim", "3 5 1985"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    if since:
        page.locator("[name=authorised_at]").fill(since)
    page.locator("[name=forename]").press("Enter")


def desk(page: Page) -> None:
    """Three weeks ago: booked, asked, agreed, released; all by keyboard."""
    who(page, ago(days=21, hours=4))
    page.wait_for_url("**/custody/bookings/*-*")
    for name, value in (
        ("answer", "accepted"), ("contact", "yes"), ("desk", "yes"), ("history", "yes"),
        ("outcome", "yes"), ("needs", "DRUG"),
    ):  # fmt: skip
        page.locator(f"[name={name}][value={value}]").press("Space")
    page.locator("[name=phone]").fill("07700 900321")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    page.wait_for_url("**/custody/")
    page.get_by_role("link", name="Leaves").press("Enter")
    page.locator("[name=route][value=UNDERTAKING]").press("Space")
    page.locator("[name=released_at]").fill(ago(days=21))
    page.locator("[name=naloxone][value=supplied]").press("Space")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    page.get_by_text("Nobody is booked in").wait_for()


def hand_over(page: Page) -> str:
    """The worker finds the case and hands it to the hub; returns the case's address."""
    page.goto(page.url.split("?")[0] + "?tab=team")
    page.get_by_role("link", name="Jim McAlister").press("Enter")
    page.wait_for_url("**/cases/*-*")
    case = page.url
    page.get_by_role("link", name="Hand to services").press("Enter")
    page.locator("[name^=level_][value=summary]").first.press("Space")
    page.locator(".app-told--summary").get_by_text("Needs: Drugs").wait_for()
    page.locator("[name^=needs_]").first.press("Space")  # not that one: the words follow at once
    page.locator(".app-told--summary").get_by_text("Needs: none recorded").wait_for()
    page.locator("[name^=needs_]").first.press("Space")
    page.locator(".app-told--summary").get_by_text("Needs: Drugs").wait_for()
    page.get_by_role("button", name="Send").press("Enter")
    page.get_by_text("Waiting for the service to answer").wait_for()
    return case


def meet(page: Page) -> None:
    """The service accepts, and says that the person came."""
    page.locator("#new").get_by_role("link", name="J.M. R-").press("Enter")
    page.locator("[name=move][value=accept]").press("Space")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    page.get_by_role("link", name="Inbox").press("Enter")
    page.get_by_role("link", name="Say when").first.press("Enter")
    page.locator("[name=starts_at]").fill("now")
    asked = page.get_by_role("region", name="When do you expect them?")
    asked.get_by_role("button", name="Save", exact=True).press("Enter")
    page.get_by_role("link", name="Inbox").press("Enter")
    page.get_by_role("button", name="Came").first.press("Enter")
    page.get_by_role("status").get_by_text("came.").wait_for()
    page.get_by_role("link", name="Inbox").press("Enter")
    page.get_by_text("With the service").first.wait_for(state="attached")  # in a fold


def come_back(page: Page) -> None:
    """Today: the officer says that it is the same person, and the card is there."""
    who(page, None)
    page.get_by_text("None of these: a new person").wait_for()
    page.locator("[name=same_as]").first.press("Space")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    page.wait_for_url("**/custody/bookings/*-*")
    card = page.get_by_role("region", name="Known to us, as they agreed").inner_text()
    assert "Recovery hub: still open" in card
    assert "Go on with Recovery hub" in card
    page.locator("[name=answer][value=accepted]").press("Space")
    page.locator("[name=needs][value=DRUG]").press("Space")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    page.wait_for_url("**/custody/")


def counted(page: Page, site: str, step: str) -> list[str]:
    """People and instances of a step in this year's and last year's report, added up."""
    sums = [0, 0]
    for year in {today().year, (today() - timedelta(days=22)).year}:
        page.goto(f"{site}/reports/outcomes?period={year}")
        row = page.locator("tr", has=page.get_by_role("rowheader", name=step, exact=True)).last
        for n, text in enumerate(row.locator("td").all_inner_texts()[1:3]):
            sums[n] += int(text)
    return [str(number) for number in sums]


def test_the_engagement_is_found_on_card_timeline_and_report_three_weeks_later(page, site):
    def as_role(role: Role) -> Page:
        page.context.clear_cookies()
        enter(page, site, role)
        return page

    desk(as_role(Role.CUSTODY_OFFICER))
    case = hand_over(as_role(Role.WORKER))
    meet(as_role(Role.SERVICE_WORKER))
    come_back(as_role(Role.CUSTODY_SUPERVISOR))
    as_role(Role.WORKER).goto(f"{case}/timeline?show=everything")
    timeline = page.inner_text("main")
    for line in ("Came", "they came"):
        assert line in timeline
    assert timeline.count("Booked Govan") == 2
    as_role(Role.TEAM_LEAD)
    assert counted(page, site, "Booked")[1] == "2"
    assert counted(page, site, "Engaged")[1] == "1"
    assert counted(page, site, "Returned")[1] == "1"
