"""Load a whole register of people at once, a million in minutes.

The rows go straight to the driver of the database, in batches. The keys are first put aside and
then written in their order, since writing eighteen million of them where each falls would visit the
whole table over and over.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, date, datetime
from itertools import chain, islice
from multiprocessing import get_context
from os import cpu_count
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import select, text

from referral.db import MAPPED, db, next_orders
from referral.people.details import HeardIn
from referral.people.models import Person, SaidDetail, key_of
from referral.people.naming import naming_of
from referral.people.register import Recognisable, RegisterEntry, recognisable

BATCH = 10_000
MOST_WORKERS = 4
COLUMNS = {
    "person": (
        "id forename middle surname naming forename_key surname_key date_of_birth sex postcode"
        " no_fixed_abode phone s_number language interpreter reference words"
    ),
    "person_alias": "id person_id forename middle surname date_of_birth",
    "said_detail": (
        '"order" id person_id detail value said_by heard_in by_id happened_at recorded_at'
        " taken_back_at"
    ),
    "person_traits": "number person_id line",
    "key_put_aside": "key number",
}
QUICKER = {
    "sqlite": [
        "PRAGMA cache_size=-100000",
        "PRAGMA mmap_size=0",
        "PRAGMA threads=2",
        "PRAGMA analysis_limit=1000",
    ],
    "postgresql": [
        "SET LOCAL statement_timeout = 0",
        "SET LOCAL idle_in_transaction_session_timeout = 0",
        "SET LOCAL work_mem = '256MB'",
    ],
}
PUT_ASIDE = "CREATE TEMPORARY TABLE key_put_aside (key BIGINT NOT NULL, number INTEGER NOT NULL)"
IN_ORDER = (
    "INSERT INTO person_key (key, number) SELECT key, number FROM key_put_aside ORDER BY 1, 2"
)

SWEPT = (
    "SET statement_timeout = 0",
    "VACUUM (ANALYZE) person, person_traits, person_key",
    "RESET statement_timeout",
)


class _Loaded(NamedTuple):
    """One person of a batch, with the numbers they were given."""

    entry: RegisterEntry
    id: str
    number: int
    line: str
    keys: list[int]
    words: str


def known_references() -> set[str]:
    """The references of people who were loaded before."""
    found = select(Person.reference).where(Person.reference.is_not(None))
    return {reference for reference in db.session.scalars(found) if reference}


def load(entries: Iterable[RegisterEntry], at: datetime) -> int:
    """Add these people, with the keys under which they are recognised; returns how many."""
    connection = db.session.connection()
    dialect = connection.dialect.name
    for statement in (*QUICKER[dialect], PUT_ASIDE):
        connection.execute(text(statement))
    loaded = 0
    for batch, made in _prepared(iter(entries)):
        numbers = _numbers(len(batch))
        given = zip(batch, made, numbers, strict=True)
        _write([_Loaded(e, uuid4().hex, n, *found) for e, found, n in given], at)
        loaded += len(batch)
    connection.execute(text(IN_ORDER))
    connection.execute(text("DROP TABLE key_put_aside"))
    connection.execute(text("ANALYZE"))
    if dialect == "sqlite":
        connection.execute(text("PRAGMA cache_size=-2000"))
        connection.execute(text(f"PRAGMA {MAPPED}"))
    return loaded


def _prepared(
    coming: Iterator[RegisterEntry],
) -> Iterator[tuple[list[RegisterEntry], list[Recognisable]]]:
    """Batch by batch, with traits and keys; a second processor makes them where there is much."""
    first = list(islice(coming, BATCH))
    if len(first) < BATCH:
        yield first, recognisable(first)
        return
    batches = chain([first], iter(lambda: list(islice(coming, BATCH)), []))
    workers = min(MOST_WORKERS, max(1, (cpu_count() or 1) - 1))
    ahead: deque[tuple[list[RegisterEntry], Future[list[Recognisable]]]] = deque()
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for batch in batches:
            ahead.append((batch, pool.submit(recognisable, batch)))
            if len(ahead) > 2 * workers:
                ready, made = ahead.popleft()
                yield ready, made.result()
        for ready, made in ahead:
            yield ready, made.result()


def _numbers(many: int) -> Iterator[int]:
    """Numbers that nobody has. SQLite has one writer; PostgreSQL gives them out."""
    if db.session.connection().dialect.name == "sqlite":
        last = db.session.scalar(text("SELECT COALESCE(MAX(number), 0) FROM person_traits")) or 0
        return iter(range(last + 1, last + many + 1))
    given = text(
        "SELECT nextval(pg_get_serial_sequence('person_traits', 'number'))"
        " FROM generate_series(1, :many)"
    )
    return iter(sorted(db.session.scalars(given, {"many": many})))


def _write(batch: Sequence[_Loaded], at: datetime) -> None:
    rows = {
        "person": [_person(loaded) for loaded in batch],
        "person_alias": [
            (uuid4().hex, one.id, other.forename, "", other.surname, _written(other.born))
            for one in batch
            for other in one.entry.others
        ],
        "said_detail": _words(batch, at),
    }
    rows["person_traits"] = [(one.number, one.id, one.line) for one in batch]
    rows["key_put_aside"] = [(key, one.number) for one in batch for key in one.keys]
    put = _copy if db.session.connection().dialect.name == "postgresql" else _insert
    for table, new in rows.items():
        put(table, COLUMNS[table].split(), new)


def _person(loaded: _Loaded) -> tuple[Any, ...]:
    entry = loaded.entry
    return (
        *(loaded.id, entry.forename, entry.middle, entry.surname),
        naming_of(entry.forename, entry.surname).value,
        *(key_of(entry.forename), key_of(entry.surname), _written(entry.born), entry.sex),
        *(entry.postcodes[0] if entry.postcodes else "", 0, entry.phone, entry.s_number),
        *("en", 0, entry.reference, loaded.words),
    )


def _words(batch: Sequence[_Loaded], at: datetime) -> list[tuple[Any, ...]]:
    """What the register says of where they live and of their phone; where they live now last."""
    said = [(one.id, detail, value) for one in batch for detail, value in one.entry.words_said()]
    moment = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"  # as both databases take it
    heard = (None, HeardIn.REGISTER.value, None, moment, moment, None)
    orders = next_orders(db.session(), SaidDetail, len(said))
    return [
        (order, uuid4().hex, person_id, detail.value, value, *heard)
        for order, (person_id, detail, value) in zip(orders, said, strict=True)
    ]


def _written(day: date | None) -> str | None:
    """As both databases take a date past the models."""
    return day.isoformat() if day else None


def _driver() -> Any:
    return db.session.connection().connection.driver_connection


def _copy(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    with (
        _driver().cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _insert(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    places = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - names of ours
    _driver().executemany(statement, rows)


def sweep() -> None:
    """After the commit of a load: PostgreSQL finds keys without their rows once it has swept.

    It would do so by itself some minutes later, while desks already ask.
    """
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            for statement in SWEPT:
                alone.exec_driver_sql(statement)
