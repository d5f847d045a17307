"""The way step by step: each bar is everybody who reached the step before, its losses named.

Went on, did not, not yet and unknown add up to the step before. The part that went on widens to the
next bar, so that late steps with few people can still be read; how many of all that is stands at
the right.
"""

from dataclasses import dataclass

from referral.drawings.board import LINE, NARROW, SMALL, Board
from referral.drawings.marks import Box, Drawing, Ground, Ink, Line, Sheet, Sign, Texture, Words
from referral.drawings.words import (
    SAME,
    aloud,
    cell_of,
    column_of,
    in_lines,
    number,
    said,
    value_of,
    width_of,
)
from referral.published.tables import Code, Number, Row, Table

STANDINGS = {
    "reached": Texture.SOLID,
    "not_reached": Texture.HATCHED,
    "not_yet": Texture.DOTTED,
    "unknown": Texture.EMPTY,
}
KEY = (
    Sign(Texture.SOLID, "went on"),
    Sign(Texture.HATCHED, "did not"),
    Sign(Texture.DOTTED, "not yet, time still runs"),
    Sign(Texture.EMPTY, "unknown, never counted as no"),
)
SHORT = {Code.TOO_EARLY: "too early", Code.NOT_KNOWN: "not known", Code.NONE: ""}
FEWEST_FOR_A_SHARE = 20
COME = 31.0  # the foot of the line that is everybody


@dataclass(frozen=True)
class Step:
    """A step with the count of those who reached the one before, where that is told."""

    row: Row[Number]
    parts: dict[str, Number]
    share: Number
    before: float | None
    of_all: str

    @property
    def counts(self) -> list[float | None]:
        """The parts; none of a kind that does not apply to this step."""
        return [
            0.0 if part.value is None and part.code is Code.NONE else value_of(part)
            for part in self.parts.values()
        ]

    @property
    def whole(self) -> float | None:
        """How many people the bar is; None where that cannot be said."""
        told = [count for count in self.counts if count is not None]
        return sum(told) if len(told) == len(self.counts) else self.before

    @property
    def went_on(self) -> float | None:
        """The part of the bar that went on; None where that is not told."""
        first = self.pieces[0] if self.pieces else ("reached", Texture.SOLID, 0.0)
        return first[2] if first[1] is Texture.SOLID else None

    @property
    def pieces(self) -> list[tuple[str, Texture, float]]:
        """What the bar is made of, each as a part of it; together one, or nothing of nobody.

        Where a part is withheld, all but those who went on is one piece: no length is of one.
        """
        whole = self.whole
        reached = value_of(self.parts["reached"])
        if whole == 0:
            return []
        if whole is None or reached is None:
            return [("withheld", Texture.WITHHELD, 1.0)]
        if any(count is None for count in self.counts):
            gone = ("reached", Texture.SOLID, reached / whole)
            return [gone, ("withheld", Texture.WITHHELD, 1 - reached / whole)]
        of = zip(self.parts, self.counts, strict=True)
        return [(code, STANDINGS[code], (count or 0) / whole) for code, count in of]


def draw(table: Table[Number]) -> Drawing:
    """The ladder of a table whose rows are the steps; the first has only who came in."""
    first = table.rows[0]
    steps = steps_of(table)
    told = f"{first.title}: {aloud(cell_of(table, first, 'reached'))}. "
    told += " ".join(_aloud(table, step) for step in steps)
    wide = _sheet(table, steps, True)
    narrow = _sheet(table, steps, False)
    caption = "Each bar is everybody who reached the step before. Shares leave out “not yet”."
    return Drawing(table.code, table.title, f"{told} {SAME}", wide, narrow, KEY, caption)


def steps_of(table: Table[Number]) -> list[Step]:
    """The steps after the first."""
    all_of_them = value_of(cell_of(table, table.rows[0], "reached"))
    before = all_of_them
    steps = []
    for row in table.rows[1:]:
        parts = {code: cell_of(table, row, code) for code in STANDINGS}
        share = cell_of(table, row, "share")
        reached = value_of(parts["reached"])
        steps.append(Step(row, parts, share, before, _of_all(share, reached, all_of_them)))
        before = reached
    return steps


def _of_all(share: Number, reached: float | None, booked: float | None) -> str:
    """How many in a hundred of all booked; why not, where no share of the step is told either."""
    if share.value is None:
        return SHORT.get(share.code, said(share))
    if reached is None or booked is None or booked < FEWEST_FOR_A_SHARE:
        return ""
    return f"{(200 * reached + booked) // (2 * booked):.0f} %"


