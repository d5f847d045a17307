"""Where a drawing is made: marks are laid on it one by one, then it is a sheet."""

from collections.abc import Sequence

from referral.drawings.marks import Box, Ink, Line, Mark, Sheet, Texture, Words
from referral.drawings.words import in_lines, said, width_of
from referral.published.tables import Number

WIDE = 760
NARROW = 340
CHIP = 46  # the width of a withheld number, whatever it is
LINE = 17  # from one line of words to the next
SMALL = 13


class Board:
    """One width of one drawing in the making."""

    def __init__(self, wide: bool) -> None:
        self.wide = wide
        self.width: float = WIDE if wide else NARROW
        self.marks: list[Mark] = []

    def add(self, *marks: Mark) -> None:
        """Lay marks over what is there."""
        self.marks.extend(marks)

    def on_plate(self, words: Words, of: tuple[str, ...] = ()) -> None:
        """Words on white, to be read over a hatch."""
        wide = width_of(words.text, words.size) + 6
        left = {"start": 3.0, "middle": wide / 2, "end": wide - 3}[words.anchor]
        plate = Box(words.x - left, words.y - 14, wide, 18, Texture.PLATE, of)
        self.add(plate, words)

    def behind(self, mark: Mark) -> None:
        """Lay a mark under all others."""
        self.marks.insert(0, mark)

    def chip(self, x: float, middle: float, cell: Number, of: tuple[str, ...]) -> None:
        """A number that is not told: a hatched box of one size with its code in it."""
        self.add(Box(x, middle - 9, CHIP, 18, Texture.WITHHELD, of))
        self.add(Box(x + 9, middle - 8, CHIP - 18, 16, Texture.PLATE, of))
        self.add(Words(x + CHIP / 2, middle + 5, said(cell), 14, True, anchor="middle"))

    def axis(self, x: float, top: float, bottom: float, words: str, ink: Ink = Ink.GRID) -> None:
        """A line down the drawing with what it marks beneath."""
        self.add(Line(((x, top), (x, bottom)), ink))
        self.add(Words(x, bottom + 16, words, SMALL, ink=Ink.QUIET, anchor="middle"))

    def marker(self, x: float, top: float, bottom: float, words: str) -> None:
        """A broken line that one looks for, named above it."""
        self.add(Line(((x, top), (x, bottom)), Ink.WHITE, 4))
        self.add(Line(((x, top), (x, bottom)), Ink.BLACK, 1.5, "5 3"))
        self.add(Words(x, top - 6, words, 14, True, anchor="middle"))

    def sheet(self, height: float) -> Sheet:
        """What is on it."""
        return Sheet(self.width, height, tuple(self.marks))


class Rows:
    """Rows under each other, their names beside the bars on a wide sheet and above on a narrow one.

    `bar` is how thick a row is, `below` the room for words under it, `right` that behind it.
    """

    def __init__(
        self, board: Board, bar: float, right: float, top: float = 0, below: float = 0
    ) -> None:
        self.board = board
        self.bar = bar
        self.below = below
        self.left: float = 200 if board.wide else 1
        self.right = board.width - right
        self.bottom = top
        self.names: list[Words] = []

    def begin(self, title: str, about: str = "", bold: bool = False) -> float:
        """The top of the bar of the next row, whose name is kept until the end."""
        room = self.left - 16 if self.board.wide else self.board.width
        lines = in_lines(title, room, 15)
        named = len(lines) * LINE + (LINE if about else 0)
        if not self.board.wide:
            top = self.bottom + named + 6
            self._name(self.bottom + 15, lines, about, bold)
            self.bottom = top + self.bar + self.below + 10
            return top
        top = self.bottom + 7 + max(0.0, (named - self.bar) / 2)
        self._name(top + (self.bar - named) / 2 + 13, lines, about, bold)
        self.bottom += max(self.bar + self.below, named) + 14
        return top

    def _name(self, y: float, lines: Sequence[str], about: str, bold: bool) -> None:
        for place, text in enumerate(lines):
            self.names.append(Words(0, y + place * LINE, text, 15, bold))
        if about:
            self.names.append(Words(0, y + len(lines) * LINE, about, SMALL, ink=Ink.QUIET))

    def finish(self) -> None:
        """Write the names, on a narrow sheet so that no line runs through them."""
        for words in self.names:
            if self.board.wide:
                self.board.add(words)
            else:
                self.board.on_plate(words)

    def at(self, part: float) -> float:
        """Where a part of the whole width ends: 0 at the left, 1 at the right."""
        return self.left + part * (self.right - self.left)


def steps_up_to(most: float, parts: int = 4) -> list[float]:
    """Round numbers from nothing to one that is not less than `most`: 0, 500, 1000 …"""
    if most <= 0:
        return [0, 1]
    size = 1.0
    while size * 10 * parts <= most:
        size *= 10
    while size * parts > most * 10:
        size /= 10
    round_ones = (size * times for times in (1, 2, 2.5, 5, 10, 20, 25, 50))
    step = next(one for one in round_ones if one * parts >= most)
    count = next(n for n in range(1, parts + 1) if step * n >= most)
    return [step * n for n in range(count + 1)]
