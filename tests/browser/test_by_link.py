"""A service that never signs in takes a referral from sent to closed, from its e-mails alone."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import EMAILS, Browser
from journeys.test_whole_loop import accept, book, hand_over
from playwright.sync_api import expect

from referral import clock
from referral.access.permissions import Role
from referral.app import create_app
from referral.db import db
from referral.demo import organisations as demo
from referral.post.messages.post import MailboxFolder
from referral.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def workers(site, tmp_path):
    """Runs a worker so many days from now, and finds the newest e-mail that begins so."""
    url, box = f"sqlite:///{tmp_path / 'site.db'}", tmp_path / "mail"

    def run(start: str, days: int = 0):
        moment = (clock.now() + timedelta(days=days)).isoformat()
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--once"]
        settings = {"DATABASE_URL": url, "MAILBOX": str(box), "PUBLIC_URL": site}
        done = subprocess.run([*command, "--now", moment], cwd=ROOT, env=settings, check=False)
        assert done.returncode == 0
        letters = MailboxFolder(box, "").letters()
        return next(letter for letter in letters if letter.subject.startswith(start))

    return run


@pytest.fixture
def team(tmp_path, site):
    """The page of a case whose person was handed to the recovery hub, and a worker's browser."""
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'site.db'}"))
    app.testing, app.test_client_class = True, Browser
    people = {}
    for role in (Role.CUSTODY_OFFICER, Role.WORKER):
        people[role] = app.test_client()
        said = {"email": EMAILS[role], "password": demo.PASSWORD}
        assert people[role].submit("/sign-in", said).status_code == 303
    accept(people[Role.CUSTODY_OFFICER], book(people[Role.CUSTODY_OFFICER]))
    case, _ = hand_over(people[Role.WORKER])
    yield people[Role.WORKER], case
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def look(page) -> None:
    """No barrier for anybody, and no scrolling sideways on a small phone."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def unlock(page, workers) -> None:
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Six digits").fill(re.search(r"\d{6}", workers("Your code").body)[0])
    page.get_by_role("button", name="Show me").click()


def test_from_sent_to_closed_by_e_mail_alone_on_a_small_phone(team, workers, page):
    worker, case = team
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(workers("Please answer").links[0])
    look(page)
    assert "McAlister" not in page.content()
    assert page.context.cookies() == []
    page.get_by_label("We have it").check()
    page.get_by_role("button", name="Send answer").click()
    look(page)
    expect(page.locator("body")).to_contain_text("You said: We have it")
    page.goto(workers("Thank you").links[0])
    unlock(page, workers)
    expect(page.locator("body")).to_contain_text("McAlister")
    look(page)
    page.goto(workers("Did they come", days=4).links[0])
    look(page)
    page.get_by_label("They have come", exact=True).check()
    page.get_by_role("button", name="Send answer").click()
    look(page)
    page.context.clear_cookies()  # weeks later what was opened by the code is shut
    page.goto(workers("Are they still", days=15).links[0])
    assert "Drugs" not in page.content()
    unlock(page, workers)
    look(page)
    page.get_by_label("Completed", exact=True).check()
    page.get_by_label("Reason").select_option(label="Completed: Objectives met")
    page.get_by_label("Better").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("body")).to_contain_text("Thank you")
    assert "Completed" in worker.get(case).text
