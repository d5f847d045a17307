"""From what was counted to what is told: the numbers that an audience may have.

A count is told or withheld. A share is told where all it is made of is told, and from exact counts:
to a whole percent, never under twenty. What is no count is told where its counts are told.
"""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field

from referral.published.audiences import Audience
from referral.published.cells import AtMost, Cells, Sum
from referral.published.tables import (
    About,
    Code,
    Count,
    Entry,
    Given,
    Key,
    Measured,
    Number,
    Row,
    Share,
    Table,
    Told,
)
from referral.published.withholding import withheld

FEWEST_FOR_A_SHARE = 20
FEWEST_FOR_A_MIDDLE = 10
FEWEST_BOOKED = 30  # of fewer people nothing is told to outsiders at all
SMALL = "Too few people came into custody here in this time, so no number is shown."


@dataclass(frozen=True)
class Counted:
    """A report as it was counted, and what holds between its counts.

    `counts` has each count of the tables, and those that only the relations need. `people` is the
    key of how many people the whole report is about.
    """

    about: About
    tables: tuple[Table[Entry], ...]
    counts: Mapping[Hashable, int]
    people: Key
    sums: tuple[Sum, ...] = ()
    bounds: tuple[AtMost, ...] = ()
    parents: Mapping[Hashable, Hashable] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def cells(self) -> Cells:
        """All counts, to be protected together."""
        return Cells(self.counts, self.sums, self.bounds, self.parents)

    @property
    def shown(self) -> set[Key]:
        """The counts that stand in a table, or from which a number in one is made."""
        return {key for entry in self._entries() for key in made_of(entry)}

    def _entries(self) -> list[Entry]:
        return [cell for table in self.tables for row in table.rows for cell in row.cells]


def made_of(entry: Entry) -> tuple[Key, ...]:
    """The counts that an entry is made of."""
    match entry:
        case Count(key):
            return (key,)
        case Share(part, of, apart):
            return (part, of) if apart is None else (part, of, apart)
        case Measured(_, of):
            return of
        case Given():
            return ()


def told(
    counted: Counted, shown: Collection[Hashable] = (), hidden: Collection[Hashable] = ()
) -> Told:
    """The report for its audience. `shown` and `hidden`: what was told, and withheld, before.

    Raises CannotBeHidden where that leaves a small count no room.
    """
    audience = counted.about.audience
    if audience is not Audience.OWN and counted.counts[counted.people] < FEWEST_BOOKED:
        return Told(counted.about, (), (SMALL,), counted.definitions)
    gone = set[Hashable]()
    if audience is not Audience.OWN:
        gone = withheld(counted.cells, audience, shown, hidden)
    return told_without(counted, gone)


def told_without(counted: Counted, gone: Collection[Hashable]) -> Told:
    """The report without these counts, and without all that is made of them."""
    tables = tuple(_table(table, counted, gone) for table in counted.tables)
    return Told(counted.about, tables, (), counted.definitions, counted.notes)


def _table(table: Table[Entry], counted: Counted, gone: Collection[Hashable]) -> Table[Number]:
    rows = tuple(
        Row(row.code, row.title, tuple(_number(cell, counted, gone) for cell in row.cells))
        for row in table.rows
    )
    return Table(
        table.code,
        table.title,
        table.about,
        table.of,
        table.columns,
        rows,
        table.notes,
        table.drawn,
    )


def _number(entry: Entry, counted: Counted, gone: Collection[Hashable]) -> Number:
    if any(key in gone for key in made_of(entry)):
        return Number(None, Code.WITHHELD)
    match entry:
        case Count(_, count, taken_off):
            return Number(-count if taken_off else count)
        case Share():
            return _share(entry, counted)
        case Measured(value, of, why_not):
            few = counted.about.audience is not Audience.OWN and any(
                counted.counts[key] < FEWEST_FOR_A_MIDDLE for key in of
            )
            if why_not or value is None or few:
                return Number(None, why_not or (Code.WITHHELD if few else Code.NONE))
            return Number(value)
        case Given(value, code):
            return Number(value, code)


def _share(share: Share, counted: Counted) -> Number:
    over = counted.counts[share.of] - (counted.counts[share.apart] if share.apart else 0)
    part = counted.counts[share.part]
    if share.why_not:
        return Number(None, share.why_not)
    if over < FEWEST_FOR_A_SHARE:
        return Number(None, Code.NONE if over == 0 else Code.NOT_KNOWN)
    percent = (200 * part + over) // (2 * over)  # half is rounded up
    return Number(percent, Code.NEARLY_NONE if part and not percent else Code.TOLD)
