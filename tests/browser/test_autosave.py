"""What a form that saves while it is typed into says in Chromium, whatever befell meanwhile."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.conftest import served
from browser.test_desk import enter
from overdue.escalation.seeded import arrive
from playwright.sync_api import Browser, Page, expect

from referral.access.permissions import Role
from referral.app import create_app
from referral.clock import now
from referral.db import db
from referral.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

PAUSE, AGAIN = 2_100, 5_100  # ms: of the typing, until it saves; until what failed is tried again
SAVED = "Saved as a draft at"
GOAL = "A bed near my daughter"


@pytest.fixture
def assessment(sqlite_model: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the assessment of a case of the team."""
    shutil.copy(sqlite_model, tmp_path / "site.db")
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'site.db'}"))
    with app.app_context():
        case = arrive(1, now()).id
        db.session.commit()
        db.engine.dispose()
    with served(tmp_path) as address:
        yield f"{address}/cases/{case}/assessment"


def open_as(page: Page, assessment: str, role: Role) -> None:
    """Sign in and open the form, with a clock that a test moves on."""
    page.clock.install()
    enter(page, assessment.split("/cases/")[0], role)
    page.goto(assessment)


def type_in(page: Page, words: str = GOAL) -> None:
    """Type into the form, and pause."""
    page.get_by_label("What is going well").fill(words)
    page.clock.run_for(PAUSE)


def sign_out_elsewhere(page: Page, assessment: str) -> Page:
    """A second tab of that browser, in which its sign-in was ended."""
    other = page.context.new_page()
    other.goto(assessment)
    other.locator(".app-menu summary").click()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/sign-in**")
    return other


def says(page: Page, sentence: str) -> None:
    """The form says so and nothing else, and holds what was typed."""
    expect(page.locator("[data-saved]")).to_contain_text(sentence)
    expect(page.get_by_label("What is going well")).to_have_value(GOAL)


def test_signed_out_in_another_tab_is_said_and_what_was_typed_stays(page: Page, assessment: str):
    open_as(page, assessment, Role.WORKER)
    sign_out_elsewhere(page, assessment)
    type_in(page)
    says(page, "Not saved: you were signed out, or signed in again in another window. Press Save")


def test_signed_in_again_in_another_tab_is_said_and_one_press_sends_it(page: Page, assessment: str):
    open_as(page, assessment, Role.WORKER)
    other = sign_out_elsewhere(page, assessment)
    enter(other, assessment.split("/cases/")[0], Role.WORKER)
    type_in(page)
    says(page, "Not saved: you were signed out, or signed in again in another window. Press Save")
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator("main [role=status]")).to_contain_text("The draft is saved")
    other.goto(assessment)
    expect(other.get_by_label("What is going well")).to_have_value(GOAL)


def test_that_somebody_else_saved_is_said_and_theirs_stands(
    page: Page, browser: Browser, assessment: str
):
    open_as(page, assessment, Role.WORKER)
    lead = browser.new_context().new_page()
    open_as(lead, assessment, Role.TEAM_LEAD)
    type_in(lead)
    says(lead, SAVED)
    type_in(page, "No bed")
    expect(page.locator("[data-saved]")).to_contain_text("Someone else changed this. Your words")
    expect(page.get_by_label("What is going well")).to_have_value("No bed")
    lead.reload()
    expect(lead.get_by_label("What is going well")).to_have_value(GOAL)


def test_a_line_that_is_down_is_said_and_it_is_saved_when_it_is_up(page: Page, assessment: str):
    open_as(page, assessment, Role.WORKER)
    page.context.set_offline(True)
    type_in(page)
    says(page, "Not saved: no connection. We keep trying.")
    page.context.set_offline(False)
    page.clock.run_for(AGAIN + PAUSE)
    says(page, SAVED)


def test_a_case_that_went_to_another_team_is_refused_and_no_line_is_blamed(
    page: Page, assessment: str, tmp_path: Path
):
    open_as(page, assessment, Role.WORKER)
    with sqlite3.connect(tmp_path / "site.db") as rows:
        others = "SELECT id FROM organisation WHERE organisation.id <> team_id"
        rows.execute(f"UPDATE referral_case SET team_id = ({others} LIMIT 1)")
    type_in(page)
    says(page, "Not saved: it was refused. Your words are kept here: copy them")
