"""What a recount is asked for, and the shares that it gives: of which stays, as at which moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil, floor, sqrt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from recount.recorded import Rows, Stay, stays_of
from recount.way import COLUMNS, NOT_YET, UNKNOWN, YES, Crowd, Tally

SCOTLAND = "S92000003"
HERE = ZoneInfo("Europe/London")
FEWEST = 20
SURE = 1.959964
KINDS = ("code", "adp_code", "board_code", "division_letter")
Cell = tuple[str, str, str]  # table, row, column
Cells = dict[Cell, Any]


@dataclass
class Asked:
    """A report of a period and an area, out of these rows, as at a moment."""

    rows: Rows
    first: date
    last: date
    area: str
    moment: datetime

    def __post_init__(self) -> None:
        self.at = int(self.moment.timestamp())
        self.every = stays_of(self.rows)
        self.centres = {one.id: one for one in self.rows["custody_centre"]}

    @property
    def starts(self) -> int:
        """The first second of the period."""
        return int(datetime(*self.first.timetuple()[:3], tzinfo=HERE).timestamp())

    @property
    def ends(self) -> int:
        """The first second after it."""
        after = self.last + timedelta(days=1)
        return int(datetime(*after.timetuple()[:3], tzinfo=HERE).timestamp())

    @property
    def councils(self) -> set[str]:
        """The councils of the area; a code is that of one kind of area."""
        rows = self.rows["council"]
        if self.area == SCOTLAND:
            return {one.code for one in rows}
        return {one.code for one in rows if self.area in {getattr(one, kind) for kind in KINDS}}

    def held_in(self, stay: Stay) -> str:
        """The council of the custody centre of a stay."""
        return self.centres[stay.row.centre_id].council_code

    def within(self, holds: Callable[[Stay], bool]) -> list[Stay]:
        """The stays and visits of the period of which something holds."""
        return [one for one in self.every if self.starts <= one.began < self.ends and holds(one)]

    def held(self) -> list[Stay]:
        """The stays in the custody centres of the area; in Scotland all stays in custody."""
        mine = self.councils
        return self.within(
            lambda one: (
                one.row.door == "custody" and (self.area == SCOTLAND or self.held_in(one) in mine)
            )
        )

    def living(self, *, door: str = "custody") -> list[Stay]:
        """The stays in custody, or the visits by any other door, of those who live there."""
        mine = self.councils
        return self.within(
            lambda one: (
                (one.row.door == "custody") is (door == "custody")
                and (self.area == SCOTLAND or one.who.council_code in mine)
            )
        )

    def crowd(self) -> Crowd:
        """Those held there."""
        return Crowd(self.held(), self.at)

    def crowd_of(self, stays: list[Stay]) -> Crowd:
        """Those of some stays."""
        return Crowd(stays, self.at)

    @property
    def whole(self) -> bool:
        """Whether it is all of Scotland."""
        return self.area == SCOTLAND

    def month_of(self, stay: Stay) -> str:
        """The month in which a stay began."""
        return f"{datetime.fromtimestamp(stay.began, HERE):%Y-%m}"

    def groups(self, kind: str) -> dict[str, set[str]]:
        """The councils of each area of a kind, by its code."""
        found: dict[str, set[str]] = {}
        for one in self.rows["council"]:
            found.setdefault(getattr(one, kind), set()).add(one.code)
        return found


def percent(part: int, of: int, apart: int = 0) -> int | None:
    """So many in a hundred, half rounded up; of fewer than twenty none."""
    rest = of - apart
    return None if rest < FEWEST else floor((200 * part + rest) / (2 * rest))


def share(tally: dict[str, int], asked: int) -> int | None:
    """Of those for whom it is over: once it is for nine in ten, and known of 85 in 100 of those."""
    over = asked - tally[NOT_YET]
    if 10 * over < 9 * asked or 100 * (over - tally[UNKNOWN]) < 85 * over:
        return None
    return percent(tally[YES], asked, tally[NOT_YET])


def interval(part: int, of: int) -> tuple[int, int] | tuple[None, None]:
    """The whole percents between which a share lies 95 times in 100 (Wilson 1927)."""
    if of < FEWEST:
        return None, None
    centre = (part + SURE**2 / 2) / (of + SURE**2)
    half = SURE / (of + SURE**2) * sqrt(part * (of - part) / of + SURE**2 / 4)
    return max(floor(100 * (centre - half)), 0), min(ceil(100 * (centre + half)), 100)


def middle(values: Sequence[int], parts: int) -> float | None:
    """The value within which so many in a hundred lie, of a list; the middle where two do."""
    rows = sorted(values)
    if not rows:
        return None
    place = len(rows) * parts / 100
    if place != int(place):
        return rows[int(place)]
    low = rows[int(place) - 1]
    high = rows[min(int(place), len(rows) - 1)]
    return (low + high) / 2


def standing_cells(table: str, row: str, tally: Tally, step: str) -> Cells:
    """How people stand at a step, and the share."""
    asked = tally.at[step].total()
    cells: Cells = {(table, row, one): tally.at[step][one] for one in COLUMNS}
    return cells | {(table, row, "share"): share(tally.at[step], asked)}


def ladder_cells(table: str, tally: Tally) -> Cells:
    """Everybody at each step."""
    start, *steps = tally.steps
    cells: Cells = {(table, start, YES): tally.reached(start)}
    for step in steps:
        cells |= standing_cells(table, step, tally, step)
        cells[table, step, "of_all"] = percent(tally.reached(step), tally.reached(start))
    return cells


def code_of(number: UUID | None) -> str:
    """A number as a row of a table is called."""
    return str(number)
