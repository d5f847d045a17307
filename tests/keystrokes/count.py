"""How many keys the tasks of the desk take, and what a service has to do, counted in Chromium.

Prints the table and ends with 1 where a goal is missed, or the database lacks an answer afterwards.
Run it by `make count-keys`; with `ARGS=--film` each task is kept as a strip of pictures. Pages are
those opened between leaving the list and being back on it.
"""

import io
import logging
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from browser.conftest import served
from conftest import EMAILS
from flask_migrate import upgrade
from keystrokes.service import (
    GOAL,
    HIGHEST,
    ByLink,
    fill_inbox,
    height_of_inbox,
    look_first,
)
from keystrokes.tasks import TASKS, Counted, Kept, Task, kept_of, missed, play, prepare
from pictures.take import small
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from referral.access.permissions import Role
from referral.app import create_app
from referral.db import db
from referral.demo import organisations as demo
from referral.settings import Settings

FILMS = Path(__file__).parents[1] / "pictures"
WIDTH, NARROW, GAP = 640, 315, 10  # of a page in a film, of one on a phone, and between two
LINE = "{:<70} {:>5} {:>5} {:>6} {:>6} {:>8}"


def main(filmed: bool) -> int:
    """Play all, print the table, keep the films where asked; returns how the program ends."""
    logging.disable(logging.INFO)
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as desk, tempfile.TemporaryDirectory() as full:
        prepared(Path(desk), prepare)
        prepared(Path(full), fill_inbox)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
            rows = at_the_desk(browser, Path(desk), filmed)
            by_link = of_a_service(browser, Path(desk), filmed)
            height = in_the_inbox(browser, Path(full), filmed)
            browser.close()
    return told(rows, by_link, height)


def prepared(folder: Path, more: Callable[[], None]) -> None:
    """The demo's accounts and places in the database of a folder, and more."""
    app = create_app(Settings(database_url=f"sqlite:///{folder / 'site.db'}"))
    with app.app_context():
        upgrade()
        demo.load(demo.PASSWORD)
        more()
        db.session.commit()


def at_the_desk(browser: Browser, folder: Path, filmed: bool) -> list[tuple[Task, Counted, Kept]]:
    """Each task of the desk, what it took, and what is kept of it."""
    app, rows = create_app(Settings(database_url=f"sqlite:///{folder / 'site.db'}")), []
    with served(folder) as site:
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="en-GB")
        sign_in(page, site, Role.CUSTODY_OFFICER)
        for number, task in enumerate(TASKS, 1):
            film = Film(page)
            counted = play(page, site, task, film.look)
            film.keep(f"keys{number}", WIDTH, 2, filmed)
            with app.app_context():
                rows.append((task, counted, kept_of(task.surname)))
    return rows


def of_a_service(browser: Browser, folder: Path, filmed: bool) -> ByLink:
    """What a service does that looks first and then takes on, by the link of its e-mail."""
    with served(folder) as site:
        film = Film(browser.new_page(locale="en-GB"))
        counted = look_first(film.page, site, folder, film.look)
        film.keep("link", NARROW, 4, filmed)
    return counted


def in_the_inbox(browser: Browser, folder: Path, filmed: bool) -> int:
    """How long the inbox with fifty referrals is on a phone."""
    with served(folder) as site:
        film = Film(browser.new_page(locale="en-GB"))
        sign_in(film.page, site, Role.SERVICE_WORKER)
        height = height_of_inbox(film.page, site, film.look)
        film.keep("fifty", NARROW, 3, filmed)
    return height


class Film:
    """The pictures of a page as they stood before each was left."""

    def __init__(self, page: Page) -> None:
        self.page, self.frames = page, []

    def look(self) -> None:
        """One more picture."""
        self.frames.append(self.page.screenshot())

    def keep(self, name: str, wide: int, across: int, filmed: bool) -> None:
        """All in one picture, so many beside each other, where a film is wanted."""
        if not filmed:
            return
        shown = [Image.open(io.BytesIO(one)).convert("RGB") for one in self.frames]
        high, rows = wide * shown[0].height // shown[0].width, -(-len(shown) // across)
        size = (across * (wide + GAP) - GAP, rows * (high + GAP) - GAP)
        whole = Image.new("RGB", size, "white")
        for number, one in enumerate(shown):
            place = (number % across * (wide + GAP), number // across * (high + GAP))
            whole.paste(one.resize((wide, high), Image.Resampling.LANCZOS), place)
        (FILMS / f"{name}.png").write_bytes(small(whole))


def sign_in(page: Page, site: str, role: Role) -> None:
    """Somebody of the role, at their first page."""
    page.goto(f"{site}/sign-in")
    page.fill("[name=email]", EMAILS[role])
    page.fill("[name=password]", demo.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def told(rows: list[tuple[Task, Counted, Kept]], by_link: ByLink, height: int) -> int:
    """Print the table, and below it what was missed."""
    print(LINE.format("task", "keys", "goal", "pages", "goal", "letters"))
    for task, counted, _ in rows:
        pages = counted.pages, task.pages
        print(LINE.format(task.name, counted.presses, task.presses, *pages, counted.letters))
    wrong = [
        (task.name, why) for task, counted, kept in rows for why in missed(task, counted, kept)
    ]
    print(f"Service, look first, then take on, by link: {by_link}; the goal: {GOAL}")
    print(f"Inbox, 50 referrals, 390 pixels wide: {height:,} pixels; the goal: {HIGHEST:,}")
    if by_link != GOAL:
        wrong.append(("Service by link", str(by_link)))
    if height > HIGHEST:
        wrong.append(("Inbox", f"{height} pixels"))
    for name, why in wrong:
        print(f"Missed. {name}: {why}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main("--film" in sys.argv))
