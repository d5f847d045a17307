"""How many keys the tasks of the desk take, counted in Chromium on the running product.

Prints the table and ends with 1 where a goal is missed, or the database lacks an answer afterwards.
Run it by `make count-keys`; with `ARGS=--film` each task is kept as a strip of pictures. Pages are
those opened between leaving the list and being back on it.
"""

import io
import logging
import shutil
import sys
import tempfile
from pathlib import Path

from browser.conftest import served
from conftest import EMAILS
from flask_migrate import upgrade
from keystrokes.tasks import TASKS, Counted, Kept, Task, kept_of, missed, play, prepare
from pictures.take import small
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from referral.access.permissions import Role
from referral.app import create_app
from referral.db import db
from referral.demo import organisations as demo
from referral.settings import Settings

FILMS = Path(__file__).parents[1] / "pictures"
WIDTH, GAP = 640, 10  # of a page in a film, and between two
LINE = "{:<70} {:>5} {:>5} {:>6} {:>6} {:>8}"


def main(filmed: bool) -> int:
    """Play all, print the table, keep the films where asked; returns how the program ends."""
    logging.disable(logging.INFO)
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        app = create_app(Settings(database_url=f"sqlite:///{Path(folder) / 'site.db'}"))
        with app.app_context():
            upgrade()
            demo.load(demo.PASSWORD)
            prepare()
            db.session.commit()
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        with served(Path(folder)) as site:
            page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="en-GB")
            sign_in(page, site)
            rows = []
            for number, task in enumerate(TASKS, 1):
                frames: list[bytes] = []
                counted = play(page, site, task, lambda kept=frames: kept.append(page.screenshot()))
                if filmed:
                    (FILMS / f"keys{number}.png").write_bytes(strip(frames))
                with app.app_context():
                    rows.append((task, counted, kept_of(task.surname)))
        browser.close()
    return told(rows)


def strip(frames: list[bytes]) -> bytes:
    """The pages of a task, two beside each other, as they stood before each was left."""
    shown = [Image.open(io.BytesIO(one)).convert("RGB") for one in frames]
    wide, high = WIDTH, WIDTH * shown[0].height // shown[0].width
    rows = (len(shown) + 1) // 2
    whole = Image.new("RGB", (2 * wide + GAP, rows * (high + GAP) - GAP), "white")
    for number, one in enumerate(shown):
        place = (number % 2 * (wide + GAP), number // 2 * (high + GAP))
        whole.paste(one.resize((wide, high), Image.Resampling.LANCZOS), place)
    return small(whole)


def sign_in(page: Page, site: str) -> None:
    """The custody officer, at the list."""
    page.goto(f"{site}/sign-in")
    page.fill("[name=email]", EMAILS[Role.CUSTODY_OFFICER])
    page.fill("[name=password]", demo.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/custody/")


def told(rows: list[tuple[Task, Counted, Kept]]) -> int:
    """Print the table, and below it what was missed."""
    print(LINE.format("task", "keys", "goal", "pages", "goal", "letters"))
    for task, counted, _ in rows:
        pages = counted.pages, task.pages
        print(LINE.format(task.name, counted.presses, task.presses, *pages, counted.letters))
    wrong = [
        (task.name, why) for task, counted, kept in rows for why in missed(task, counted, kept)
    ]
    for name, why in wrong:
        print(f"Missed. {name}: {why}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main("--film" in sys.argv))
