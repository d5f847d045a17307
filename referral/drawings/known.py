"""How much is known, in a hundred, beside the floor under which no share is told."""

from referral.drawings.board import Board, Rows
from referral.drawings.marks import Box, Drawing, Sheet, Sign, Texture, Words
from referral.drawings.words import SAME, all_aloud, said, value_of
from referral.published.tables import Number, Row, Table

FLOOR = 85
KEY = (
    Sign(Texture.SOLID, "known"),
    Sign(Texture.HATCHED, f"known, but under the floor of {FLOOR} %"),
    Sign(Texture.EMPTY, "unknown"),
)
THICK = 18


def draw(table: Table[Number]) -> Drawing:
    """The bars of a table whose first column is a percentage."""
    return Drawing(
        table.code,
        table.title,
        f"{all_aloud(table)} The floor is {FLOOR} %. {SAME}",
        _sheet(table, True),
        _sheet(table, False),
        KEY,
    )


def _sheet(table: Table[Number], wide: bool) -> Sheet:
    board = Board(wide)
    rows = Rows(board, THICK, 56, 26)
    for row in table.rows:
        _row(rows, row, table.columns[0].unit)
    board.marker(rows.at(FLOOR / 100), 20, rows.bottom + 2, f"floor {FLOOR} %")
    rows.finish()
    return board.sheet(rows.bottom + 8)


def _row(rows: Rows, row: Row[Number], unit: str) -> None:
    top = rows.begin(row.title)
    cell = row.cells[0]
    value = value_of(cell)
    if value is None:
        rows.board.chip(rows.left, top + THICK / 2, cell, (row.code,))
        return
    texture = Texture.SOLID if value >= FLOOR else Texture.HATCHED
    rows.board.add(
        Box(rows.left, top, rows.right - rows.left, THICK, Texture.EMPTY, (row.code, "whole"))
    )
    if value:
        width = rows.at(value / 100) - rows.left
        rows.board.add(Box(rows.left, top, width, THICK, texture, (row.code,)))
    rows.board.add(Words(rows.right + 6, top + 14, said(cell, unit), 14, True))
