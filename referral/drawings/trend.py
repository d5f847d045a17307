"""How it went over time: a line a column, which carries its name at its end.

Lines differ by dash and marker. Where a number is withheld the line is broken and a hatched box of
one size, with its code, stands at the foot.
"""

from collections.abc import Sequence

from referral.drawings.board import LINE, SMALL, Board, steps_up_to
from referral.drawings.marks import Dot, Drawing, Ink, Line, Shape, Sheet, Words
from referral.drawings.words import SAME, aloud, in_lines, number, said, value_of, width_of
from referral.published.tables import Code, Column, Number, Table

LOOKS = (
    (Ink.BRAND, "", Shape.DISC),
    (Ink.SECOND, "6 3", Shape.SQUARE),
    (Ink.BLACK, "2 3", Shape.DIAMOND),
    (Ink.QUIET, "8 3 2 3", Shape.RING),
)
TOP = 24


def draw(table: Table[Number]) -> Drawing:
    """The lines of a table whose rows are periods, the earliest first."""
    told = " ".join(_aloud(table, number) for number in range(len(table.columns)))
    wide = _Trend(table, True).sheet()
    narrow = _Trend(table, False).sheet()
    return Drawing(table.code, table.title, f"{told} {SAME}", wide, narrow)


def _aloud(table: Table[Number], column: int) -> str:
    """Where a line begins, ends and is highest, and how much of it is withheld."""
    about = table.columns[column]
    cells = [(row.title, row.cells[column]) for row in table.rows]
    told = [(title, cell) for title, cell in cells if value_of(cell) is not None]
    if not told:
        return f"{about.title}: nothing is told."
    most = max(told, key=lambda one: value_of(one[1]) or 0)
    points = {"from": told[0], "highest": most, "to": told[-1]}
    said_of = [f"{how} {aloud(cell, about.unit)} in {at}" for how, (at, cell) in points.items()]
    missing = len(cells) - len(told)
    rest = f"; {missing} of {len(cells)} not told" if missing else ""
    return f"{about.title}: {', '.join(said_of)}{rest}."


def pieces(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """The line as unbroken pieces, each of points with their place in time."""
    found: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            found[-1].append((place, value))
    return [piece for piece in found if piece]


class _Trend:
    def __init__(self, table: Table[Number], wide: bool) -> None:
        self.table = table
        self.board = Board(wide)
        self.right: float = 600 if wide else 248
        self.bottom: float = 244 if wide else 204
        values = [value_of(cell) or 0 for row in table.rows for cell in row.cells]
        self.grid = steps_up_to(max(values, default=0))
        self.unit = " %" if table.columns[0].unit == "%" else ""
        self.left = width_of(f"{number(self.grid[-1])}{self.unit}", SMALL) + 4
        self.pitch = (self.right - self.left) / max(len(table.rows), 1)
        self.ends: list[tuple[float, Words, Column]] = []

    def sheet(self) -> Sheet:
        """Grid, then lines, then what they are called."""
        self._grid()
        for column in range(len(self.table.columns)):
            self._line(column)
        self._missing()
        return self.board.sheet(max(self.bottom + 28, self._names()))

    def _at(self, place: int, value: float) -> tuple[float, float]:
        x = self.left + self.pitch * (place + 0.5)
        return x, self.bottom - value / self.grid[-1] * (self.bottom - TOP)

    def _grid(self) -> None:
        for value in self.grid:
            _, y = self._at(0, value)
            ink = Ink.GRID if value else Ink.QUIET
            self.board.add(Line(((self.left, y), (self.right, y)), ink))
            text = f"{number(value)}{self.unit}"
            self.board.add(Words(self.left - 6, y + 4, text, SMALL, False, Ink.QUIET, "end"))
        names = [row.title for row in self.table.rows]
        room = max(width_of(name, SMALL) for name in names) + 6 if names else 1
        every = int(room // self.pitch) + 1
        for place in range(len(names) - 1, -1, -every):
            x, _ = self._at(place, 0)
            at = max(x, room / 2)
            words = Words(at, self.bottom + 18, names[place], SMALL, ink=Ink.QUIET, anchor="middle")
            self.board.add(words)

    def _line(self, column: int) -> None:
        ink, dash, shape = LOOKS[column % len(LOOKS)]
        about = self.table.columns[column]
        cells = [row.cells[column] for row in self.table.rows]
        for piece in pieces([value_of(cell) for cell in cells]):
            points = tuple(self._at(place, value) for place, value in piece)
            self.board.add(Line(points, ink, 2.5, dash, (about.code,)))
            for (place, _), (x, y) in zip(piece, points, strict=True):
                self.board.add(Dot(x, y, shape, ink, of=(self.table.rows[place].code, about.code)))
                if cells[place].code is Code.REVISED:
                    self.board.add(Words(x, y - 9, "[r]", SMALL, anchor="middle"))
            end = Words(
                points[-1][0] + 12, points[-1][1] + 5, said(cells[piece[-1][0]], about.unit)
            )
        if any(value_of(cell) is not None for cell in cells):
            self.ends.append((end.y, end, about))

    def _missing(self) -> None:
        """A chip for each number that is not told, over each other at the foot of its period."""
        for place, row in enumerate(self.table.rows):
            x, foot = self._at(place, 0)
            missing = [
                (cell, about)
                for cell, about in zip(row.cells, self.table.columns, strict=True)
                if value_of(cell) is None
            ]
            for above, (cell, about) in enumerate(missing):
                middle = foot - 14 - 26 * above
                self.board.chip(x - 23, middle, cell, (row.code, about.code))

    def _names(self) -> float:
        """What each line is called, at its end, none over another; how far down they reach."""
        free = 0.0
        for y, end, about in sorted(self.ends, key=lambda one: one[0]):
            start = max(y, free)
            at = self.right + 8
            self.board.add(Words(at, start, end.text, 15, True))
            lines = in_lines(about.title.lower(), self.board.width - at, 14)
            for number_of, text in enumerate(lines, 1):
                self.board.add(Words(at, start + LINE * number_of, text, 14, ink=Ink.QUIET))
            free = start + LINE * (len(lines) + 1) + 4
        return free
