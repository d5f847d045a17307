"""How a number, or that there is none, is written in a drawing, beside it, and read aloud."""

from collections.abc import Iterable, Mapping

from referral.published.tables import Code, Column, Number, Row, Table

ALOUD: Mapping[Code, str] = {
    Code.WITHHELD: "withheld",
    Code.NOT_KNOWN: "not enough known",
    Code.TOO_EARLY: "too early",
    Code.NONE: "does not apply",
}
SAME = "The same numbers stand in the table."


def value_of(cell: Number) -> float | None:
    """The number that can be drawn as a length; None where there is none, and for words."""
    return None if isinstance(cell.value, str) else cell.value


def said(cell: Number, unit: str = "") -> str:
    """A cell as it is written: '1,941', '8.5', '82 %', '0 % [~]', or its code alone: '[c]'."""
    if cell.value is None:
        return f"[{cell.code or Code.NONE}]"
    written = cell.value if isinstance(cell.value, str) else number(cell.value)
    per_cent = f"{written} %" if unit == "%" else written
    return f"{per_cent} [{cell.code}]" if cell.code else per_cent


def number(value: float) -> str:
    """'1,941', '8.5', '−19' with the sign of a number below nothing."""
    written = f"{abs(value):,.1f}".removesuffix(".0")
    return f"−{written}" if value < 0 else written


def aloud(cell: Number, unit: str = "") -> str:
    """A cell as it is read aloud: a code in words."""
    if cell.value is None:
        return ALOUD.get(cell.code, "no number")
    return said(Number(cell.value), unit)


def row_aloud(row: Row[Number], columns: Iterable[Column]) -> str:
    """'Housing: said so 2,310, referred 341.'"""
    cells = zip(row.cells, columns, strict=True)
    parts = [f"{column.title.lower()} {aloud(cell, column.unit)}" for cell, column in cells]
    return f"{row.title}: {', '.join(parts)}."


def all_aloud(table: Table[Number]) -> str:
    """Every row, one sentence each."""
    return " ".join(row_aloud(row, table.columns) for row in table.rows)


def cell_of(table: Table[Number], row: Row[Number], column: str) -> Number:
    """The cell of a row in the column of a code; one that does not apply where it has none."""
    for each, cell in zip(table.columns, row.cells, strict=True):
        if each.code == column:
            return cell
    return Number(None, Code.NONE)


def column_of(table: Table[Number], code: str) -> Column:
    """The column of a code; one that is called by its code where the table has none."""
    return next((one for one in table.columns if one.code == code), Column(code, code, ""))


def in_lines(text: str, most: float, size: float) -> list[str]:
    """A text in lines that are at most so wide, broken between words."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def width_of(text: str, size: float) -> float:
    """About how wide a line of Source Sans 3 is, on the safe side."""
    return len(text) * size * 0.54
