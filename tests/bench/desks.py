"""`make bench-desks`: do desks that book slow down desks that look somebody up?

    python tests/bench/desks.py [--people N] [--postgres] [--flat-out]

Eight processes look people up; then they do so again while eight others book people. Each desk
looks four times a second or books once a second, many times what a nation's custody does; flat out
they do not pause, and what is measured is the processor. Prints the times of one look and their
ratio.
"""

import argparse
import gzip
import json
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

from bench import generator
from conftest import EMAILS
from flask import Flask
from flask_migrate import upgrade
from postgres import postgres_url
from sqlalchemy import select

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.app import create_app
from referral.clock import now
from referral.custody.actions import BookingDetails, open_booking
from referral.db import db
from referral.demo import organisations as demo
from referral.locks import reading
from referral.people.identity import Identity
from referral.people.queries import candidates, identity_asked
from referral.settings import Settings

DESKS = 8
LOOK_EACH, BOOK_EACH = 0.25, 1.0
SECONDS = 20
READY = 20  # seconds until all processes have started


@dataclass(frozen=True)
class Desk:
    """One desk: where its database is, how long it pauses, and when all of them begin."""

    number: int
    url: str
    pause: float
    start: float


def look(desk: Desk, asked: list[Identity]) -> list[float]:
    """The milliseconds of each look, for the time of a round."""
    app, times = create_app(Settings(database_url=desk.url)), []
    with app.app_context(), reading():
        candidates(asked[desk.number])  # the first one reads the lists of names
        db.session.rollback()
        for turn in _turns(desk):
            begun = time.perf_counter()
            candidates(asked[(desk.number * 97 + turn) % len(asked)])
            db.session.rollback()
            times.append((time.perf_counter() - begun) * 1000)
    return times


def book(desk: Desk) -> int:
    """How many people were booked in the time of a round."""
    app, booked = create_app(Settings(database_url=desk.url)), 0
    for turn in _turns(desk):
        with app.app_context():
            email = EMAILS[Role.CUSTODY_OFFICER]
            officer = db.session.scalars(select(User).filter_by(email=email)).one().actor
            born = date(1970, 1, 1) + timedelta(days=turn * DESKS + desk.number)
            who = Identity(f"Desk{desk.number}", f"Turn{turn}", born)
            open_booking(BookingDetails(who, now()), officer, now())
            db.session.commit()
            booked += 1
    return booked


def _turns(desk: Desk) -> Iterable[int]:
    time.sleep(max(0.0, desk.start - time.time()))
    turn = 0
    while time.time() < desk.start + SECONDS:
        yield turn
        turn += 1
        time.sleep(desk.pause)


def measured(url: str, asked: list[Identity], *, busy: bool, flat_out: bool) -> list[float]:
    """The sorted milliseconds of all looks of a round."""
    with ProcessPoolExecutor(2 * DESKS, get_context("spawn")) as desks:
        pauses = (0.0, 0.0) if flat_out else (LOOK_EACH, BOOK_EACH)
        start = time.time() + READY
        looks = [desks.submit(look, Desk(n, url, pauses[0], start), asked) for n in range(DESKS)]
        books = [desks.submit(book, Desk(n, url, pauses[1], start)) for n in range(DESKS) if busy]
        if busy:
            print(f"  {sum(done.result() for done in books)} people booked without an error")
        return sorted(ms for done in looks for ms in done.result())


def filled(url: str, folder: Path, people: int) -> tuple[Flask, list[Identity]]:
    """An application with so many people, and what the desks ask."""
    generator.write(folder, people, 3000)
    app = create_app(Settings(database_url=url))
    with app.app_context():
        upgrade()
        demo.load(demo.PASSWORD)
        db.session.commit()
    said = app.test_cli_runner().invoke(args=["people", "load", str(folder / "persons.tsv.gz")])
    assert not said.exit_code, said.output
    with gzip.open(folder / "queries.jsonl.gz", "rt", encoding="utf-8") as lines:
        return app, [identity_asked(json.loads(line)["q"]) for line in lines]


def main() -> None:
    """Measure, and print."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--people", type=int, default=100_000)
    wanted.add_argument("--postgres", action="store_true")
    wanted.add_argument("--flat-out", action="store_true")
    said = wanted.parse_args()
    with tempfile.TemporaryDirectory() as made:
        own = nullcontext(f"sqlite:///{Path(made) / 'bench.db'}")
        with postgres_url() if said.postgres else own as url:
            _, asked = filled(url, Path(made), said.people)
            rounds = {
                name: measured(url, asked, busy=busy, flat_out=said.flat_out)
                for name, busy in (("quiet", False), ("busy", True))
            }
    for name, times in rounds.items():
        middle, most = times[len(times) // 2], times[int(len(times) * 0.95)]
        print(f"{name:6} {len(times):6} looks, median {middle:6.1f} ms, p95 {most:6.1f} ms")
    ratio = [times[int(len(times) * 0.95)] for times in rounds.values()]
    print(f"p95 beside desks that book: {ratio[1] / ratio[0]:.2f} times the quiet one")


if __name__ == "__main__":
    main()
