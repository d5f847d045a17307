"""The inbox on a phone: three screens for fifty referrals, one press, and the thumb stays there."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.conftest import served
from browser.test_desk import enter
from handoff.followup.fifty import fifty
from playwright.sync_api import Page, expect

from referral.access.permissions import Role
from referral.app import create_app
from referral.clock import now
from referral.db import db
from referral.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

HIGHEST = 2600  # pixels at 390 wide, with fifty referrals
THUMB = 44


@pytest.fixture
def busy(sqlite_model: Path, tmp_path: Path) -> Iterator[str]:
    """The address of an application in which a service has fifty referrals."""
    shutil.copy(sqlite_model, tmp_path / "site.db")
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'site.db'}"))
    with app.app_context():
        fifty(now())
        db.session.commit()
        db.engine.dispose()
    with served(tmp_path) as address:
        yield address


def test_fifty_referrals_stand_in_three_screens_and_what_was_said_where_the_thumb_is(
    page: Page, busy: str
):
    enter(page, busy, Role.SERVICE_WORKER)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollHeight") <= HIGHEST
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for act in page.locator(".app-asks :is(button, form a):visible").all():
        assert act.bounding_box()["height"] >= THUMB
    page.locator("#new .app-btn").nth(1).click()
    said = page.locator("#new [role=status]")
    expect(said).to_be_focused()
    expect(said).to_be_in_viewport()
    expect(said).to_contain_text("You said yes to")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    said.get_by_role("button", name="Undo").click()
    expect(page.locator("#said")).to_be_focused()
    expect(page.locator(".app-sum li").first).to_have_text("3 to answer")
