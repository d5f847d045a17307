"""The drawing of a table, by the name that the table gives to it."""

from collections.abc import Callable, Mapping

from referral.drawings import (
    bars,
    bridge,
    known,
    ladder,
    losses,
    multiples,
    nested,
    tiles,
    trend,
    waits,
)
from referral.drawings.marks import Drawing
from referral.published.tables import Number, Table

BY_NAME: Mapping[str, Callable[[Table[Number]], Drawing]] = {
    "ladder": ladder.draw,
    "losses": losses.draw,
    "trend": trend.draw,
    "multiples": multiples.draw,
    "tiles": tiles.draw,
    "bars": bars.draw,
    "nested": nested.draw,
    "waits": waits.draw,
    "known": known.draw,
    "bridge": bridge.draw,
}


def drawing_of(table: Table[Number]) -> Drawing | None:
    """How a table is drawn; None where it stands alone, or has nothing to draw."""
    if not table.drawn or not table.rows or not table.columns:
        return None
    return BY_NAME[table.drawn](table)
