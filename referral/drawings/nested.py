"""Bar in bar: who named a need, of them who was referred for it, of them who met the service."""

from referral.drawings.board import Board, Rows
from referral.drawings.marks import Box, Drawing, Ink, Sheet, Sign, Texture, Words
from referral.drawings.words import SAME, all_aloud, cell_of, column_of, in_lines, said, value_of
from referral.published.tables import Number, Row, Table

TEXTURES = {"told": Texture.PALE, "referred": Texture.HATCHED, "engaged": Texture.SOLID}
THICK = 24


def draw(table: Table[Number]) -> Drawing:
    """The bars of a table whose columns are `told`, `referred` and `engaged`."""
    key = tuple(
        Sign(texture, column_of(table, code).title.lower()) for code, texture in TEXTURES.items()
    )
    return Drawing(
        table.code,
        table.title,
        f"{all_aloud(table)} {SAME}",
        _sheet(table, True),
        _sheet(table, False),
        key,
    )


def _sheet(table: Table[Number], wide: bool) -> Sheet:
    board = Board(wide)
    left = 200 if wide else 1
    most_lines = max(
        (len(_counts(table, row, board.width - left)) for row in table.rows), default=1
    )
    rows = Rows(board, THICK, 4, below=4 + 16 * most_lines)
    most = max((value_of(cell_of(table, row, "told")) or 0 for row in table.rows), default=0)
    for row in table.rows:
        _row(rows, table, row, most)
    rows.finish()
    return board.sheet(rows.bottom + 4)


def _row(rows: Rows, table: Table[Number], row: Row[Number], most: float) -> None:
    top = rows.begin(row.title, bold=True)
    x = rows.left
    for code, texture in TEXTURES.items():
        cell = cell_of(table, row, code)
        value = value_of(cell)
        of = (row.code, code)
        if value is None:
            rows.board.chip(x + 4, top + THICK / 2, cell, of)
            break
        if value and most:
            width = rows.at(value / most) - rows.left
            rows.board.add(Box(rows.left, top, width, THICK, texture, of))
            x = rows.left + (width if code == "told" else 0)
    for place, text in enumerate(_counts(table, row, rows.board.width - rows.left), 1):
        rows.board.add(Words(rows.left, top + THICK + 16 * place, text, 13, ink=Ink.QUIET))


def _counts(table: Table[Number], row: Row[Number], room: float) -> list[str]:
    """The numbers of a row in words, in lines."""
    parts = [
        f"{said(cell_of(table, row, code))} {column_of(table, code).title.lower()}"
        for code in TEXTURES
    ]
    return in_lines(" · ".join(parts), room, 13)
