"""From one total to another: what is taken off and put on between, each step named.

After a step that is not told the others begin at nothing again: where they stand would tell it.
"""

from dataclasses import dataclass

from referral.drawings.board import Board, Rows
from referral.drawings.marks import Box, Drawing, Ink, Line, Sheet, Sign, Texture, Words
from referral.drawings.words import SAME, all_aloud, said, value_of
from referral.published.tables import Number, Row, Table

KEY = (
    Sign(Texture.SOLID, "a total"),
    Sign(Texture.HATCHED, "taken off"),
    Sign(Texture.DOTTED, "put on"),
)
THICK = 20


@dataclass(frozen=True)
class Span:
    """Where a row lies between nothing and the most; `linked` where the next goes on from it."""

    row: Row[Number]
    texture: Texture
    low: float
    high: float
    ends: float
    linked: bool


def draw(table: Table[Number]) -> Drawing:
    """The bridge of a table whose first and last row are totals, the others differences."""
    return Drawing(
        table.code,
        table.title,
        f"{all_aloud(table)} {SAME}",
        _sheet(table, True),
        _sheet(table, False),
        KEY,
    )


def spans_of(rows: tuple[Row[Number], ...]) -> list[Span]:
    """Where each row lies."""
    spans: list[Span] = []
    level: float | None = None
    for place, row in enumerate(rows):
        value = value_of(row.cells[0])
        total = place in {0, len(rows) - 1}
        if value is None:
            spans.append(Span(row, Texture.WITHHELD, 0, 0, 0, False))
            level = None
            continue
        linked = level is not None or place == 0
        ends = value if total or level is None else level + value
        starts = 0 if total or level is None else level
        texture = Texture.HATCHED if value < 0 else Texture.DOTTED
        low, high = sorted((starts, ends if linked or total else abs(value)))
        spans.append(Span(row, Texture.SOLID if total else texture, low, high, ends, linked))
        level = ends if linked else None
    return spans


def _sheet(table: Table[Number], wide: bool) -> Sheet:
    board = Board(wide)
    rows = Rows(board, THICK, 74)
    spans = spans_of(table.rows)
    lowest = min((span.low for span in spans), default=0)
    most = max((span.high for span in spans), default=0) - lowest or 1
    before: tuple[float, float] | None = None
    for place, span in enumerate(spans):
        total = place in {0, len(spans) - 1}
        top = rows.begin(span.row.title, bold=total)
        if span.texture is Texture.WITHHELD:
            rows.board.chip(rows.left, top + THICK / 2, span.row.cells[0], (span.row.code,))
            before = None
            continue
        if before and span.linked and wide:  # else it runs through the names
            board.add(Line((before, (before[0], top)), Ink.QUIET))
        _span(rows, span, ((span.low - lowest) / most, (span.high - lowest) / most), top, total)
        before = (rows.at((span.ends - lowest) / most), top + THICK) if span.linked else None
    rows.finish()
    return board.sheet(rows.bottom + 4)


def _span(rows: Rows, span: Span, between: tuple[float, float], top: float, total: bool) -> None:
    left = rows.at(between[0])
    right = rows.at(between[1])
    if right > left:
        rows.board.add(Box(left, top, right - left, THICK, span.texture, (span.row.code,)))
    value = value_of(span.row.cells[0]) or 0
    signed = "+" if value > 0 and not total else ""
    rows.board.add(Words(right + 6, top + 15, f"{signed}{said(span.row.cells[0])}", 15, True))
