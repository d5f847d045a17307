"""In a real Chromium: what the desk does most takes as few keys as it may, and all is answered."""

import sqlite3
from pathlib import Path

import pytest
from browser.test_desk import enter
from keystrokes.tasks import LIST, TASKS, kept_of, missed, play, prepare
from playwright.sync_api import Browser, Page, expect

from referral.access.permissions import Role
from referral.app import create_app
from referral.db import db
from referral.settings import Settings

DECLINES, _, ACCEPTS, *_ = TASKS
NEW = "/custody/bookings/new"


@pytest.fixture
def app(site: str, tmp_path: Path):
    """The application beside the served one, on its database."""
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'site.db'}"))
    with app.app_context():
        prepare()
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


def test_a_new_person_declines_and_another_accepts_in_few_keys(app, page: Page, site: str):
    enter(page, site, Role.CUSTODY_OFFICER)
    for task in (DECLINES, ACCEPTS):
        counted = play(page, site, task)
        with app.app_context():
            assert list(missed(task, counted, kept_of(task.surname))) == []


def test_a_key_acts_where_the_hand_is_and_answers_no_other_question(page: Page, site: str):
    enter(page, site, Role.CUSTODY_OFFICER)
    page.goto(site + NEW)
    page.keyboard.type("Dunn")  # a field takes letters as letters
    assert page.locator("[name=answer]:checked").count() == 0
    page.locator("[name=sex][value=F]").focus()
    page.keyboard.press("A")
    page.keyboard.press("n")
    assert chosen(page) == {"answer": "accepted", "contact": "no"}
    expect(page.locator("#desk")).to_be_focused()
    page.locator("[name=contact]:checked").focus()
    page.keyboard.press("y")
    assert chosen(page) == {"answer": "accepted", "contact": "yes"}
    expect(page.locator("#phone")).to_be_focused()  # it opened, and is empty
    page.locator("[name=answer]:checked").focus()
    page.keyboard.press("w")
    expect(page.locator("#ask_again_at")).to_be_focused()
    assert chosen(page) == {"answer": "not now", "contact": "yes"}
    expect(page.locator("#phone")).to_be_visible()  # what was said does not hide


def test_services_follow_the_needs_and_the_words_follow_what_is_chosen(app, page: Page, site: str):
    enter(page, site, Role.CUSTODY_OFFICER)
    page.goto(site + NEW)
    page.locator("#surname").fill("Dunn")
    page.locator("[name=answer][value=accepted]").check()
    shown = page.locator("[data-needs]:visible")
    assert shown.count() > 1  # nothing is ticked yet: whoever serves the area
    page.locator("[name=needs][value=HOUS]").check()
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("Housing first")
    page.locator("[name=needs][value=DRUG]").check()
    expect(page.locator("[data-need]:visible")).to_have_count(2)
    page.keyboard.press("g")
    expect(page.locator("[name=service]:checked + label")).to_contain_text("Recovery hub")
    expect(page.locator("#share")).to_be_focused()
    page.keyboard.press("e")
    expect(page.locator("#told-words")).to_contain_text("Dunn; has not agreed to be contacted")
    page.locator("#forename").fill("Ann")
    page.locator("#forename").blur()
    expect(page.locator("#told-words")).to_contain_text("Ann Dunn")
    expect(page.locator("#sends")).to_contain_text("Recovery hub is asked at once")
    page.locator("[name=service]:checked").focus()
    page.keyboard.press("n")
    expect(page.locator("#told-words")).to_be_hidden()
    expect(page.locator("#when-you-save")).to_contain_text("No service is told anything yet.")


