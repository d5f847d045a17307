"""The database: model base, constraint names, time in UTC, each engine's connection rules."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    String,
    Uuid,
    event,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")
M = TypeVar("M", bound="Model")

# Pages are read where they lie, not copied: recognition reads hundreds for a question.
MAPPED = f"mmap_size={1 << 30}"
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # an acknowledged write survives a power cut
    "foreign_keys=ON",
    "busy_timeout=15000",
    "secure_delete=ON",
    "trusted_schema=OFF",
    MAPPED,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. A naive one is refused, because nobody knows when it was."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC on the way in; raises ValueError for a naive time."""
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without its zone cannot be stored")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware on the way out, on engines that forget the zone too."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Codes(TypeDecorator[tuple[str, ...]]):
    """Some codes of a list, in their order; kept as one text with a space between them."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        """One text on the way in. Raises ValueError for what would not come back as it is."""
        del dialect
        if value is None:
            return None
        if isinstance(value, str) or any(code.split() != [code] for code in value):
            raise ValueError("a list of codes, none of which is empty or has a space, is stored")
        return " ".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """The codes on the way out."""
        del dialect
        return None if value is None else tuple(value.split())


# The `info` of a column that only repeats what other rows say: no act remembers it, and what is
# taken back there is worked out anew.
WORKED_OUT = {"worked_out": True}

# Texts to the database, whose CHECKs hold them; rows carry the member. A word that is none of the
# members is a LookupError, on the way in and on the way out.
WORDS = Enum(StrEnum, native_enum=False, length=None, values_callable=list, validate_strings=True)


class Model(DeclarativeBase):
    """The base of every table."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UtcDateTime,
            uuid.UUID: Uuid,
            StrEnum: WORDS,
            tuple[str, ...]: Codes(),
        },
    )


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """That a column holds a word of an enumeration; where it may be empty, that or nothing."""
    return CheckConstraint(f"{column} IN {tuple(map(str, words))}", name=column)


numbers: Callable[[], uuid.UUID] = uuid.uuid4  # invented people have theirs out of a seed


def new_number() -> uuid.UUID:
    """The number of a new row."""
    return numbers()


class Identified:
    """A row that is known outside by a random number which nobody can guess."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_number)


class Numbered(Identified):
    """A row of which the later one counts: numbered in its table as it is written.

    Moments can be equal or typed by hand, and an id is random; this number is neither, and nothing
    that is done later changes it.
    """

    order: Mapped[int] = mapped_column(unique=True, index=True)


db = SQLAlchemy(
    model_class=Model,
    disable_autonaming=True,
    session_options={"expire_on_commit": False},  # or each row is read again after the commit
)


def chunks(rows: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """The rows in parts, each small enough to be named in one statement."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def whole(row: M, *relations: str) -> M:
    """A row as a page shows it: read anew where it has expired, with these relations of it.

    `relations` are named with dots: "booking.centre". A page is drawn from what its view has
    loaded and asks for nothing more; what a broken rule undid has expired, so this comes last.
    """
    if expired := inspect(row).expired_attributes:
        getattr(row, min(expired))  # reads the others too
    for path in relations:
        name, _, further = path.partition(".")
        related = getattr(row, name)
        for one in related if isinstance(related, list) else [related]:
            if one is not None:
                whole(one, *([further] if further else []))
    return row


STATEMENTS = 2000  # that a process keeps ready: of the default 500 some were built anew each time


def engine_options(url: str) -> dict[str, Any]:
    """How connections to this engine behave; a hung server gives up in seconds, not minutes."""
    options: dict[str, Any] = {"hide_parameters": True, "pool_pre_ping": True}
    options["query_cache_size"] = STATEMENTS
    if url.startswith("postgresql"):
        options["connect_args"] = {
            "connect_timeout": 5,
            "options": "-c statement_timeout=10000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=15000 -c timezone=UTC"
            # to compile a statement, or to share it among processes, takes longer than any of ours
            " -c jit=off -c max_parallel_workers_per_gather=0"
            # a page in memory or on flash costs as much wherever it lies: else a report of a
            # quarter reads the needs and referrals of all years
            " -c random_page_cost=1.1 -c work_mem=16MB",
        }
    return options


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: Any, record: object) -> None:
    del record
    if "sqlite" not in type(connection).__module__:
        return
    connection.isolation_level = None  # stop the driver's own deferred BEGIN
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Session, "before_flush")
def _count(session: Session, context: object, rows: object) -> None:
    """New rows are numbered in the order in which they were added, above all that are there."""
    del context, rows
    new = [row for row in session.new if isinstance(row, Numbered)]
    new.sort(key=lambda row: inspect(row).insert_order)
    for kind in dict.fromkeys(type(row) for row in new):
        of_kind = [row for row in new if type(row) is kind]
        for row, number in zip(of_kind, next_orders(session, kind, len(of_kind)), strict=True):
            row.order = number


def next_orders(session: Session, kind: type[Numbered], count: int) -> Sequence[int]:
    """So many new numbers for a table; SQLite has one writer at a time, PostgreSQL a sequence."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        last = connection.scalar(select(func.max(kind.order))) or 0
        return range(last + 1, last + 1 + count)
    taken = text("SELECT nextval('row_order') FROM generate_series(1, :count)")
    return sorted(connection.scalars(taken, {"count": count}))
