"""How long each report takes on a synthetic nation, beside DuckDB over the same rows.

    make bench-reports BOOKINGS="10000 100000 1000000"
    make bench-reports BOOKINGS=1000000 ARGS="--keep DIR"    # makes the nation once

Each report is counted of Scotland for a quarter that still runs, right after a write, with nothing
kept from before: the statements, and laying out. DuckDB answers the very same statements over a
copy of the tables that they name, in the same run, so that the ratio holds on any machine. `own` is
the processor time of this program, which on SQLite is all there is; `grows` is how many times as
long it takes as in the nation before. A PostgreSQL that DATABASE_URL_TEST names keeps its nation;
with `--keep` SQLite does.
"""

import argparse
import csv
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import postgres
from flask_migrate import upgrade
from sqlalchemy import event, inspect, text, update

from referral.app import create_app
from referral.cli.nation import found_nation
from referral.clock import now, today
from referral.db import db
from referral.demo.organisations import PASSWORD
from referral.directory.areas import area_of
from referral.directory.models import CustodyCentre
from referral.published.audiences import Audience
from referral.published.periods import period_of, quarters
from referral.reports.catalogue_queries import KINDS
from referral.reports.queries import areas_for
from referral.reports.wanted import Wanted
from referral.reports.worlds import World
from referral.settings import Settings

SEED = 1
TIMES = 5
SCOTLAND = "S92000003"
GOALS = {"sqlite": 300, "postgresql": 200}  # ms of a report on a nation of a million
Times = Mapping[str, float]  # ms by report


def wanted(period: str) -> Wanted:
    """A report of all Scotland, exactly."""
    at = now()
    area = area_of(SCOTLAND, areas_for(None))
    return Wanted(period_of(period), area, Audience.OWN, World(at), at)


def write_something() -> None:
    """A change just before each count, so that nothing is warm because nothing changed."""
    db.session.execute(update(CustodyCentre).values(version=CustodyCentre.version + 1))
    db.session.commit()


@contextmanager
def statements() -> Iterator[list[tuple[str, object]]]:
    """Every statement that is sent meanwhile, with its values."""
    found: list[tuple[str, object]] = []

    def note(connection, cursor, statement, values, context, executemany) -> None:
        if statement.startswith(("SELECT", "WITH")):
            found.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def timed(act) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def median(act) -> float:
    """The middle of some calls."""
    return statistics.median(timed(act) for _ in range(TIMES))


def beside(found: list[tuple[str, object]], copy: duckdb.DuckDBPyConnection) -> float | None:
    """How long DuckDB takes for the same statements; None where it does not know one of them."""
    try:
        return median(lambda: [copy.execute(sql, list(values)).fetchall() for sql, values in found])
    except duckdb.Error as wrong:
        print(f"    DuckDB: {str(wrong).splitlines()[0]}", file=sys.stderr)
        return None


def copied(names: set[str]) -> duckdb.DuckDBPyConnection:
    """These tables as DuckDB holds them."""
    copy = duckdb.connect(config={"threads": 2})
    for name in sorted(names):
        columns = inspect(db.session.connection()).get_columns(name)
        kinds = ", ".join(f'"{one["name"]}" {kind_of(one["type"])}' for one in columns)
        copy.execute(f'CREATE TABLE "{name}" ({kinds})')
        held = db.session.connection().connection.dbapi_connection
        with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
            csv.writer(file).writerows(held.execute(f'SELECT * FROM "{name}"'))
            file.flush()
            if Path(file.name).stat().st_size:
                copy.execute(f"COPY \"{name}\" FROM '{file.name}' (FORMAT csv, NULLSTR '')")
    return copy


def kind_of(of) -> str:
    """The type of a column there."""
    name = str(of).upper()
    return "BIGINT" if "INT" in name else "BOOLEAN" if "BOOL" in name else "VARCHAR"


def names_in(found: list[tuple[str, object]]) -> set[str]:
    """The tables that statements name."""
    tables = inspect(db.session.connection()).get_table_names()
    words = {word for sql, _ in found for word in re.findall(r"\w+", sql)}
    return words & set(tables)


