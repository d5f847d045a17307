"""How long it took from one moment to another: counted in the database, by whole hours or days."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from referral.db import db

HOUR, DAY = 3600, 86400  # seconds
LONGEST = 9_000  # whole hours or days; what took longer took so long
# what stands in place of a length
BEFORE, NEVER, NOT_YET, UNKNOWN = range(9_996, 10_000)
SPACE = 10_000  # for a length or one of these

Rows = list[Any]


def length(start: Any, end: Any, unit: int) -> ColumnElement[int]:
    """Within how many whole units of seconds; nothing where the end was written down as earlier."""
    taken = end - start
    return case(
        (taken <= 0, 0),
        (taken > LONGEST * unit, LONGEST),
        else_=(taken + (unit - 1)) // unit,
    )


def of_first(rows: Select[Any], person: Any, began: Any, code: Any) -> Mapping[int, int]:
    """How many people by a code of their first row; of rows of one second the smallest counts.

    `code` is a length or what stands in its place.
    """
    first = func.min(began * SPACE + code).label("first")
    each = rows.add_columns(first).group_by(person).subquery()
    counted = grouped(select().select_from(each), code=each.c.first % SPACE)
    return together(counted, "code")


def grouped(rows: Select[Any], **by: Any) -> Rows:
    """How many rows by each of these values, as `many`; each value stands under its name."""
    each = rows.add_columns(*(value.label(name) for name, value in by.items())).subquery()
    columns = [each.c[name] for name in by]
    found = select(*columns, func.count().label("many")).group_by(*columns).order_by(*columns)
    return list(db.session.execute(found))


def together(rows: Rows, name: str, **where: Any) -> Mapping[Any, int]:
    """Of such rows how many by one of their values, where others have a value."""
    found: dict[Any, int] = {}
    for row in rows:
        if all(getattr(row, other) == value for other, value in where.items()):
            value = getattr(row, name)
            found[value] = found.get(value, 0) + row.many
    return found


def lengths_of(found: Mapping[int, int]) -> Mapping[int, int]:
    """The lengths alone, without what stands in place of one."""
    return {code: many for code, many in found.items() if code <= LONGEST}
