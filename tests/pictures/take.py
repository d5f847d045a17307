"""Pictures of the main pages, filled with the demo, as small PNGs beside this file.

Run it by `make pictures`. Colours are reduced to a palette, so that each stays below 150 kB.
"""

import io
import shutil
import tempfile
from pathlib import Path

from browser.conftest import served
from browser.places import add_what_the_demo_lacks, furnish
from conftest import EMAILS
from flask import Flask
from flask_migrate import upgrade
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from support.html import addresses

from referral.access.permissions import Role
from referral.app import create_app
from referral.clock import now, today
from referral.db import db
from referral.demo import organisations as demo
from referral.demo.story import play
from referral.settings import Settings

FOLDER = Path(__file__).parent
MOST = 150_000
PICTURES = (  # its name, who looks, the page, and what fills the page's address
    ("desk", Role.CUSTODY_OFFICER, "/custody/"),
    ("card", Role.CUSTODY_OFFICER, "/custody/bookings/{known}"),
    ("cases", Role.WORKER, "/cases?tab=team"),
    ("assessment", Role.WORKER, "/assessments/{assessment}"),
    ("inbox", Role.SERVICE_WORKER, "/inbox"),
    ("report", Role.CJS_ANALYST, f"/reports/outcomes?period={today().year}"),
)


def filled(folder: Path) -> Flask:
    """The application with the demo's half year."""
    app = create_app(Settings(database_url=f"sqlite:///{folder / 'site.db'}"))
    with app.app_context():
        upgrade()
        demo.load(demo.PASSWORD)
        play(400, 1, now())
        add_what_the_demo_lacks()
        db.session.commit()
    return app


def small(png: bytes) -> bytes:
    """The same picture with as many colours as fit into the space."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (128, 64, 32, 16):
        out = io.BytesIO()
        picture.quantize(colours).save(out, "PNG", optimize=True)
        if out.tell() <= MOST:
            break
    return out.getvalue()


def known_booking(site: str, page: Page) -> str:
    """A live booking on whose page the card of a returning person stands."""
    page.goto(f"{site}/custody/")
    for path in addresses(page.content(), r"/custody/bookings/[0-9a-f-]{36}"):
        page.goto(f"{site}{path}")
        if page.get_by_text("Known to us, as they agreed").count():
            return path.rsplit("/", 1)[1]
    raise SystemExit("Nobody who is here now is known: change the seed.")


def take(browser: Browser, site: str, app: Flask) -> None:
    """Take all pictures."""
    for name, role, address in PICTURES:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
        page.goto(f"{site}/sign-in")
        page.fill("[name=email]", EMAILS[role])
        page.fill("[name=password]", demo.PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        with app.app_context():
            records = furnish(role)
        if "{known}" in address:
            records["known"] = known_booking(site, page)
        page.goto(site + address.format(**records))
        body = small(page.screenshot())
        (FOLDER / f"{name}.png").write_bytes(body)
        print(f"{name}.png {len(body) / 1000:.0f} kB")
        page.context.close()


def main() -> None:
    """Serve the demo and take the pictures."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        app = filled(Path(folder))
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        with served(Path(folder)) as site:
            take(browser, site, app)
        browser.close()


if __name__ == "__main__":
    main()
