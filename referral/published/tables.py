"""A report in numbers: its tables as they were counted, and as they are told.

Every form of a report (page, spreadsheet, data package, paper) is made of one `Told`; it holds no
count that was withheld.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from referral.published.audiences import Audience

# What is counted, in what, where and when: ("referred", "people", "S12000047", "2026-Q3"). Two
# reports that name a cell alike mean one number.
Key = tuple[str, ...]
E_co = TypeVar("E_co", covariant=True)


class Code(StrEnum):
    """Why a number is missing or to be read with care: as Public Health Scotland marks open data.

    `c`, `z` and `~` mean there what they mean here.
    """

    TOLD = ""
    WITHHELD = "c"
    NOT_KNOWN = "u"
    TOO_EARLY = "x"
    NONE = "z"
    NEARLY_NONE = "~"
    REVISED = "r"


MEANING: Mapping[Code, str] = {
    Code.WITHHELD: "withheld, so that nobody can be recognised",
    Code.NOT_KNOWN: "not enough is known to say",
    Code.TOO_EARLY: "too early to say: for too many people the time still runs",
    Code.NONE: "does not apply",
    Code.NEARLY_NONE: "less than half of what is shown, and not nothing",
    Code.REVISED: "changed since an earlier edition",
}


@dataclass(frozen=True)
class Count:
    """A count as it is: of people, stays or referrals; below nothing where it is taken off."""

    key: Key
    count: int
    taken_off: bool = False


@dataclass(frozen=True)
class Share:
    """How many in a hundred of `of`, less those in `apart`, are in `part`: from exact counts.

    `why_not` says why none is given, where the measure itself gives none.
    """

    part: Key
    of: Key
    apart: Key | None = None
    why_not: Code = Code.TOLD


@dataclass(frozen=True)
class Measured:
    """What is no count, a median say: told where all the counts it comes from may be told."""

    value: float | None
    of: tuple[Key, ...]
    why_not: Code = Code.TOLD


@dataclass(frozen=True)
class Given:
    """A figure that is not ours, or words: told as it is."""

    value: float | str | None
    code: Code = Code.TOLD


Entry = Count | Share | Measured | Given


@dataclass(frozen=True)
class Number:
    """What is told in one cell: a value, or none and the code that says why."""

    value: float | str | None
    code: Code = Code.TOLD


@dataclass(frozen=True)
class Column:
    """A column: a stable code, a title, and the unit of its values (people, stays, %, days …)."""

    code: str
    title: str
    unit: str


@dataclass(frozen=True)
class Row(Generic[E_co]):
    """A row: the code of what it is about (an area, a need …), its name, and a cell a column."""

    code: str
    title: str
    cells: tuple[E_co, ...]


@dataclass(frozen=True)
class Table(Generic[E_co]):
    """One table: what it says, of whom, and the drawing that stands beside it where there is one.

    `of` is the kind of thing that a row is (“step”, “council” …) and heads the first column.
    """

    code: str
    title: str
    about: str
    of: str
    columns: tuple[Column, ...]
    rows: tuple[Row[E_co], ...]
    notes: tuple[str, ...] = ()
    drawn: str = ""

    def row(self, code: str) -> Row[E_co]:
        """The row of a code. Raises LookupError."""
        return next(row for row in self.rows if row.code == code)


@dataclass(frozen=True)
class About:
    """What a report is about."""

    name: str
    title: str
    period: str
    first: date
    last: date
    area_code: str
    area: str
    audience: Audience
    as_at: datetime
    made_at: datetime
    version: str  # of the definitions
    running: bool = False  # the period is not over


@dataclass(frozen=True)
class Told:
    """A report as it is told: for all forms alike, and free of what was withheld."""

    about: About
    tables: tuple[Table[Number], ...]
    sentences: tuple[str, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def numbers(self) -> Sequence[Number]:
        """All cells of all tables."""
        return [cell for table in self.tables for row in table.rows for cell in row.cells]

    @property
    def withheld(self) -> int:
        """How many cells are withheld."""
        return sum(cell.code is Code.WITHHELD for cell in self.numbers)
