"""What a drawing is made of: boxes, lines, dots and words, at places in units of its own sheet.

What a box stands for is told by its texture, never by its colour alone: went on is solid, did not
is hatched, not yet is dotted, unknown is an empty box with a broken edge. What is withheld has a
grey hatch, a broken edge and its code; its size says nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Ink(StrEnum):
    """The colours of lines and words: on white at least 7 : 1, but for the grid and the ground."""

    BLACK = "#0b0c0c"
    QUIET = "#4a545c"
    BRAND = "#17324d"
    SECOND = "#8a4f9e"
    WHITE = "#fff"
    GRID = "#c8cdd3"
    GROUND = "#e9edf2"


class Texture(StrEnum):
    """What fills a box. The four steps are of one hue, and stay four in black and white."""

    SOLID = "solid"
    HATCHED = "hatched"
    DOTTED = "dotted"
    EMPTY = "empty"
    WITHHELD = "withheld"
    PALE = "pale"
    PLATE = "plate"  # white, so that words can be read on a hatch
    STEP_1 = "step 1"
    STEP_2 = "step 2"
    STEP_3 = "step 3"
    STEP_4 = "step 4"


STEPS = (Texture.STEP_1, Texture.STEP_2, Texture.STEP_3, Texture.STEP_4)


@dataclass(frozen=True)
class Box:
    """A rectangle. `of` says what it stands for: a row, and the column where there are several."""

    x: float
    y: float
    width: float
    height: float
    texture: Texture
    of: tuple[str, ...] = ()
    kind: str = "box"


@dataclass(frozen=True)
class Words:
    """A line of text; `anchor` is the point of it that stands at x: start, middle or end."""

    x: float
    y: float
    text: str
    size: int = 14
    bold: bool = False
    ink: Ink = Ink.BLACK
    anchor: str = "start"
    kind: str = "words"


@dataclass(frozen=True)
class Line:
    """A line through points; `dash` as in SVG, empty for a whole line."""

    points: tuple[tuple[float, float], ...]
    ink: Ink = Ink.BRAND
    width: float = 1
    dash: str = ""
    of: tuple[str, ...] = ()
    kind: str = "line"


@dataclass(frozen=True)
class Ground:
    """A pale area between points, behind all else: it leads the eye and measures nothing."""

    points: tuple[tuple[float, float], ...]
    kind: str = "ground"


class Shape(StrEnum):
    """The marker of a line, so that lines differ without their colour."""

    DISC = "disc"
    SQUARE = "square"
    DIAMOND = "diamond"
    RING = "ring"


@dataclass(frozen=True)
class Dot:
    """A marker at a point."""

    x: float
    y: float
    shape: Shape = Shape.DISC
    ink: Ink = Ink.BRAND
    size: float = 4.5
    of: tuple[str, ...] = ()
    kind: str = "dot"


Mark = Box | Words | Line | Ground | Dot


@dataclass(frozen=True)
class Sheet:
    """One drawing at one width: its marks lie over each other in this order."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    @property
    def boxes(self) -> Sequence[Box]:
        """The boxes alone."""
        return [mark for mark in self.marks if isinstance(mark, Box)]

    @property
    def texts(self) -> Sequence[str]:
        """All words that stand in it."""
        return [mark.text for mark in self.marks if isinstance(mark, Words)]


@dataclass(frozen=True)
class Sign:
    """A line of the key: a texture and what it means."""

    texture: Texture
    words: str


@dataclass(frozen=True)
class Drawing:
    """A table as a picture: for a wide and for a narrow page, with the same in words."""

    code: str
    title: str
    told: str
    wide: Sheet
    narrow: Sheet
    key: tuple[Sign, ...] = ()
    caption: str = ""
