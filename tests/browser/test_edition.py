"""In a real Chromium: an edition in few clicks, signed by two, and one that is refused with why."""

from collections.abc import Iterator

import pytest
from browser.conftest import answering
from browser.test_desk import check, enter
from editions.shelf import MAKES, SIGNS
from editions.town import OF_THE_YEAR, YEAR, out, town
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.clock import now, today
from referral.db import db
from referral.demo.organisations import PASSWORD
from referral.editions.models import Edition
from referral.editions.states import KIND, EditionState
from referral.jobs.models import Job
from referral.jobs.runner import Halt, Worker
from referral.jobs.states import JobState
from referral.published.periods import last_quarter

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]
MOST_CLICKS = 12
EARLIER = (*OF_THE_YEAR[:3], YEAR)
SMALL = OF_THE_YEAR[3]
QUARTERS = dict.fromkeys(OF_THE_YEAR, 20) | {SMALL: 4, YEAR: 64}


class Hand:
    """Who clicks, and how often: to choose from a list takes two."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def press(self, name: str, role: str = "button") -> None:
        """Click what is called so."""
        self._click(self.page.get_by_role(role, name=name, exact=True).first)

    def follow(self, name: str) -> None:
        """Click a link."""
        self.press(name, "link")

    def type(self, label: str, words: str) -> None:
        """Click into a field, and type."""
        self._click(self.page.get_by_label(label))
        self.page.keyboard.type(words)

    def choose(self, label: str, words: str) -> None:
        """Open a list, and click what is meant."""
        self.clicks += 2
        self.page.get_by_label(label).select_option(label=words)

    def _click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()


@pytest.fixture
def counting(app, monkeypatch):
    """A town with enough people, and what a worker does when it is told to."""
    town({last_quarter(today()): 32, **QUARTERS}, monkeypatch)

    def work() -> None:
        with app.app_context():
            Worker(app.extensions["work"], now).drain(Halt())

    return work


@pytest.fixture
def site(app, counting) -> Iterator[str]:
    """The application of this process."""
    with answering(app) as address:
        yield address


def signs(app, page: Page, site: str) -> None:
    """The colleague who signs comes in."""
    with app.app_context():
        email = db.session.scalars(select(User.email).filter_by(name=SIGNS)).one()
    page.goto(f"{site}/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_an_edition_of_the_last_quarter_takes_few_clicks(app, browser: Browser, site, counting):
    page = browser.new_page()
    enter(page, site, Role.CJS_ANALYST)
    hand = Hand(page)
    hand.follow("Editions")
    hand.follow("Make an edition")
    check(page, "edition-choose")
    hand.press("Go on")
    expect(page.locator("main")).to_contain_text("being counted")
    expect(page.locator("main")).to_contain_text("This waits for its turn.")
    check(page, "edition-counting")
    counted_as_far_as(app, 1)
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")
    check(page, "edition-counted-half")
    counted_as_far_as(app, 2)
    expect(page.locator("main")).to_contain_text("Step 3 of 3: And on.")
    counting()
    expect(page.locator("main")).to_contain_text("Passed")  # the page looks by itself
    check(page, "edition-check")
    hand.press("I have looked at it: go on to the words")
    check(page, "edition-words")
    hand.type("Whom to ask about it", "statistics@example.org")
    hand.press("Check and go on")
    check(page, "edition-sign")
    hand.choose("Ask to sign second", SIGNS)
    hand.press("Sign, and ask them to sign")
    expect(page.locator("main")).to_contain_text("Asked to sign")
    second_signs(app, browser, site)
    page.reload()
    check(page, "edition-signed")
    hand.follow("Go on to freeze it")
    check(page, "edition-freeze")
    hand.press("Freeze it")
    expect(page.locator("main")).to_contain_text("nothing in it changes any more")
    check(page, "edition-frozen")
    page.goto(f"{site}/editions")
    check(page, "edition-list")
    assert hand.clicks <= MOST_CLICKS
    with app.app_context():
        edition = db.session.scalars(select(Edition)).one()
        assert (edition.state, edition.period) == (EditionState.FROZEN, last_quarter(today()))
        assert (edition.by.name, edition.second_signer.name) == (MAKES, SIGNS)


def counted_as_far_as(app, done: int) -> None:
    """A worker has it in hand and says how far it is; its lease is over, so that others go on."""
    with app.app_context():
        job = db.session.scalars(select(Job).filter_by(kind=KIND)).one()
        if job.state == JobState.WAITING:
            job.claim("another", now())
        job.is_at("And on.", done, 3)
        db.session.commit()


def second_signs(app, browser: Browser, site: str) -> None:
    """They find it under Editions, where it waits for them, read it and sign."""
    page = browser.new_context().new_page()
    signs(app, page, site)
    page.goto(f"{site}/editions")
    expect(page.locator("main")).to_contain_text(f"waits for {SIGNS} to sign")
    page.locator(".app-checks a").first.click()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("main")).to_contain_text("Once it is frozen nothing in it changes")
    page.context.close()


def test_an_edition_that_would_give_a_number_away_is_refused_with_why(
    app, browser: Browser, site, counting
):
    with app.app_context():
        for period in EARLIER:
            out(period, f"{now():%Y-%m-%d %H:%M}")
        db.session.commit()
    page = browser.new_page()
    enter(page, site, Role.CJS_ANALYST)
    hand = Hand(page)
    page.goto(f"{site}/editions/new")
    check(page, "edition-choose-beside")
    page.get_by_label("Period").select_option(value=SMALL)
    hand.press("Go on")
    counting()
    hand.follow("Look again")
    refused = page.locator(".app-refused")
    expect(refused).to_contain_text("This cannot go out as it is")
    expect(refused).to_contain_text("a number could be worked out that stands for too few people")
    expect(refused).not_to_contain_text("64")
    check(page, "edition-refused")
    ways = refused.get_by_role("radio")
    assert ways.count() > 1
    refused.get_by_label("Leave the table “Referrals” out").check(force=True)
    hand.press("Do this and check again")
    counting()
    hand.follow("Look again")
    expect(page.locator("main")).to_contain_text("Passed")
    with app.app_context():
        edition = db.session.scalars(select(Edition).filter_by(period=SMALL)).one()
        assert (edition.state, edition.left_out) == (EditionState.DRAFT, ("indicator",))
