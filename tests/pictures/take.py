"""Pictures of the main pages, filled with the demo, as small PNGs beside this file.

Run it by `make pictures`. Colours are reduced to a palette, so that each stays below 150 kB.
"""

import io
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from browser.conftest import served
from browser.places import add_what_the_demo_lacks, furnish
from conftest import EMAILS
from crowd import actor, let_go, walk
from flask import Flask
from flask_migrate import upgrade
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select

from referral.access.actor import Actor
from referral.access.permissions import Role
from referral.app import create_app
from referral.clock import now, today
from referral.consent.purposes import Purpose
from referral.consent.queries import may
from referral.custody.actions import BookingDetails, ReleaseDetails, open_booking
from referral.custody.models import Booking
from referral.custody.queries import stay_of
from referral.db import db
from referral.demo import organisations as demo
from referral.demo.story import play
from referral.history.queries import services_known
from referral.people.identity import Identity
from referral.people.models import Person
from referral.settings import Settings

FOLDER = Path(__file__).parent
MOST = 150_000
PICTURES = (  # its name, who looks, the page, and what fills the page's address
    ("desk", Role.CUSTODY_OFFICER, "/custody/"),
    ("card", Role.CUSTODY_OFFICER, "/custody/bookings/{known}"),
    ("cases", Role.WORKER, "/cases?tab=team"),
    ("assessment", Role.WORKER, "/assessments/{assessment}"),
    ("inbox", Role.SERVICE_WORKER, "/inbox"),
    ("report", Role.TEAM_LEAD, f"/reports/outcomes?period={today().year}"),
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
        app.config["KNOWN"] = come_back()
        db.session.commit()
    return app


def small(picture: Image.Image) -> bytes:
    """The picture as PNG, with as many colours as fit into the space."""
    for colours in (128, 64, 32, 16):
        out = io.BytesIO()
        picture.quantize(colours).save(out, "PNG", optimize=True)
        if out.tell() <= MOST:
            break
    return out.getvalue()


def come_back() -> str:
    """Somebody whose earlier help the desk may see is booked in once more; returns the stay.

    Where the half year that was drawn has nobody such, one is made.
    """
    officer, at = actor(Role.CUSTODY_OFFICER), now()
    gone = select(Booking).where(
        Booking.centre_id == officer.centre_id, Booking.released_at.is_not(None)
    )
    for before in db.session.scalars(gone.order_by(Booking.released_at.desc(), Booking.id)).all():
        if stay := booked_again(before.person, officer, at):
            return stay
    then = at - timedelta(days=30)
    before = walk(9, then).case.booking
    let_go(before, ReleaseDetails("UNDERTAKING", then, "has", before.version), officer, then)
    db.session.commit()
    return booked_again(before.person, officer, at) or ""


def booked_again(person: Person, officer: Actor, at: datetime) -> str | None:
    """The stay of somebody who is booked in again, where the desk may know who helps them."""
    who = Identity(person.forename, person.surname, person.date_of_birth, sex=person.sex)
    if may(officer, Purpose.DESK, person.id, None, at) and not stay_of(person.id):
        stay = open_booking(BookingDetails(who, at, person.id, cell="12"), officer, at)
        if services_known(officer, stay, at):
            return str(stay.id)
        db.session.rollback()
    return None


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
        page.goto(site + address.format(known=app.config["KNOWN"], **records))
        body = small(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
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
