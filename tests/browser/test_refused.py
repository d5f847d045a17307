"""A form that was refused says so first to who cannot see: its summary has the focus."""

import pytest
from browser.test_desk import enter
from playwright.sync_api import Page, expect

from referral.access.permissions import Role

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.mark.parametrize(
    ("role", "page_of"),
    [
        (Role.CUSTODY_OFFICER, "/custody/bookings/new"),  # whose first field has the focus else
        (Role.ADMINISTRATOR, "/directory/centres/new"),
        (Role.TEAM_LEAD, "/leave"),
    ],
)
def test_after_a_refusal_the_summary_has_the_focus(page: Page, site: str, role, page_of):
    enter(page, site, role)
    page.goto(f"{site}{page_of}")
    page.evaluate("document.querySelector('main form:has([name=csrf_token])').requestSubmit()")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_visible()
    expect(summary).to_be_focused()
    assert page.title().startswith("Error:")
    page.keyboard.press("Tab")  # on to the first thing that is wrong, by its link
    expect(summary.locator("a").first).to_be_focused()