def test_without_a_script_whoever_serves_the_area_is_shown_and_the_words_on_demand(
    app, browser: Browser, site: str
):
    page = browser.new_context(java_script_enabled=False).new_page()
    enter(page, site, Role.CUSTODY_OFFICER)
    page.goto(site + NEW)
    for name, typed in (("surname", "Dunn"), ("forename", "Ann")):
        page.fill(f"[name={name}]", typed)
    page.locator("[name=answer][value=accepted]").check()
    page.locator("[name=needs][value=DRUG]").check()
    page.locator("[name=dangers][value=no-other]").check()
    assert page.locator("[data-needs]:visible").count() > 1
    page.get_by_role("radio", name="Recovery hub").check()
    page.locator("[name=share][value=summary]").check()
    page.get_by_role("button", name="Show what it is told").click()
    expect(page.locator("#told-words")).to_contain_text("Ann Dunn; has not agreed to be contacted")
    page.locator("[data-save]").click()
    expect(page.locator(".app-said")).to_contain_text("The service is told now")
    page.context.close()


def test_only_what_belongs_to_the_answer_is_open(page: Page, site: str):
    enter(page, site, Role.CUSTODY_OFFICER)
    page.goto(site + NEW)
    parts = ("#ask_again_at", "#declined_reason", "#not_asked_reason", "#contact", "#needs")
    answers = {
        "accepted": {"#contact", "#needs"},
        "declined": {"#declined_reason"},
        "not now": {"#ask_again_at"},
        "not fit yet": {"#ask_again_at"},
        "not asked": {"#not_asked_reason"},
    }
    for answer, opened in answers.items():
        page.locator(f"[name=answer][value='{answer}']").check()
        assert {part for part in parts if page.locator(part).is_visible()} == opened, answer
        assert page.locator("#dangers").is_visible()
        [line] = page.locator("#when-you-save p:visible").all()
        assert answer in line.text_content().split(":")[0].lower()
    page.keyboard.press("+")  # whatever they answered, they may agree to something
    assert page.locator("#contact").is_visible()
    save = page.get_by_role("button", name="Save", exact=True)
    expect(save).to_be_in_viewport()


def test_control_and_enter_saves_and_goes_on_to_the_next(page: Page, site: str, tmp_path: Path):
    enter(page, site, Role.CUSTODY_OFFICER)
    page.goto(site + NEW)
    for name in ("Dunn", "Ann"):
        page.keyboard.type(name)
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page).to_have_url(site + NEW)
    expect(page.locator("#surname")).to_be_focused()
    with page.expect_navigation():
        page.get_by_role("link", name="Centre now").click()
    with sqlite3.connect(tmp_path / "site.db") as database:
        assert database.execute("SELECT count(*) FROM booking").fetchone() == (1,)
    database.close()
    expect(page).to_have_url(site + LIST)


def test_who_is_young_is_marked_while_the_birth_date_is_typed(page: Page, site: str):
    enter(page, site, Role.CUSTODY_OFFICER)
    page.goto(site + NEW)
    for typed in ("Dunn", "Ann", "3 5 1985"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("3 5 2013")
    note = page.locator("#likely")
    expect(note).to_contain_text("Under 16. A parent, carer or appropriate adult has to be there")
    page.keyboard.press("Control+a")
    page.keyboard.type("3 5 1985")
    expect(note).to_be_empty()


def test_the_screen_turned_to_the_person_has_big_words_no_name_and_answers_nothing(
    page: Page, site: str
):
    enter(page, site, Role.CUSTODY_OFFICER)
    page.goto(site + NEW)
    page.keyboard.type("Dunn")
    page.keyboard.press("F2")  # also while one types
    shown = page.get_by_role("dialog", name="For the person to read")
    expect(shown).to_contain_text("You can talk to someone who is not the police")
    expect(shown).not_to_contain_text("Dunn")
    page.get_by_role("button", name="Back to the desk").focus()
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    assert chosen(page) == {}


def chosen(page: Page) -> dict[str, str]:
    """The choices of the talk that are made, by the name of their question."""
    boxes = page.locator("[name=answer]:checked, [name=contact]:checked, [name=desk]:checked")
    return dict(boxes.evaluate_all("boxes => boxes.map(box => [box.name, box.value])"))
