"""`make bench-load`: do eight desks get their pages while an analyst asks for the year?

    python tests/bench/load.py [--copies N] [--seconds N] [--postgres]

The demo's half year, copied by SQL as that of so many other places, is served as `make run` serves
it. Each desk looks at its centre, opens a booking, which is recorded, and books somebody now and
then; meanwhile one analyst asks for the outcomes of the year again and again. Prints the
milliseconds of the desks' requests and their errors; fails on an error or a p95 over 300 ms.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from hashlib import blake2b
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from conftest import EMAILS, hidden_fields
from flask_migrate import upgrade
from postgres import postgres_url
from sqlalchemy import Table, Uuid, insert, select, text
from support.html import addresses

from referral.access.permissions import Role
from referral.app import create_app
from referral.clock import now, today
from referral.db import db
from referral.demo import organisations as demo
from referral.demo.story import play
from referral.settings import Settings

DESKS, GOAL = 8, 300
PAUSE = 0.5  # seconds between a desk's requests, many times what a desk does
ANEW = {  # what must not stand in the database twice
    "organisation": "name",
    "custody_centre": "name",
    "person": "reference",
    "user_account": "email",
    "person_message": "occasion",
    "referral": "reference",
}
COPIED = (
    *("organisation", "organisation_council", "custody_centre", "team_centre", "user_account"),
    *("service", "service_council", "service_need", "person", "booking", "offer", "consent"),
    *("referral_case", "safety_warning", "assessment", "assessed_need", "contact_plan"),
    *("review_point", "attempt", "referral", "referral_event", "appointment"),
    *("need_outcome", "unmet_need", "escalation", "worth_word"),
)


def copy(copies: int) -> int:
    """The same people, places and services again and again; returns the number of bookings."""
    tables = [table for table in db.metadata.sorted_tables if table.name in COPIED]
    for table in tables:
        rows = [dict(row) for row in db.session.execute(select(table)).mappings()]
        moved = _moved(table)
        for number in range(1, copies) if rows else ():
            db.session.execute(insert(table), [_copied(r, moved, table, number) for r in rows])
    db.session.commit()
    bookings = db.metadata.tables["booking"]
    return len(db.session.execute(select(bookings.c.id)).all())


def _moved(table: Table) -> list[str]:
    """The columns that name something that is copied too."""
    named = {c.name: {key.column.table.name for key in c.foreign_keys} for c in table.columns}
    whole = [column.name for column in table.columns if isinstance(column.type, Uuid)]
    return [name for name in whole if not named[name] or named[name] & set(COPIED)]


def _copied(row: dict, moved: list[str], table: Table, number: int) -> dict:
    new = {name: UUID(int=row[name].int ^ number) for name in moved if row[name]}
    anew = ANEW.get(table.name, "")
    if row.get(anew):
        new[anew] = f"{row[anew]}-{number}"
    if "order" in row:  # which is told apart in its table
        new["order"] = row["order"] + number * 1_000_000
    return row | new


@contextmanager
def served(url: str, folder: str):
    """The address of a server on this database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    own = {"DATABASE_URL": url, "MAILBOX": f"{folder}/mailbox", "PYTHONPATH": "."}
    with (Path(folder) / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, *program, "wsgi:app"], env=os.environ | own, stderr=log, stdout=log
        )
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


@dataclass
class Visitor:
    """Somebody at a browser: what they asked, how long each took, and what went wrong."""

    home: str
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def ask(self, path: str, typed: dict | None = None) -> str:
        """The page, or an empty one after an error; it waits a minute at most."""
        data = urlencode(typed).encode() if typed else None
        begun = time.perf_counter()
        try:
            with self.opener.open(self.home + path, data, timeout=60) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, OSError) as error:
            self.errors.append(f"{path}: {error}")
            return ""
        finally:
            self.times.append((time.perf_counter() - begun) * 1000)

    def sign_in(self, role: Role) -> None:
        """By the page, as everybody does; that is not measured."""
        said = {"email": EMAILS[role], "password": demo.PASSWORD}
        for _ in range(60):
            if page := self.ask("/sign-in"):
                self.ask("/sign-in", hidden_fields(page) | said)
                break
            time.sleep(0.5)  # the server is starting
        self.times.clear()
        self.errors.clear()


