"""Two colleagues at one address answer by the same link, each in a Chromium of their own."""

import re
from datetime import timedelta

import pytest
from browser.conftest import answering
from handoff.by_link.mail import newest, path_in
from journeys.test_whole_loop import accept, book, hand_over
from playwright.sync_api import Browser, Page, expect

from referral import clock
from referral.access.permissions import Role
from referral.jobs.runner import Halt, Worker

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

NAME = "McAlister"


@pytest.fixture
def letters(app):
    """Lets the workers bring what waits; all letters, the newest first."""

    def run():
        with app.app_context():
            Worker(app.extensions["work"], clock.now).drain(Halt())
        return app.extensions["mailbox"].letters()

    return run


@pytest.fixture
def two(app, as_role, letters, browser: Browser):
    """The page of the link in a browser of Ann's and in one of Bob's."""
    desk = as_role(Role.CUSTODY_OFFICER)
    accept(desk, book(desk))
    hand_over(as_role(Role.WORKER))
    link = path_in(newest(letters(), "Please answer"))
    contexts = [browser.new_context(viewport={"width": 390, "height": 844}) for _ in "ab"]
    with answering(app) as site:
        pages = [context.new_page() for context in contexts]
        for page in pages:
            page.goto(site + link)
        yield pages
        for context in contexts:
            context.close()


def ask_for_a_code(page: Page, letters) -> str:
    """The digits that come to the address of both."""
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("status")).to_contain_text("We sent six digits")
    return re.search(r"\d{6}", newest(letters(), "Your code").body)[0]


def type_in(page: Page, digits: str) -> None:
    page.get_by_label("Six digits").fill(digits)
    page.get_by_role("button", name="Show me").click()


def answer(page: Page, said: str, button: str) -> None:
    page.get_by_label(said).check()
    if said == "We can’t":
        page.get_by_label("No capacity").check()
    page.get_by_role("button", name=button).click()


def test_each_opens_it_with_a_code_of_their_own(two, letters):
    ann, bob = two
    anns = ask_for_a_code(ann, letters)
    bobs = ask_for_a_code(bob, letters)
    assert anns != bobs
    type_in(bob, "12")
    expect(bob.locator(".govuk-error-message")).to_be_visible()
    type_in(ann, anns)  # the earlier code, and after a slip of Bob's
    expect(ann.locator("main")).to_contain_text(NAME)
    expect(bob.locator("main")).not_to_contain_text(NAME)
    type_in(bob, bobs)
    expect(bob.locator("main")).to_contain_text(NAME)


def test_who_has_opened_it_is_not_shut_out_by_the_wrong_digits_of_the_other(two, letters):
    ann, bob = two
    type_in(ann, ask_for_a_code(ann, letters))
    expect(ann.locator("main")).to_contain_text(NAME)
    bobs = ask_for_a_code(bob, letters)
    link = bob.url
    for digits in (*["12"] * 5, bobs):  # after five wrong ones the right one is worth nothing
        bob.goto(link)
        type_in(bob, digits)
        expect(bob.locator(".govuk-error-message")).to_be_visible()
    ann.reload()
    expect(ann.locator("main")).to_contain_text(NAME)
    bob.get_by_role("button", name="Send another code").click()
    expect(bob.get_by_role("status")).to_contain_text("We sent six digits")
    type_in(bob, re.search(r"\d{6}", newest(letters(), "Your code").body)[0])
    expect(bob.locator("main")).to_contain_text(NAME)


def test_what_one_answers_the_other_sees_and_changes_until_midnight(two, monkeypatch):
    ann, bob = two
    answer(ann, "We have it", "Send answer")
    expect(ann.locator("h1")).to_contain_text("You said: We have it")
    answer(bob, "We can’t", "Send answer")  # on a page from before Ann answered
    expect(bob.locator(".govuk-error-summary")).to_contain_text("Someone else changed this")
    expect(bob.locator("h1")).to_contain_text("You said: We have it")
    answer(bob, "We can’t", "Change the answer")
    expect(bob.locator("h1")).to_contain_text("You said: We can’t")
    ann.reload()
    expect(ann.locator("h1")).to_contain_text("You said: We can’t")
    answer(ann, "We have it", "Change the answer")
    expect(ann.locator("h1")).to_contain_text("You said: We have it")
    monkeypatch.setattr(clock, "source", lambda: clock.system() + timedelta(days=1))
    bob.reload()
    expect(bob.locator("h1")).to_contain_text("You said: We have it")
    expect(bob.get_by_role("button", name="Change the answer")).to_have_count(0)
    expect(bob.locator("main")).to_contain_text("Not right? Ring")
