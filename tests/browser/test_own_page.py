"""The person's own page on a narrow phone: no barrier, and it works without JavaScript."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import EMAILS, Browser
from contact.own_page.carried import Site
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from referral.access.permissions import Role
from referral.app import create_app
from referral.db import db
from referral.demo import organisations as demo
from referral.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def code(tmp_path, site) -> str:
    """The code on a card that was printed."""
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'site.db'}"))
    app.testing, app.test_client_class = True, Browser

    def as_role(role: Role) -> Browser:
        browser = app.test_client()
        said = {"email": EMAILS[role], "password": demo.PASSWORD}
        assert browser.submit("/sign-in", said).status_code == 303
        return browser

    yield Site(app, as_role).code()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def sound(page: Page, name: str) -> None:
    """No barrier that axe knows, and nothing to be moved sideways; with a picture if wanted."""
    expect(page).to_have_title("Your contacts")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    for width in (320, 390, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 800})


def test_the_person_looks_says_and_stops_on_a_phone(browser: Chromium, site, code):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/me")
    sound(page, "door")
    page.fill("[name=code]", code)
    page.fill("[name=born]", "4 5 1985")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("do not match")
    sound(page, "refused")
    page.fill("[name=code]", code)
    page.fill("[name=born]", "3 5 1985")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("Contact 1")
    expect(page).to_have_url(f"{site}/me/page")
    sound(page, "page")
    folds = page.locator("summary:visible")
    assert folds.count() > 3
    low = [box for fold in folds.all() if (box := fold.bounding_box()) and box["height"] < 44]
    assert low == []
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main")).to_contain_text("Recovery hub")
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    sound(page, "open")
    page.get_by_role("button", name="A little").click()
    expect(page.locator("main")).to_contain_text("You said: A little")
    page.get_by_text("Stop all of it").click()
    page.get_by_role("button", name="Stop everything now").click()
    expect(page.locator("main")).to_contain_text("They have not confirmed it yet")
    sound(page, "stopped")
    with page.expect_navigation():
        page.get_by_role("button", name="Close this page").click()
    page.go_back()
    page.reload()
    assert "Contact 1" not in page.inner_text("main")
    context.close()


def test_it_works_without_javascript(browser: Chromium, site, code):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/me")
    page.fill("[name=code]", code)
    page.fill("[name=born]", "3 5 1985")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("Stop Contact 1").click()
    page.get_by_role("button", name="Stop now", exact=True).click()
    expect(page.locator("main")).to_contain_text("They see nothing of you any more")
    context.close()