def called(desk: int, turn: int) -> str:
    """A name for each: letters alone, and like no other, so that nobody is suggested."""
    digits = blake2b(f"{desk} {turn}".encode(), digest_size=6).hexdigest()
    return "".join("abcdefghijklmnop"[int(digit, 16)] for digit in digits).capitalize()


def sit(home: str, number: int, until: float) -> Visitor:
    """One desk: looks, opens a booking, and books somebody at each fourth turn."""
    desk, turn = Visitor(home), number
    desk.sign_in(Role.CUSTODY_OFFICER)
    while not desk.times or time.time() < until:
        page = desk.ask("/custody/")
        links = addresses(page, "/custody/bookings/[0-9a-f-]{36}")
        time.sleep(PAUSE)
        if links:
            desk.ask(links[turn % len(links)])
        time.sleep(PAUSE)
        if turn % 4 == 0 and (form := desk.ask("/custody/bookings/new")):
            name = {"surname": called(number, turn), "forename": called(turn, number)}
            typed = name | {"about_age": "30"} | {"authorised_at": f"{now():%Y-%m-%dT%H:%M}"}
            desk.ask("/custody/bookings/new", hidden_fields(form) | typed)
        turn += 1
    return desk


def analyse(home: str, until: float) -> Visitor:
    """One team lead asks for the year again and again."""
    lead = Visitor(home)
    lead.sign_in(Role.TEAM_LEAD)
    while time.time() < until:
        lead.ask(f"/reports/outcomes?period={today().year}")
    return lead


def measured(url: str, folder: str, seconds: int) -> tuple[list[Visitor], Visitor]:
    """What the desks and the analyst met."""
    with served(url, folder) as home, ThreadPoolExecutor(DESKS + 1) as people:
        Visitor(home).sign_in(Role.CJS_ANALYST)  # until the server is there
        until = time.time() + seconds
        analyst = people.submit(analyse, home, until)
        desks = [people.submit(sit, home, number, until) for number in range(DESKS)]
        return [desk.result() for desk in desks], analyst.result()


def told(name: str, times: list[float]) -> float:
    """Prints the milliseconds; returns the 95th percentile."""
    ordered = sorted(times)
    middle, most = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(
        f"{name:8}{len(ordered):6} requests, median {middle:7.0f} ms, "
        f"p95 {most:7.0f} ms, most {ordered[-1]:7.0f} ms"
    )
    return most


def main() -> None:
    """Fill, measure, and print."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--copies", type=int, default=50)
    wanted.add_argument("--seconds", type=int, default=30)
    wanted.add_argument("--postgres", action="store_true")
    said = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        own = nullcontext(f"sqlite:///{Path(folder) / 'load.db'}")
        with postgres_url() if said.postgres else own as url:
            app = create_app(Settings(database_url=url))
            with app.app_context():
                upgrade()
                demo.load(demo.PASSWORD)
                play(400, 1, now())
                print(f"{copy(said.copies)} bookings on {db.engine.dialect.name}")
                db.session.execute(text("ANALYZE"))  # as a database that grew would have
                db.session.commit()
                db.session.remove()
                db.engine.dispose()
            desks, analyst = measured(url, folder, said.seconds)
    most = told("desks", [ms for desk in desks for ms in desk.times])
    told("analyst", analyst.times)
    errors = [error for visitor in (*desks, analyst) for error in visitor.errors]
    print(f"{len(errors)} errors", *sorted(set(errors))[:5], sep="\n  ")
    raise SystemExit(bool(errors) or most > GOAL)


if __name__ == "__main__":
    main()
