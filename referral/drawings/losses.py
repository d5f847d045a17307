"""Where people were lost, and why: a bar for each reason that somebody has, beside its number."""

from dataclasses import replace

from referral.drawings import bars
from referral.drawings.marks import Drawing
from referral.published.tables import Number, Table


def draw(table: Table[Number]) -> Drawing:
    """The table without the reasons that nobody has: those are left to the numbers."""
    return bars.draw(
        replace(table, rows=tuple(row for row in table.rows if row.cells[0].value != 0))
    )
