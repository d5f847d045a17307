"""Areas beside each other on one scale, the highest first, with all Scotland dashed in each."""

from referral.drawings.board import Board
from referral.drawings.marks import Box, Dot, Drawing, Ink, Line, Shape, Sheet, Texture, Words
from referral.drawings.trend import pieces
from referral.drawings.words import SAME, aloud, in_lines, said, value_of
from referral.published.tables import Number, Row, Table

SCOTLAND = "S92000003"
HIGH = 66
HEAD = 40
STEP = HEAD + HIGH + 14


def draw(table: Table[Number]) -> Drawing:
    """Small multiples of a table whose rows are areas and whose columns are periods."""
    wide = _sheet(table, True)
    narrow = _sheet(table, False)
    span = f"{table.columns[0].title} to {table.columns[-1].title}, one scale for all."
    caption = f"{span} Dashed: Scotland." if scotland_of(table) else span
    return Drawing(table.code, table.title, _told(table), wide, narrow, (), caption)


def scotland_of(table: Table[Number]) -> Row[Number] | None:
    """The row of the whole country, where the table has it."""
    return next((row for row in table.rows if row.code == SCOTLAND), None)


def in_order(table: Table[Number]) -> list[Row[Number]]:
    """The areas by their last value, the highest first; those where it is not told at the end."""
    areas = [row for row in table.rows if row.code != SCOTLAND]
    return sorted(areas, key=lambda row: (-_last(row), row.title))


def is_hidden(row: Row[Number]) -> bool:
    """Whether nothing of an area is told."""
    return all(value_of(cell) is None for cell in row.cells)


def _last(row: Row[Number]) -> float:
    value = value_of(row.cells[-1]) if row.cells else None
    return -1.0 if value is None else value


def _told(table: Table[Number]) -> str:
    unit = table.columns[-1].unit
    rows = in_order(table)
    country = scotland_of(table)
    told = [row for row in rows if value_of(row.cells[-1]) is not None]
    named = [f"{row.title} {aloud(row.cells[-1], unit)}" for row in told]
    parts = [f"In {table.columns[-1].title}, the highest first: {', '.join(named)}."]
    if country:
        parts.append(f"Scotland {aloud(country.cells[-1], unit)}.")
    parts += [f"{row.title} {aloud(row.cells[-1])}." for row in rows if row not in told]
    return " ".join([*parts, SAME])


def _sheet(table: Table[Number], wide: bool) -> Sheet:
    board = Board(wide)
    across = 4 if wide else 2
    pitch = board.width / across
    values = [value_of(cell) or 0 for row in table.rows for cell in row.cells]
    most = max(values, default=0) or 1
    country = scotland_of(table)
    rows = in_order(table)
    named = max((len(_names(row, pitch - 58)) for row in rows), default=1)
    more = 16 * max(named - 2, 0)
    for place, row in enumerate(rows):
        corner = (place % across * pitch, place // across * (STEP + more) + more)
        if country and not is_hidden(row):
            _line(board, country, corner, pitch - 58, most, dashed=True)
        _panel(board, table, row, corner, pitch - 58, most)
    return board.sheet(-(-len(rows) // across) * (STEP + more))


def _names(row: Row[Number], wide: float) -> list[str]:
    return in_lines(row.title, wide + 50, 14)


def _panel(
    board: Board,
    table: Table[Number],
    row: Row[Number],
    corner: tuple[float, float],
    wide: float,
    most: float,
) -> None:
    left, top = corner
    lines = _names(row, wide)
    for number, text in enumerate(lines):
        y = top + HEAD - 10 - (len(lines) - 1 - number) * 16
        board.add(Words(left, y, text, 14, True))
    foot = top + HEAD + HIGH
    board.add(Line(((left, foot), (left + wide, foot)), Ink.QUIET))
    if is_hidden(row):
        board.add(Box(left, top + HEAD + 4, wide, HIGH - 8, Texture.WITHHELD, (row.code,)))
        words = Words(left + wide / 2, foot - 26, said(row.cells[-1]), 14, True, anchor="middle")
        board.on_plate(words, (row.code,))
        return
    _line(board, row, corner, wide, most, dashed=False)
    last = row.cells[-1]
    value = value_of(last)
    if value is None:
        board.chip(left + wide + 4, foot - 14, last, (row.code, table.columns[-1].code))
        return
    y = foot - value / most * HIGH
    board.add(Dot(left + wide, y, Shape.DISC, size=4, of=(row.code,)))
    board.add(Words(left + wide + 8, y + 5, said(last, table.columns[-1].unit), 15, True))


def _line(
    board: Board,
    row: Row[Number],
    corner: tuple[float, float],
    wide: float,
    most: float,
    dashed: bool,
) -> None:
    left, top = corner
    step = wide / max(len(row.cells) - 1, 1)
    foot = top + HEAD + HIGH
    for piece in pieces([value_of(cell) for cell in row.cells]):
        points = tuple((left + at * step, foot - value / most * HIGH) for at, value in piece)
        if dashed:
            board.add(Line(points, Ink.QUIET, 1.5, "3 3", (row.code,)))
        elif len(points) > 1:
            board.add(Line(points, Ink.BRAND, 2.5, "", (row.code,)))
        else:
            board.add(Dot(*points[0], Shape.DISC, size=3, of=(row.code,)))
    if not dashed:
        _missing(board, row, corner, step)


def _missing(board: Board, row: Row[Number], corner: tuple[float, float], step: float) -> None:
    """A hatched stroke of one size at the foot of each period whose number is not told."""
    left, top = corner
    foot = top + HEAD + HIGH
    for at, cell in enumerate(row.cells[:-1]):
        if value_of(cell) is None:
            board.add(Box(left + at * step - 6, foot - 14, 12, 14, Texture.WITHHELD, (row.code,)))
            words = Words(left + at * step, foot - 19, said(cell), 13, anchor="middle")
            board.on_plate(words, (row.code,))
