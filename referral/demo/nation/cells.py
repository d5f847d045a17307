"""A value as each engine takes it when a million rows come: a cell of SQLite, a text of COPY."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

WHOLE = len("2026-11-27T08:00:00")
ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class Cells(Protocol):
    """How values are written down."""

    def of(self, value: Any) -> Any:
        """Any value that a row can hold."""

    def moment(self, plain: str) -> str:
        """A moment, from its text in UTC without the offset."""

    def number(self, plain: str) -> str:
        """The number of a row, from its text with strokes."""

    def count(self, number: int) -> Any:
        """A whole number."""

    def sheet(self, rows: Sequence[tuple[Any, ...]]) -> Any:
        """The rows of a table as they are handed over."""


class ForSqlite:
    """What the driver binds: texts, whole numbers, nothing."""

    def of(self, value: Any) -> Any:
        """Any value that a row can hold."""
        if isinstance(value, bool):
            return int(value)
        if value is None or isinstance(value, int | float):
            return value
        if isinstance(value, datetime):
            return self.moment(plainly(value))
        return value.hex if isinstance(value, UUID) else _text(value)

    def moment(self, plain: str) -> str:
        """Always with the fraction of the second."""
        text = plain.replace("T", " ")
        return text if len(text) > WHOLE else f"{text}.000000"

    def number(self, plain: str) -> str:
        """Without strokes."""
        return plain.replace("-", "")

    def count(self, number: int) -> Any:
        """As it is."""
        return number

    def sheet(self, rows: Sequence[tuple[Any, ...]]) -> Any:
        """As they are."""
        return rows


class ForPostgres:
    """The text form of COPY."""

    def of(self, value: Any) -> Any:
        """Any value that a row can hold."""
        if value is None:
            return "\\N"
        if isinstance(value, bool):
            return "t" if value else "f"
        return _text(value).translate(ESCAPED)

    def moment(self, plain: str) -> str:
        """With its offset."""
        return f"{plain}+00:00"

    def number(self, plain: str) -> str:
        """As it is read."""
        return plain

    def count(self, number: int) -> Any:
        """In digits."""
        return str(number)

    def sheet(self, rows: Sequence[tuple[Any, ...]]) -> Any:
        """One text, a line for each row."""
        return "\n".join(["\t".join(row) for row in rows]) + "\n"


def plainly(moment: datetime) -> str:
    """An aware moment in UTC, as a text without the offset."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat()


def _text(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(value) if isinstance(value, tuple | list) else str(value)
