"""How long a page takes, and how much longer than the least that Flask can do, in one run.

Each main page, filled with the demo's half year, against a bare Flask page of the same bytes; the
letter and the report of a year against bare WeasyPrint of the same HTML. Rounds of both alternate,
so that what else the machine does falls on both; the middle one counts, and the one that 95 of 100
do not reach stands beside it. What a process keeps for some minutes it has. Run it by `make bench`
on a quiet machine.
"""

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from conftest import EMAILS, hidden_fields
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from support.html import address, addresses
from weasyprint import HTML

from referral.access.permissions import Role
from referral.app import create_app
from referral.clock import now
from referral.db import db
from referral.demo import organisations as demo
from referral.demo.story import play
from referral.handoff.followup import letter_routes
from referral.published.audiences import Audience
from referral.reports import renderings
from referral.reports.catalogue_queries import report_told
from referral.settings import Settings
from referral.web.pdf import HERE, own_files_only

ROUNDS = 40
LETTERS = 5
PAPERS = 3
YEARLY = ("national", "2026", "S92000003")
PAGES = (  # what it is called, who reads it, its list, and what on the list leads to it
    ("Custody centre now", Role.CUSTODY_OFFICER, "/custody/", None),
    ("Booking page", Role.CUSTODY_OFFICER, "/custody/", "/custody/bookings/[0-9a-f-]{36}"),
    ("Case list", Role.WORKER, "/cases?tab=team", None),
    ("Case", Role.WORKER, "/cases?tab=team", "/cases/[0-9a-f-]{36}"),
    ("Inbox", Role.SERVICE_WORKER, "/inbox", None),
    ("Outcome report", Role.TEAM_LEAD, "/reports/outcomes", None),
)


def filled(folder: str) -> Flask:
    """The application with the demo's bookings."""
    app = create_app(Settings(database_url=f"sqlite:///{Path(folder) / 'bench.db'}"))
    with app.app_context():
        upgrade()
        demo.load(demo.PASSWORD)
        play(400, 1, now())
        db.session.commit()
    return app


def signed_in(app: Flask, role: Role) -> FlaskClient:
    """A browser of a role."""
    browser = app.test_client()
    said = {"email": EMAILS[role], "password": demo.PASSWORD}
    form = hidden_fields(browser.get("/sign-in").text) | said
    assert browser.post("/sign-in", data=form).status_code == 303
    return browser


def seconds(deed: Callable[[], object]) -> float:
    """How long one go takes."""
    begun = perf_counter()
    deed()
    return perf_counter() - begun


def compared(ours: Callable[[], object], bare: Callable[[], object], rounds: int) -> str:
    """Ours at the middle and at 95 of 100, the bare one, and the ratio of the middle times."""
    ours(), bare()
    times = [(seconds(ours), seconds(bare)) for _ in range(rounds)]
    own, other = ([1000 * taken for taken in column] for column in zip(*times, strict=True))
    slow = quantiles(own, n=20, method="inclusive")[-1]
    mine, least = median(own), median(other)
    return f"{mine:9.2f} ms {slow:9.2f} ms {least:9.2f} ms {mine / least:8.2f}"


def bare_page(body: bytes) -> Callable[[], object]:
    """The least that Flask can do to answer with these bytes."""
    app = Flask("bare")
    app.add_url_rule("/", "page", lambda: body)
    browser = app.test_client()
    return lambda: browser.get("/")


def page(app: Flask, role: Role, listed: str, leads: str | None) -> str:
    """Compare one page."""
    browser = signed_in(app, role)
    path = address(browser.get(listed).text, leads) if leads else listed
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return compared(lambda: browser.get(path), bare_page(answer.data), ROUNDS)


def letter(app: Flask) -> str:
    """Compare a letter with bare WeasyPrint: same HTML, same styles, same kind of PDF."""
    browser, kept, own = signed_in(app, Role.WORKER), [], letter_routes.as_pdf
    letter_routes.as_pdf = lambda html: kept.append(html) or own(html)
    for case in addresses(browser.get("/cases?tab=team").text, "/cases/[0-9a-f-]{36}"):
        for found in addresses(browser.get(case).text, "/referrals/[0-9a-f-]{36}"):
            if kept:
                break
            path = f"{found}/letter.pdf"
            browser.get(path)
    letter_routes.as_pdf = own

    return compared(lambda: browser.get(path), lambda: bare_pdf(kept[0]), LETTERS)


def annual(app: Flask) -> str:
    """Compare the national report of a year on paper, the same way; it is counted beforehand."""
    made_of, own = [], renderings.pdf_of
    with app.test_request_context():
        told = report_told(*YEARLY, Audience.OWN, now())
        renderings.pdf_of = lambda html: made_of.append(html) or own(html)
        renderings.told_as_pdf(told)
        renderings.pdf_of = own
        times = compared(lambda: renderings.told_as_pdf(told), lambda: bare_pdf(made_of[0]), PAPERS)
    return f"{times}  {len(bare(made_of[0]).render().pages)} pages"


def bare(html: str) -> HTML:
    """The same HTML with the same styles, to WeasyPrint alone."""
    return HTML(string=html, base_url=HERE, url_fetcher=own_files_only())


def bare_pdf(html: str) -> bytes:
    """The least that WeasyPrint does for it, and for the same kind of PDF."""
    return bare(html).write_pdf(pdf_variant="pdf/ua-1")


def main() -> None:
    """Print the times and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        app = filled(folder)
        print(f"{'':24}      median          p95         bare    ratio")
        for name, *rest in PAGES:
            print(f"{name:24}{page(app, *rest)}")
        print(f"{'Letter (PDF)':24}{letter(app)}")
        print(f"{'Annual report (PDF)':24}{annual(app)}")
        with app.app_context():
            db.engine.dispose()


if __name__ == "__main__":
    logging.disable()  # a line for each answer would be most of what is printed
    main()
