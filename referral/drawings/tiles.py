"""The 32 councils as tiles, one of a size each: by area alone Highland would hide the others.

The places are our own; near neighbours stay neighbours. Codes: National Records of Scotland.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from referral.drawings.board import Board
from referral.drawings.marks import STEPS, Box, Drawing, Ink, Sheet, Sign, Texture, Words
from referral.drawings.words import SAME, aloud, number, said, value_of
from referral.published.tables import Number, Row, Table


@dataclass(frozen=True)
class Tile:
    """Where a council lies, counted from the top left, and its name where there is little room."""

    across: int
    down: int
    name: str
    short: str


COUNCILS = {
    "S12000027": Tile(6, 0, "Shetland", "SHE"),
    "S12000023": Tile(5, 1, "Orkney", "ORK"),
    "S12000013": Tile(0, 2, "Eilean Siar", "NES"),
    "S12000017": Tile(2, 2, "Highland", "HLD"),
    "S12000020": Tile(3, 2, "Moray", "MOR"),
    "S12000034": Tile(4, 2, "Aberdeensh.", "ABS"),
    "S12000033": Tile(5, 2, "Aberdeen", "ABC"),
    "S12000035": Tile(1, 3, "Argyll, Bute", "ARG"),
    "S12000030": Tile(2, 3, "Stirling", "STG"),
    "S12000048": Tile(3, 3, "Perth, Kinross", "PKN"),
    "S12000041": Tile(4, 3, "Angus", "ANG"),
    "S12000042": Tile(5, 3, "Dundee", "DND"),
    "S12000039": Tile(1, 4, "W Dunbarton", "WDN"),
    "S12000045": Tile(2, 4, "E Dunbarton", "EDN"),
    "S12000005": Tile(3, 4, "Clackmannan", "CLK"),
    "S12000047": Tile(4, 4, "Fife", "FIF"),
    "S12000018": Tile(0, 5, "Inverclyde", "INV"),
    "S12000038": Tile(1, 5, "Renfrewshire", "REN"),
    "S12000049": Tile(2, 5, "Glasgow", "GLA"),
    "S12000014": Tile(3, 5, "Falkirk", "FAL"),
    "S12000040": Tile(4, 5, "West Lothian", "WLN"),
    "S12000036": Tile(5, 5, "Edinburgh", "EDB"),
    "S12000010": Tile(6, 5, "East Lothian", "ELN"),
    "S12000021": Tile(0, 6, "N Ayrshire", "NAY"),
    "S12000011": Tile(1, 6, "E Renfrewsh.", "ERN"),
    "S12000029": Tile(2, 6, "S Lanark", "SLK"),
    "S12000050": Tile(3, 6, "N Lanark", "NLK"),
    "S12000019": Tile(4, 6, "Midlothian", "MLN"),
    "S12000026": Tile(5, 6, "Borders", "SBO"),
    "S12000028": Tile(0, 7, "S Ayrshire", "SAY"),
    "S12000008": Tile(1, 7, "E Ayrshire", "EAY"),
    "S12000006": Tile(2, 7, "Dumfries, Gall.", "DGY"),
}
ACROSS = 7
DOWN = 8


def draw(table: Table[Number]) -> Drawing:
    """The tiles of a table whose rows are councils, by their codes, with one column."""
    limits = limits_of([value for row in councils(table) if (value := value_of(row.cells[0]))])
    told = sorted(councils(table), key=lambda row: -(value_of(row.cells[0]) or 0))
    named = [f"{row.title} {aloud(row.cells[0], table.columns[0].unit)}" for row in told]
    others = [row for row in table.rows if row.code not in COUNCILS]
    named += [f"{row.title} {aloud(row.cells[0], table.columns[0].unit)}" for row in others]
    caption = ". ".join(
        f"{row.title}: {said(row.cells[0], table.columns[0].unit)}" for row in others
    )
    return Drawing(
        table.code,
        table.title,
        f"{', '.join(named)}. {SAME}",
        _sheet(table, limits, True),
        _sheet(table, limits, False),
        key_of(limits, table),
        f"{caption}." if caption else "",
    )


def councils(table: Table[Number]) -> list[Row[Number]]:
    """The rows that have a tile."""
    return [row for row in table.rows if row.code in COUNCILS]


def limits_of(values: Sequence[float]) -> list[float]:
    """From which value on the second, third and fourth step are: about a quarter of them each."""
    ranked = sorted(values)
    if not ranked:
        return []
    quarters = [rounded(ranked[len(ranked) * part // 4]) for part in (1, 2, 3)]
    return sorted({each for each in quarters if each > ranked[0]})


def rounded(value: float) -> float:
    """A number to be remembered near this one: 23 → 25, 47 → 50, 118 → 120."""
    size = 1.0
    while size * 20 <= value:
        size *= 5 if size * 100 > value else 10
    return round(value / size) * size


def step_of(value: float, limits: Sequence[float]) -> Texture:
    """The step that a value has."""
    return STEPS[sum(value >= limit for limit in limits)]


def key_of(limits: Sequence[float], table: Table[Number]) -> tuple[Sign, ...]:
    """What the steps mean, and the hatch where something is not told."""
    unit = " %" if table.columns[0].unit == "%" else ""
    signs = [
        Sign(texture, words) for texture, words in zip(STEPS, _spans(limits, unit), strict=False)
    ]
    missing = {said(row.cells[0]) for row in table.rows if value_of(row.cells[0]) is None}
    if missing:
        signs.append(Sign(Texture.WITHHELD, f"{', '.join(sorted(missing))} not told"))
    return tuple(signs)


def _spans(limits: Sequence[float], unit: str) -> list[str]:
    if not limits:
        return ["all alike"]
    whole = [f"{number(limit)}{unit}" for limit in limits]
    if unit or any(limit % 1 for limit in limits):
        between = [f"{one} to under {other}" for one, other in pairwise(whole)]
    else:
        between = [f"{number(one)} to {number(other - 1)}" for one, other in pairwise(limits)]
    return [f"under {whole[0]}", *between, f"{whole[-1]} and over"]


def _sheet(table: Table[Number], limits: Sequence[float], wide: bool) -> Sheet:
    board = Board(wide)
    pitch = board.width / ACROSS
    high = 62 if wide else 44
    for row in councils(table):
        tile = COUNCILS[row.code]
        at = (tile.across * pitch + 1, tile.down * high + 1)
        _tile(board, row, table.columns[0].unit, at, (pitch - 4, high - 4.0), limits)
    return board.sheet(DOWN * high)


def _tile(
    board: Board,
    row: Row[Number],
    unit: str,
    at: tuple[float, float],
    size: tuple[float, float],
    limits: Sequence[float],
) -> None:
    x, y = at
    width, height = size
    tile = COUNCILS[row.code]
    value = value_of(row.cells[0])
    texture = Texture.WITHHELD if value is None else step_of(value, limits)
    board.add(Box(x, y, width, height, texture, (row.code,)))
    ink = Ink.WHITE if texture is Texture.STEP_4 else Ink.BLACK
    middle = x + width / 2
    told = said(row.cells[0], unit)
    if board.wide:
        name = Words(middle, y + 20, tile.name, 14, ink=ink, anchor="middle")
        count = Words(middle, y + height - 12, told, 18, True, ink, "middle")
    else:
        name = Words(middle, y + 16, tile.short, 13, ink=ink, anchor="middle")
        large = 15 if len(told) < 5 else 12
        count = Words(middle, y + height - 7, told, large, True, ink, "middle")
    if value is None:
        board.on_plate(name)
        board.on_plate(count, (row.code,))
    else:
        board.add(name, count)