def _aloud(table: Table[Number], step: Step) -> str:
    parts = [
        f"{aloud(part)} {column_of(table, code).title.lower()}" for code, part in step.parts.items()
    ]
    return f"{step.row.title}: {', '.join(parts)}; share {aloud(step.share, '%')}."


def _sheet(table: Table[Number], steps: list[Step], wide: bool) -> Sheet:
    board = Board(wide)
    left = 156 if wide else 1
    right = 668 if wide else board.width - 1
    first = table.rows[0]
    came = f"{said(cell_of(table, first, 'reached'))} {table.columns[0].unit}"
    told = value_of(cell_of(table, first, "reached")) is not None
    texture = Texture.SOLID if told else Texture.WITHHELD
    board.add(Box(left, 26, right - left, 5, texture, (first.code,)))
    if wide:
        board.add(Words(0, 18, first.title, 15, True), Words(left, 18, came, 15, True))
        board.add(Words(760, 18, f"of all {first.title.lower()}", 13, ink=Ink.QUIET, anchor="end"))
    else:
        board.add(Words(0, 18, f"{first.title}: {came}", 15, True))
    bottom = COME
    reach = float(right)
    for step in steps:
        bottom, reach = _step(board, table, step, (left, right), bottom, reach)
    return board.sheet(bottom + 26)


def _step(
    board: Board,
    table: Table[Number],
    step: Step,
    edges: tuple[float, float],
    bottom: float,
    reach: float,
) -> tuple[float, float]:
    """Draw a step beneath the one before; its bottom, and how far its solid part reaches."""
    left, right = edges
    losses = 0 if bottom == COME else 18
    lines = _title(step, board.wide)
    over = LINE / 2 * max(len(lines) - 3, 0) if board.wide else 0
    top = bottom + (24 + over if board.wide else 31 + LINE * len(lines)) + losses
    board.behind(Ground(((left, bottom), (reach, bottom), (right, top), (left, top))))
    height = 24 if board.wide else 30
    x = left
    for code, texture, part in step.pieces:
        width = part * (right - left)
        if width > 0:
            board.add(Box(x, top, width, height, texture, (step.row.code, code)))
        x += width
    if not step.pieces:
        board.add(Line(((left, top), (left, top + height)), Ink.QUIET, of=(step.row.code,)))
    went = step.went_on
    reach = right if went is None else left + went * (right - left)
    _name(board, step, lines, top)
    if board.wide:
        _count(board, step, top, left)
    named = _losses(table, step)
    board.add(Words(right, top + height + 17, named, 13, True, anchor="end"))
    return top + height + over, reach


def _title(step: Step, wide: bool) -> list[str]:
    """The name of a step in lines; on a narrow sheet with who reached it, beside the shares."""
    if wide:
        return in_lines(step.row.title, 148, 15)
    room = NARROW - width_of(_shares(step), SMALL) - 6
    return in_lines(f"{step.row.title} {said(step.parts['reached'])}", room, 15)


def _shares(step: Step) -> str:
    """'18 % · 15 % of all', or why there is none."""
    share = said(step.share, "%") if step.share.value is not None else ""
    of_all = f"{step.of_all} of all" if step.of_all.endswith("%") else step.of_all
    return " · ".join(part for part in (share, of_all) if part)


def _name(board: Board, step: Step, lines: list[str], top: float) -> None:
    last = top + 17 + LINE / 2 * (len(lines) - 1) if board.wide else top - 8
    for place, text in enumerate(reversed(lines)):
        board.add(Words(0, last - place * LINE, text, 15, True))
    right = board.width
    if board.wide:
        board.add(Words(right, top + 17, step.of_all, 15, True, anchor="end"))
    else:
        board.add(Words(right, last, _shares(step), SMALL, ink=Ink.QUIET, anchor="end"))


def _count(board: Board, step: Step, top: float, left: float) -> None:
    """Who reached the step, in the solid part of its bar or behind it."""
    share = said(step.share, "%") if step.share.value is not None else ""
    text = " · ".join(part for part in (said(step.parts["reached"]), share) if part)
    part = (step.went_on or 0) * 512
    if part > width_of(text, 14) + 14:
        board.add(Words(left + 8, top + 17, text, 14, True, Ink.WHITE))
    else:
        board.on_plate(Words(left + 12 + part, top + 17, text, 14, True))


def _losses(table: Table[Number], step: Step) -> str:
    """'2,931 did not · 607 unknown': those who are none are left to the table."""
    named = []
    for code, part in step.parts.items():
        if code != "reached" and part.value != 0 and part.code is not Code.NONE:
            value = value_of(part)
            count = said(part) if value is None else number(value)
            named.append(f"{count} {column_of(table, code).title.lower()}")
    return " · ".join(named)
