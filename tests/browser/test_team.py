"""A team in Chromium: leave is covered, cases are given at once, somebody is found, a week."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.conftest import served
from browser.test_desk import enter
from overdue.escalation.seeded import arrive, let_go, named
from playwright.sync_api import Page, expect
from support.stories import Stories

from referral.access.permissions import Role
from referral.app import create_app
from referral.clock import here, now, today
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.db import db
from referral.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

DAY = timedelta(days=1)


@pytest.fixture
def team(sqlite_model: Path, tmp_path: Path) -> Iterator[str]:
    """Three cases of Catriona Fox, late; and Ann of Morag Sim, who is expected at the hub."""
    shutil.copy(sqlite_model, tmp_path / "site.db")
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'site.db'}"))
    with app.app_context():
        for number in (1, 2, 3):
            case = arrive(number, now() - 9 * DAY)
            case.worker_id = named("Catriona Fox").id
            db.session.flush()
            let_go(case, now() - 9 * DAY)
        came, meets = here(now() - DAY), here(now() + timedelta(minutes=5))
        stories = Stories().play(
            f"""
            {came:%Y-%m-%d} 00:01 Ann booked at Govan
            {came:%Y-%m-%d} 00:02 Ann agreed telling DRUG
            {came:%Y-%m-%d} 00:03 Ann planned
            {came:%Y-%m-%d} 00:04 Ann released
            {came:%Y-%m-%d} 00:05 Ann referred to hub
            {came:%Y-%m-%d} 00:06 Ann accepted by hub
            {came:%Y-%m-%d} 00:07 Ann expected by hub {meets:%Y-%m-%d %H:%M}
            """
        )
        ann = stories.case("Ann")
        ann.worker_id = stories.worker.user_id
        yes = [Agreement(Purpose.OUTCOME, Answer.GRANTED)]
        record_agreements(ann.person, yes, PLAINLY, stories.worker, now())
        db.session.commit()
        db.engine.dispose()
    with served(tmp_path) as address:
        yield address


def is_sound(page: Page) -> None:
    """Nothing wrong for who cannot see well, and nothing to scroll to the side on a phone."""
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 1366, "height": 768})


def say_who_covers(page: Page) -> None:
    """Catriona Fox is away for a week, and Morag Sim covers; by a lead's press."""
    page.get_by_role("link", name="Leave", exact=True).click()
    page.get_by_label("Who is away?").select_option("Catriona Fox")
    page.get_by_label("Who covers?").select_option("Morag Sim")
    page.get_by_label("First day away").fill(f"{today():%d/%m/%Y}")
    page.get_by_label("Last day away").fill(f"{today() + 7 * DAY:%d/%m/%Y}")
    page.get_by_role("button", name="Save who covers").click()
    expect(page.locator("main")).to_contain_text("Catriona Fox is away. Morag Sim covers.")


def test_leave_is_covered_and_ended_and_the_list_of_who_covers_follows(page: Page, team: str):
    enter(page, team, Role.TEAM_LEAD)
    say_who_covers(page)
    is_sound(page)
    page.context.clear_cookies()
    enter(page, team, Role.WORKER)
    expect(page.locator(".app-item").filter(has_text="you cover")).to_have_count(3)
    is_sound(page)
    page.context.clear_cookies()
    enter(page, team, Role.TEAM_LEAD)
    page.goto(f"{team}/leave")
    page.get_by_role("button", name="End it now the cover for Catriona Fox").click()
    expect(page.locator("[role=status]")).to_contain_text("The cover has ended")
    page.context.clear_cookies()
    enter(page, team, Role.WORKER)
    expect(page.locator(".app-item").filter(has_text="you cover")).to_have_count(0)


def test_cases_are_ticked_and_given_by_keyboard_and_taken_back(page: Page, team: str):
    enter(page, team, Role.TEAM_LEAD)
    page.get_by_role("link", name="Team: who has how many").click()
    is_sound(page)
    page.get_by_role("link", name="Catriona Fox", exact=True).click()
    for number in (1, 2):
        page.get_by_label(f"Choose the case of Fore{number} Sur{number}").focus()
        page.keyboard.press("Space")
    is_sound(page)
    page.get_by_label("Give the ticked cases to").select_option("Morag Sim")
    page.get_by_role("button", name="Give", exact=True).press("Enter")
    expect(page.locator("h1")).to_have_text("2 cases given to Morag Sim")
    is_sound(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("main")).to_contain_text("Taken back")
    page.goto(f"{team}/cases/team")
    expect(page.locator("tr").filter(has_text="Catriona Fox").locator("td").first).to_have_text("3")


def test_somebody_is_found_by_one_key_and_the_tabs_keep_the_search(page: Page, team: str):
    enter(page, team, Role.WORKER)
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("sur2")
    page.keyboard.press("Enter")
    expect(page.locator(".app-item")).to_have_count(1)
    expect(page.locator(".app-item")).to_contain_text("Fore2 Sur2")
    is_sound(page)
    page.get_by_role("button", name="Mine (0)").click()
    expect(page.locator("#find")).to_have_value("sur2")
    page.get_by_role("button", name="Everything (1)").click()
    expect(page.locator(".app-item")).to_contain_text("Fore2 Sur2")
    assert "sur2" not in page.url


def test_the_week_shows_who_is_expected_and_the_paper_only_initials(page: Page, team: str):
    enter(page, team, Role.WORKER)
    page.get_by_role("link", name="Calendar").click()
    row = page.locator("table.app-cal tr").filter(has_text="Recovery hub")
    expect(row).to_contain_text("Ann Example")
    is_sound(page)
    page.emulate_media(media="print")
    expect(row.locator("th a")).to_be_hidden()
    expect(row.locator(".app-print-only")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Day", exact=True).click()
    page.get_by_label("Go to a day").fill("31 Feb")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.locator("#day-error")).to_contain_text("There is no 31 February")
    is_sound(page)


def test_what_came_from_a_service_is_counted_and_seen_by_pressing(page: Page, team: str):
    enter(page, team, Role.WORKER)
    page.goto(f"{team}/leave")
    page.get_by_role("button", name="1 new").click()
    expect(page.locator("h1")).to_have_text("What came from others")
    expect(page.locator(".app-items li")).to_contain_text("The service has taken them on")
    is_sound(page)
    expect(page.get_by_role("button", name="0 new")).to_be_visible()
