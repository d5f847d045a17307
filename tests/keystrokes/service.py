"""What a service does on a phone: looks first and takes on by its link; and its inbox when full."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import astuple, dataclass
from os import environ
from pathlib import Path
from subprocess import PIPE

from handoff.followup.fifty import fifty
from playwright.sync_api import Page, expect

from referral.clock import now
from referral.db import db
from referral.post.messages.post import MailboxFolder

PHONE = {"width": 390, "height": 844}
HIGHEST = 2600  # pixels of the inbox with fifty referrals
ROOT = Path(__file__).parents[2]


@dataclass
class ByLink:
    """E-mails that came, codes in them, taps on the page, digits typed."""

    mails: int = 0
    codes: int = 0
    taps: int = 0
    digits: int = 0

    def __str__(self) -> str:
        return "{} mails, {} code, {} taps, {} digits".format(*astuple(self))


GOAL = ByLink(2, 1, 4, 6)


def look_first(page: Page, site: str, folder: Path, look: Callable[[], object]) -> ByLink:
    """Opens the link of the e-mail, asks for the code, looks who it is, and takes them on.

    It is who was handed on at the desk.
    """
    counted = ByLink()

    def letter(start: str) -> object:
        settings = {
            "DATABASE_URL": f"sqlite:///{folder / 'site.db'}",
            "MAILBOX": str(folder / "mail"),
            "PUBLIC_URL": site,
        }
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--once"]
        subprocess.run(command, cwd=ROOT, env={**environ, **settings}, stdout=PIPE, check=True)
        counted.mails += 1
        letters = MailboxFolder(folder / "mail", "").letters()
        return next(one for one in letters if one.subject.startswith(start))

    def tap(what: object) -> None:
        look()
        counted.taps += 1
        what.click()

    page.set_viewport_size(PHONE)
    page.goto(letter("Please answer").links[0])
    tap(page.get_by_role("button", name="Send me a code"))
    code = re.search(r"\d{6}", letter("Your code").body)[0]
    counted.codes += 1
    page.get_by_label("Six digits").fill(code)
    counted.digits += len(code)
    tap(page.get_by_role("button", name="Show me"))
    expect(page.locator("body")).to_contain_text("Jordan Petrie")
    page.get_by_label("We have it").check()
    counted.taps += 1
    tap(page.get_by_role("button", name="Send answer"))
    expect(page.locator("body")).to_contain_text("You said: we have it")
    look()
    return counted


def fill_inbox() -> None:
    """The service has fifty referrals."""
    fifty(now())
    db.session.commit()


def height_of_inbox(page: Page, site: str, look: Callable[[], object]) -> int:
    """How many pixels the inbox with fifty referrals is long on a phone."""
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/inbox")
    height = page.evaluate("document.documentElement.scrollHeight")
    for screen in range(3):
        page.evaluate(f"scrollTo(0, {screen * PHONE['height']})")
        look()
    return height
