"""Tables as they are told, and the parts of their drawings that tests ask about."""

from support.stories import moment

from referral.drawings.draw import BY_NAME, drawing_of
from referral.drawings.invented import invented, table
from referral.drawings.ladder import STANDINGS
from referral.drawings.marks import Box, Drawing, Sheet, Texture
from referral.published.tables import Column, Number, Table, Told

AT = moment("2026-11-26 06:00")
PEOPLE = Column("people", "people", "people")
STEPS = (
    *(Column(code, code.replace("_", " "), "people") for code in STANDINGS),
    Column("share", "share", "%"),
)


def told() -> Told:
    """A report with every drawing."""
    return invented(AT)


def drawings() -> dict[str, Drawing]:
    """Each drawing by the name that its table gives to it."""
    return {name: drawn(told_table(name)) for name in BY_NAME}


def told_table(name: str) -> Table[Number]:
    """The invented table that is drawn so."""
    return next(one for one in told().tables if one.drawn == name)


def lines(name: str, columns: tuple[Column, ...], rows: str) -> Drawing:
    """The drawing of lines such as “asked | Asked | 15874 [c]”."""
    return drawn(table(name, "Title", "row", columns, rows))


def drawn(of: Table[Number]) -> Drawing:
    """The drawing of a table that has one."""
    found = drawing_of(of)
    assert found is not None
    return found


def both(drawing: Drawing) -> tuple[Sheet, Sheet]:
    """Its two widths."""
    return drawing.wide, drawing.narrow


def bars(sheet: Sheet, *of: str) -> list[Box]:
    """The boxes that stand for a row, and for a column where one is named; no plates."""
    boxes = [box for box in sheet.boxes if box.texture is not Texture.PLATE]
    return [box for box in boxes if box.of[: len(of)] == of]
