"""Books put into the database as fast as the engine takes them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from referral.audit.chain import Chain
from referral.db import Model, db
from referral.demo.nation.cells import Cells, ForPostgres, ForSqlite
from referral.demo.nation.copies import Event
from referral.demo.nation.scribe import Book

TRAIL = "audit_event"
TRAIL_COLUMNS = (
    *("seq", "at", "tag", "actor_id", "organisation_id", "subject_id", "record_id"),
    *("recipient_id", "reason", "previous", "digest"),
)
# Keys are as good as drawn: put in one by one, each would write a page of its own.
KEYS = "person_key"
WAITING_KEYS = "waiting_key"
NO_WAIT = ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout")


def cells_here() -> Cells:
    """As the engine in use takes them."""
    return ForSqlite() if db.engine.dialect.name == "sqlite" else ForPostgres()


class Press:
    """Writes books in the transaction of a connection, which may take as long as it needs."""

    def __init__(self, connection: Connection) -> None:
        self.raw: Any = connection.connection.driver_connection
        self.is_sqlite = connection.dialect.name == "sqlite"
        self.cells = cells_here()
        if not self.is_sqlite:
            for name in NO_WAIT:
                connection.exec_driver_sql(f"SET LOCAL {name} = 0")
        self.tables = [table.name for table in Model.metadata.sorted_tables]

    def put(self, book: Book, chain: Chain) -> None:
        """Everything of a book, in the order in which rows point at each other."""
        for name in self.tables:
            if sheet := book.sheets.get(name):
                into = WAITING_KEYS if name == KEYS else name
                self._sheet(into, book.columns[name], sheet)
        self.hang(book.trail, chain)

    def hang(self, events: Iterable[Event], chain: Chain) -> None:
        """Events, each on the one before."""
        rows = chained(events, chain, self.cells)
        self._sheet(TRAIL, TRAIL_COLUMNS, rows if self.is_sqlite else self.cells.sheet(list(rows)))

    def _sheet(self, table: str, columns: Sequence[str], sheet: Any) -> None:
        """Rows of one table."""
        names = ", ".join(f'"{name}"' for name in columns)
        if self.is_sqlite:
            marks = ", ".join("?" * len(columns))
            self.raw.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', sheet)  # noqa: S608
            return
        with self.raw.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as to:
            to.write(sheet)


def chained(events: Iterable[Event], chain: Chain, cells: Cells) -> Iterator[tuple[Any, ...]]:
    """The rows of events, each hung on the one before."""
    number = cells.number
    moment = cells.moment
    nothing = cells.of(None)
    count = cells.count
    for event in events:
        at, tag, *numbers, recipient, reason = event
        seq, before, digest = chain.link(event[:6], recipient, reason)
        rows = [nothing if one == "None" else number(one) for one in (*numbers, recipient)]
        yield (count(seq), moment(at[:-6]), tag, *rows, reason, before, digest)


def go_on_counting(orders: int, traits: int) -> None:
    """PostgreSQL numbers the next rows above all that were written; SQLite looks for itself."""
    if db.engine.dialect.name == "postgresql":
        run("SELECT setval('row_order', GREATEST((SELECT last_value FROM row_order), %s))", orders)
        sequence = "pg_get_serial_sequence('person_traits', 'number')"
        run(f"SELECT setval({sequence}, %s)", traits)


def run(statement: str, *values: int) -> Any:
    """One statement as it is, in the transaction of the session."""
    return db.session.connection().exec_driver_sql(statement, values or None)
