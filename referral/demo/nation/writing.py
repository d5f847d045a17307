"""A book of rows put into the database as fast as the engine takes them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from referral.audit.chain import Chain
from referral.db import Model, db
from referral.demo.nation.cells import Cells, ForPostgres, ForSqlite, line
from referral.demo.nation.copies import Book

TRAIL = "audit_event"
TRAIL_COLUMNS = (
    *("seq", "at", "tag", "actor_id", "organisation_id", "subject_id", "record_id"),
    *("recipient_id", "reason", "previous", "digest"),
)
TRAITS = ("number", "person_id", "line")
KEYS = ("key", "number")
AT_HAND = -400_000  # KiB of pages that SQLite keeps meanwhile
NO_WAIT = ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout")
# What only makes reading faster; an index that keeps two rows apart stays.
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    " AND sql NOT LIKE 'CREATE UNIQUE%' ORDER BY name",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes"
    " JOIN pg_class ON relname = indexname JOIN pg_index ON indexrelid = pg_class.oid"
    " WHERE schemaname = current_schema() AND NOT indisunique ORDER BY indexname",
}


def cells_here() -> Cells:
    """As the engine in use takes them."""
    return ForSqlite() if db.engine.dialect.name == "sqlite" else ForPostgres()


class Press:
    """Writes books in the transaction of a connection, which may take as long as it needs."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.raw: Any = connection.connection.driver_connection
        self.is_sqlite = connection.dialect.name == "sqlite"
        if self.is_sqlite:
            connection.exec_driver_sql(f"PRAGMA cache_size={AT_HAND}")
        else:
            for name in NO_WAIT:
                connection.exec_driver_sql(f"SET LOCAL {name} = 0")
        self.tables = [table.name for table in Model.metadata.sorted_tables]

    def put(self, book: Book, chain: Chain) -> None:
        """Everything of a book, in the order in which rows point at each other."""
        for name in self.tables:
            if rows := book.rows.get(name):
                self.rows(name, book.columns[name], rows)
        self.rows("person_traits", TRAITS, book.traits)
        self.rows("person_key", KEYS, sorted(book.keys))
        self.rows(TRAIL, TRAIL_COLUMNS, list(chained(book, chain)))

    def rows(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Rows of one table."""
        names = ", ".join(f'"{name}"' for name in columns)
        if self.is_sqlite:
            marks = ", ".join("?" * len(columns))
            self.raw.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608
            return
        with self.raw.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as to:
            to.write("".join([line(tuple(map(str, row))) for row in rows]))


def chained(book: Book, chain: Chain) -> Iterator[tuple[Any, ...]]:
    """The events of a book in the order of their moments, each hung on the one before."""
    number = book.cells.number
    moment = book.cells.plain_moment
    nothing = book.cells.of(None)
    count = book.cells.count
    for event in sorted(book.trail):
        at, tag, actor, organisation, subject, record, recipient, reason = event
        seq, before, digest = chain.link(event[:6], recipient, reason)
        numbers = [
            nothing if one == "None" else number(one)
            for one in (actor, organisation, subject, record, recipient)
        ]
        yield (count(seq), moment(at), tag, *numbers, reason, before, digest)


def put_aside() -> list[str]:
    """Drop the indexes that only make reading faster, and say how each is made again."""
    found = _run(INDEXES[db.engine.dialect.name]).all()
    for name, _ in found:
        _run(f'DROP INDEX "{name}"')
    return [made for _, made in found]


def bring_back(indexes: Sequence[str]) -> None:
    """Make the indexes again that were put aside."""
    Press(db.session.connection())  # no statement of what follows is too long
    for made in indexes:
        _run(made)
    if db.engine.dialect.name == "postgresql":
        _run("ANALYZE")


def go_on_counting(orders: int, traits: int) -> None:
    """PostgreSQL numbers the next rows above all that were written; SQLite looks for itself."""
    if db.engine.dialect.name == "postgresql":
        _run("SELECT setval('row_order', GREATEST((SELECT last_value FROM row_order), %s))", orders)
        sequence = "pg_get_serial_sequence('person_traits', 'number')"
        _run(f"SELECT setval({sequence}, %s)", traits)


def _run(statement: str, *values: int) -> Any:
    return db.session.connection().exec_driver_sql(statement, values or None)
