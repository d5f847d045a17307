"""How long each report takes on a synthetic nation, beside DuckDB over the same rows.

    make bench-reports BOOKINGS="10000 100000 1000000"

Each report is counted of Scotland for a quarter that still runs, right after a write, with nothing
kept from before: the statements, and laying out. DuckDB answers the very same statements over a
copy of the tables that they name, in the same run, so that the ratio holds on any machine.
"""

import argparse
import csv
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
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
        columns = inspect(db.engine).get_columns(name)
        kinds = ", ".join(f'"{one["name"]}" {kind_of(one["type"])}' for one in columns)
        copy.execute(f'CREATE TABLE "{name}" ({kinds})')
        rows = db.session.execute(text(f'SELECT * FROM "{name}"')).all()
        with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
            csv.writer(file).writerows(rows)
            file.flush()
            if rows:
                copy.execute(f"COPY \"{name}\" FROM '{file.name}' (FORMAT csv, NULLSTR '')")
    return copy


def kind_of(of) -> str:
    """The type of a column there."""
    name = str(of).upper()
    return "BIGINT" if "INT" in name else "BOOLEAN" if "BOOL" in name else "VARCHAR"


def names_in(found: list[tuple[str, object]]) -> set[str]:
    """The tables that statements name."""
    tables = inspect(db.engine).get_table_names()
    return {name for name in tables if any(name in sql for sql, _ in found)}


def measured(app, label: str) -> None:
    """Print each report: its time, DuckDB's for the same statements, and the ratio."""
    with app.app_context():
        period = quarters(today())[0]
        seen: dict[str, list[tuple[str, object]]] = {}
        times = {}
        for name, kind in KINDS.items():
            kind.count(wanted(period))  # statements are built once a process
            with statements() as found:
                kind.count(wanted(period))
            seen[name] = list(found)
            rounds = []
            for _ in range(TIMES):
                write_something()
                db.session.rollback()
                rounds.append(timed(lambda kind=kind: kind.count(wanted(period))))
            times[name] = statistics.median(rounds)
        on_sqlite = db.engine.dialect.name == "sqlite"
        copy = copied(set().union(*map(names_in, seen.values()))) if on_sqlite else None
        print(f"{label}: {period}, all Scotland")
        for name, ms in times.items():
            other = beside(seen[name], copy) if copy else None
            ratio = f"{ms / other:8.1f}" if other else f"{'':8}"
            shown = f"{other:8.0f}" if other else f"{'-':>8}"
            print(f"  {name:12} {ms:8.0f} ms  DuckDB {shown} ms {ratio}", flush=True)
        db.session.remove()
        db.engine.dispose()


def on(url: str, bookings: int, label: str) -> None:
    """One nation in one database, and its reports."""
    app = create_app(Settings(database_url=url))
    with app.app_context():
        upgrade()
        start = time.perf_counter()
        found_nation(bookings, SEED, PASSWORD, now())
        db.session.commit()
        took = time.perf_counter() - start
        held = db.session.scalar(text("SELECT count(*) FROM booking"))
        print(f"{label}: {held} bookings in {took:.0f} s, {held / took:.0f} a second", flush=True)
    measured(app, label)


def main() -> None:
    """Measure each size on each engine."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("bookings", nargs="+", type=int)
    asked.add_argument("--no-postgres", action="store_true")
    given = asked.parse_args()
    for bookings in given.bookings:
        with tempfile.TemporaryDirectory() as folder:
            on(f"sqlite:///{Path(folder) / 'nation.db'}", bookings, f"SQLite {bookings}")
        if not given.no_postgres:
            with postgres.postgres_url() as url:
                on(url, bookings, f"PostgreSQL {bookings}")


if __name__ == "__main__":
    main()
