"""How long it took: a dot by which half is done, a bar by which nine in ten are."""

from referral.drawings.board import Board, Rows, steps_up_to
from referral.drawings.marks import Box, Dot, Drawing, Ink, Line, Sheet, Texture, Words
from referral.drawings.words import SAME, all_aloud, cell_of, column_of, number, said, value_of
from referral.published.tables import Number, Row, Table

MARKER = 21  # days: the national standard for drug and alcohol treatment is three weeks
NOT_OFFICIAL = "21 days is a marker: not the official waiting-times statistic."
DOT_AND_BAR = "Dot: half were done. Bar: nine in ten."
THICK = 34
WEEK = 7
MEASURES = {"median", "p90"}


def draw(table: Table[Number]) -> Drawing:
    """The waits of a table with the columns `median` and `p90`; any other is named under the row.

    A table whose code begins with “waits” has the marker of 21 days.
    """
    marked = table.code.startswith("waits")
    caption = f"{DOT_AND_BAR} {NOT_OFFICIAL}" if marked else DOT_AND_BAR
    return Drawing(
        table.code,
        table.title,
        f"{all_aloud(table)} {NOT_OFFICIAL if marked else ''} {SAME}",
        _sheet(table, marked, True),
        _sheet(table, marked, False),
        (),
        caption,
    )


def ticks_of(table: Table[Number], marked: bool) -> list[float]:
    """The marks of the axis: weeks where days are few, else round numbers."""
    values = [value_of(cell_of(table, row, code)) or 0 for row in table.rows for code in MEASURES]
    most = max([*values, MARKER if marked else 0])
    if marked and most <= 8 * WEEK:
        return [float(day) for day in range(0, int(most) + WEEK, WEEK)]
    return steps_up_to(most)


def _sheet(table: Table[Number], marked: bool, wide: bool) -> Sheet:
    board = Board(wide)
    over = Board(wide)  # the axis, which is known last
    rows = Rows(over, THICK, 44, 26)
    rows.left += 6
    ticks = ticks_of(table, marked)
    for row in table.rows:
        _row(rows, table, row, ticks[-1])
    bottom = rows.bottom + 4
    unit = column_of(table, "median").unit
    for tick in ticks:
        last = f"{number(tick)} {unit}" if tick == ticks[-1] else number(tick)
        board.axis(rows.at(tick / ticks[-1]), 24, bottom, last)
    if marked:
        board.marker(rows.at(MARKER / ticks[-1]), 20, bottom, "21 days")
    rows.finish()
    board.add(*over.marks)
    return board.sheet(bottom + 22)


def _row(rows: Rows, table: Table[Number], row: Row[Number], most: float) -> None:
    about = [
        f"{said(cell)} {column.title.lower()}"
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.code not in MEASURES
    ]
    top = rows.begin(row.title, ", ".join(about), bold=True)
    middle = top + THICK / 2 + 6
    half = cell_of(table, row, "median")
    most_of_them = cell_of(table, row, "p90")
    starts = value_of(half)
    ends = value_of(most_of_them)
    x = rows.at((starts or 0) / most)
    if starts is not None and ends is not None:
        far = rows.at(ends / most)
        rows.board.add(Line(((x, middle), (far, middle)), Ink.BRAND, 3, "", (row.code, "p90")))
        rows.board.add(Box(far - 2, middle - 7, 4, 14, Texture.SOLID, (row.code, "end")))
        rows.board.on_plate(Words(far + 8, middle + 5, said(most_of_them), 14, True))
    if starts is not None:
        rows.board.add(Dot(x, middle, size=6, of=(row.code, "median")))
        rows.board.on_plate(Words(x, middle - 11, said(half), 14, True, anchor="middle"))
    if starts is None:
        rows.board.chip(rows.left, middle, half, (row.code, "median"))
    elif ends is None:
        rows.board.chip(x + 14, middle, most_of_them, (row.code, "p90"))
