"""The least, the most and the oddest that each column of the database holds, all at once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Enum,
    Integer,
    String,
    Table,
    Uuid,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError

from referral.clock import now
from referral.db import Codes, Model, UtcDateTime, db

# who comes in by the first would not come in any more; the product alone writes the last two
DOORS = {"api_token", "link", "own_visit", "person_card", "sign_in"}
OF_THE_PRODUCT = {"audit_head", "person_traits"}
# what only the product writes, in a form that it reads again
IN_ITS_FORM = {"paper_sheet.number", "edition.told", "edition.released", "edition.period"}
SECRETS = ("hash", "fingerprint", "digest", "previous", "secret")
STEERING = "\x01\x08\x0b\x0c\x1b\x7f\x85\ufffe\uffff\r\n\t"
BACKWARDS = "\u202e\u05d0\u05d1\u0645\u062d\u0645\u062f\u200f <b>&amp;"
PICTURES = "\U0001f469\u200d\U0001f467\U0001f3f4\U000e0067\U000e007f e\u0301"
EMPTY = "what may be empty is"
WRITTEN: dict[str, dict[type, object]] = {
    "the least": {
        String: "",
        UtcDateTime: datetime.min.replace(tzinfo=UTC),
        Date: date.min,
        Integer: -(2**31),
        Boolean: False,
    },
    "the most": {
        String: "W" * 2_000,
        UtcDateTime: datetime.max.replace(tzinfo=UTC),
        Date: date.max,
        Integer: 2**31 - 1,
        Boolean: True,
    },
    "the oddest": {String: STEERING + BACKWARDS + PICTURES, Integer: -1},  # a code of no list, too
    EMPTY: {UtcDateTime: datetime(26, 3, 1, 12, tzinfo=UTC), Date: date(26, 3, 1)},
}
PLAIN = {Boolean: False, Integer: 1, JSON: {}, Codes: (), String: "x"}
Kind = type[object]


def columns() -> Iterator[Column]:
    """Every column whose value is free: no key, no way in, no link of a chain."""
    for table in Model.metadata.sorted_tables:
        free = table.name not in DOORS | OF_THE_PRODUCT
        for column in table.columns:
            is_key = column.primary_key or column.foreign_keys or isinstance(column.type, Uuid)
            is_key = is_key or str(column) in IN_ITS_FORM
            if free and not is_key and not column.name.endswith(SECRETS):
                yield column


def one_row_each() -> set[str]:
    """A row in each table that has none, as far as it may have one; the tables that stay empty."""
    empty = set()
    for table in Model.metadata.sorted_tables:
        has_one = db.session.execute(select(table).limit(1)).first()
        if not has_one and not any(_done(insert(table).values(row)) for row in _rows(table)):
            empty.add(table.name)
    db.session.commit()
    return empty


def _rows(table: Table) -> Iterator[dict[Column, object]]:
    """A row that belongs to all that it may, to nothing but what it must, to one thing more."""
    needed = {c: _plain(c) for c in table.columns if not c.nullable}
    more = {c: _plain(c) for c in table.columns if c.nullable and c.foreign_keys}
    yield needed | more
    yield needed
    yield from (needed | {column: value} for column, value in more.items())


def _plain(column: Column) -> object:
    for key in column.foreign_keys:
        return db.session.execute(select(key.column).limit(1)).scalar()
    if isinstance(column.type, Enum):
        return column.type.enums[0]
    if isinstance(column.type, Uuid):
        return uuid4()
    moments = {UtcDateTime: now(), Date: now().date()}
    return next(v for kind, v in (PLAIN | moments).items() if isinstance(column.type, kind))


def write(kind: str) -> set[str]:
    """Write one kind of extreme wherever a value stands; the names of the columns that took it.

    What the database itself refuses is not stored, so no page has to bear it.
    """
    took = set()
    for column in columns():
        if any(_changed(column, value) for value in _values(kind, column)):
            took.add(str(column))
    db.session.commit()
    return took


def _values(kind: str, column: Column) -> Iterator[object]:
    if kind == EMPTY and column.nullable:
        yield None
        return
    for type_, value in WRITTEN[kind].items():
        if isinstance(column.type, type_):
            yield literal(value, String()) if isinstance(column.type, Enum) else value
        elif type_ is String and isinstance(column.type, Codes):
            yield literal(value, String())


def _changed(column: Column, value: object) -> bool:
    """In all rows that have a value; in all, where none has; in one, where they must differ.

    The one is the last that was made, another place's: by a drawn number it would be now and then
    the plan or the case whose pages are read, and end it.
    """
    table: Table = column.table
    key = table.c.get("order", next(iter(table.primary_key)))
    change = update(table).values({column: value})
    last = change.where(key == select(func.max(key)).scalar_subquery())
    ways = change.where(column.is_not(None)), change, last
    return any(_done(way) for way in (ways if value is not None else ways[:1]))


def _done(change: object) -> bool:
    try:
        with db.session.begin_nested():
            return db.session.execute(change).rowcount > 0
    except DBAPIError:
        return False