def measured(app, label: str, before: Times, others: Times) -> tuple[Times, Times]:
    """Print each report: its time, how it grew, DuckDB's for the same answer, and the ratio.

    `before` are the times in a smaller nation, `others` those of DuckDB where they are known.
    """
    with app.app_context():
        period = quarters(today())[0]
        counted = {name: counted_of(kind.count, period) for name, kind in KINDS.items()}
        times = {name: ms for name, (ms, _, _) in counted.items()}
        engine = db.engine.dialect.name
        if engine == "sqlite":
            seen = {name: found for name, (_, _, found) in counted.items()}
            copy = copied(set().union(*map(names_in, seen.values())))
            others = {name: ms for name, found in seen.items() if (ms := beside(found, copy))}
        print(f"{label}: {period}, all Scotland; goal {GOALS[engine]} ms in a million bookings")
        print(f"  {'report':12} {'ms':>8} {'own':>8} {'grows':>8} {'DuckDB':>8} {'ratio':>8}")
        for name, ms in times.items():
            grows = ratio(ms, before.get(name))
            told = f"{others[name]:8.0f}" if name in others else f"{'-':>8}"
            own = f"{counted[name][1]:8.0f}"
            beside_it = ratio(ms, others.get(name))
            print(f"  {name:12} {ms:8.0f} {own} {grows} {told} {beside_it}", flush=True)
        db.session.remove()
        db.engine.dispose()
    return times, others


def counted_of(count, period: str) -> tuple[float, float, list[tuple[str, object]]]:
    """The middle time of a report right after a write, by the clock and of this program alone.

    Last come its statements.
    """
    count(wanted(period))  # statements are built once a process
    with statements() as found:
        count(wanted(period))
    rounds = []
    own = []
    for _ in range(TIMES):
        write_something()
        db.session.rollback()
        start = time.process_time()
        rounds.append(timed(lambda: count(wanted(period))))
        own.append((time.process_time() - start) * 1000)
    db.session.rollback()
    return statistics.median(rounds), statistics.median(own), found


def ratio(ms: float, other: float | None) -> str:
    """How many times as long, in eight letters."""
    return f"{ms / other:8.1f}" if other else f"{'-':>8}"


def app_on(url: str, bookings: int, label: str):
    """The application with one nation, which is made where the database has none."""
    app = create_app(Settings(database_url=url))
    with app.app_context():
        upgrade()
        start = time.perf_counter()
        if held_in_it():
            print(f"{label}: {held_in_it()} bookings are there", flush=True)
        else:
            found_nation(bookings, SEED, PASSWORD, now())
            db.session.commit()
            took = time.perf_counter() - start
            held = held_in_it()
            print(f"{label}: {held} bookings in {took:.0f} s, {held / took:.0f} a second")
        db.session.remove()
    return app


def held_in_it() -> int:
    """How many bookings there are."""
    return db.session.scalar(text("SELECT count(*) FROM booking")) or 0


def main() -> None:
    """Measure each size on each engine."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("bookings", nargs="+", type=int)
    asked.add_argument("--no-postgres", action="store_true")
    asked.add_argument("--keep", type=Path, help="a folder for nations: those in it are used")
    given = asked.parse_args()
    before: dict[str, Times] = {"SQLite": {}, "PostgreSQL": {}}
    for bookings in sorted(given.bookings):
        with tempfile.TemporaryDirectory() as folder:
            place = (given.keep or Path(folder)).resolve() / f"nation-{bookings}.db"
            place.parent.mkdir(parents=True, exist_ok=True)
            label = f"SQLite {bookings}"
            app = app_on(f"sqlite:///{place}", bookings, label)
            before["SQLite"], others = measured(app, label, before["SQLite"], {})
        if not given.no_postgres:
            label = f"PostgreSQL {bookings}"
            with postgres.postgres_url() as url:
                app = app_on(url, bookings, label)
                before["PostgreSQL"], _ = measured(app, label, before["PostgreSQL"], others)


if __name__ == "__main__":
    main()
