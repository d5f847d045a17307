"""Bars beside their names, one or two columns, each with its number at its end."""

from referral.drawings.board import Board, Rows
from referral.drawings.marks import Box, Drawing, Sheet, Sign, Texture, Words
from referral.drawings.words import SAME, all_aloud, said, value_of
from referral.published.tables import Number, Table

TEXTURES = (Texture.SOLID, Texture.HATCHED)
THICK = 20


def draw(table: Table[Number]) -> Drawing:
    """The bars of a table's first two columns."""
    key = tuple(
        Sign(texture, column.title)
        for texture, column in zip(TEXTURES, table.columns, strict=False)
    )
    return Drawing(
        table.code,
        table.title,
        f"{all_aloud(table)} {SAME}",
        _sheet(table, True),
        _sheet(table, False),
        key if len(table.columns) > 1 else (),
    )


def _sheet(table: Table[Number], wide: bool) -> Sheet:
    board = Board(wide)
    count = min(len(table.columns), len(TEXTURES))
    rows = Rows(board, THICK * count, 78)
    most = max((value_of(cell) or 0 for row in table.rows for cell in row.cells[:2]), default=0)
    for row in table.rows:
        top = rows.begin(row.title)
        for place in range(count):
            of = (row.code, table.columns[place].code)
            cell = row.cells[place]
            _bar(rows, cell, table.columns[place].unit, (top + place * THICK, most, place), of)
    rows.finish()
    return board.sheet(rows.bottom + 4)


def _bar(
    rows: Rows, cell: Number, unit: str, at: tuple[float, float, int], of: tuple[str, str]
) -> None:
    top, most, place = at
    value = value_of(cell)
    if value is None:
        rows.board.chip(rows.left, top + THICK / 2, cell, of)
        return
    end = rows.at(value / most if most else 0)
    if end > rows.left:
        rows.board.add(Box(rows.left, top, end - rows.left, THICK, TEXTURES[place], of))
    rows.board.add(Words(end + 6, top + 15, said(cell, unit), 14, True))
