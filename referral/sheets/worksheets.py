"""What stands on each sheet of a spreadsheet, by the government's checklist for accessible ones.

"Making spreadsheets accessible: checklist of the basics", Government Analysis Function: a cover,
notes apart, one table a sheet against its left edge, one header row, no cell empty or merged, marks
in square brackets and never by colour.
"""

import re
from collections import Counter
from dataclasses import dataclass

from referral.published.audiences import Audience
from referral.published.tables import MEANING, Code, Number, Table, Told
from referral.sheets.plain import INVENTED, LICENCES, Imprint, named, one_line, said
from referral.web.filters import day, when

LONGEST_NAME = 31  # that every spreadsheet program takes
IN_A_NAME = re.compile(r"[^\w -]")
READERS = {
    Audience.PUBLIC: "everybody",
    Audience.PARTNER: "partners under an agreement",
    Audience.OWN: "those who work with the people themselves",
}
MARKED = "Marked numbers"
NO_CODE = "no code"
Cell = str | int | float


@dataclass(frozen=True)
class Sheet:
    """A sheet: lines from A1 on, the first of them its title, then one table and nothing below."""

    name: str
    above: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Note:
    """A note by its number, and the sheet that it is about."""

    name: str
    text: str
    where: str


def mark(code: Code) -> str:
    """A code as it stands in a cell: `[c]`, and `[low]` for what is nearly none."""
    return "[low]" if code is Code.NEARLY_NONE else f"[{code}]"


def in_cell(cell: Number) -> Cell:
    """A number as a number; where there is none, or only nearly one, its mark."""
    number = said(cell)
    if number.value is None or (number.code is Code.NEARLY_NONE and number.value == 0):
        return mark(number.code)
    return number.value


def sheets_of(told: Told, imprint: Imprint) -> list[Sheet]:
    """All sheets in their order; none of them empty."""
    names = [_name(number, table) for number, table in enumerate(told.tables, 1)]
    notes = _notes(told, names)
    tables = [_sheet(name, table, notes) for name, table in zip(names, told.tables, strict=True)]
    around = [_notes_sheet(told, notes), _definitions(told), _marked(told, names)]
    full = [*(sheet for sheet in around if sheet.rows), *tables]
    contents = tuple((sheet.name, sheet.above[0]) for sheet in full)
    listed = [Sheet("Contents", ("Contents",), ("Sheet", "What it shows"), contents)]
    return [_cover(told, imprint), *(listed if full else []), *full]


def _cover(told: Told, imprint: Imprint) -> Sheet:
    about = told.about
    running = ", which is not over yet" if about.running else ""
    items: dict[str, Cell] = {
        "Demo": INVENTED if imprint.invented else "",
        "Period": f"{one_line(about.period)}: {day(about.first)} to {day(about.last)}{running}",
        "Area": named(about.area, about.area_code),
        "As at": f"{when(about.as_at)}, time in Scotland",
        "Made at": f"{when(about.made_at)}, time in Scotland",
        "Made for": READERS[about.audience],
        "Numbers withheld": told.withheld,
        "Version of the definitions": one_line(about.version),
        "Licence": LICENCES[about.audience],
        "Published by": one_line(imprint.publisher),
        "Contact": one_line(imprint.contact),
        "Next report": day(imprint.next_date) if imprint.next_date else "",
    }
    short: list[tuple[str, Cell]] = [("In short", one_line(line)) for line in told.sentences]
    rows = [(name, text) for name, text in [*short, *items.items()] if text != ""]
    return Sheet("Cover", (named(about.title, about.name),), ("About", "This report"), tuple(rows))


def _notes(told: Told, names: list[str]) -> list[Note]:
    found = [("all tables", text) for text in told.notes]
    for name, table in zip(names, told.tables, strict=True):
        found += [(name, text) for text in table.notes]
    kept = [(where, line) for where, text in found if (line := one_line(text))]
    return [Note(f"[note {n}]", line, where) for n, (where, line) in enumerate(kept, 1)]


def _notes_sheet(told: Told, notes: list[Note]) -> Sheet:
    used = {said(number).code for number in told.numbers}
    marks = [(mark(code), MEANING[code], "all tables") for code in MEANING if code in used]
    rows = [*marks, *((note.name, note.text, note.where) for note in notes)]
    title = "Notes, and what the marks in square brackets mean"
    return Sheet("Notes", (title,), ("Mark", "Meaning", "Where"), tuple(rows))


def _definitions(told: Told) -> Sheet:
    rows = tuple(
        (named(name, ""), named(text, "")) for name, text in sorted(told.definitions.items())
    )
    return Sheet("Definitions", ("How each measure is defined",), ("Measure", "Definition"), rows)


def _marked(told: Told, names: list[str]) -> Sheet:
    rows = []
    for name, table in zip(names, told.tables, strict=True):
        heads = _heads(table)
        for row in table.rows:
            for head, cell in zip(heads, row.cells, strict=True):
                number = said(cell)
                shown = in_cell(cell)
                if number.code and shown != mark(number.code):
                    where = (name, named(row.title, row.code), one_line(row.code) or NO_CODE, head)
                    rows.append((*where, shown, mark(number.code)))
    header = ("Sheet", "Row", "Code", "Column", "Number", "Mark")
    return Sheet(MARKED, ("Numbers to be read with care",), header, tuple(rows))


def _sheet(name: str, table: Table[Number], notes: list[Note]) -> Sheet:
    own = [note.name for note in notes if note.where == name]
    marks = "Marks in square brackets are explained on the sheet Notes."
    refers = f"This sheet has one table. {marks}"
    above = (named(table.title, table.code), one_line(table.about), " ".join([refers, *own]))
    rows = tuple(
        (
            named(row.title, row.code),
            one_line(row.code) or NO_CODE,
            *(in_cell(cell) for cell in row.cells),
        )
        for row in table.rows
    )
    return Sheet(name, tuple(filter(None, above)), (_of(table), "Code", *_heads(table)), rows)


def _of(table: Table[Number]) -> str:
    of = named(table.of, "row")
    return of[0].upper() + of[1:]


def _heads(table: Table[Number]) -> list[str]:
    """The head of each column with its unit, and with its code where two would be alike."""
    titles = [named(column.title, column.code) for column in table.columns]
    often = Counter(titles)
    heads = []
    for column, title in zip(table.columns, titles, strict=True):
        apart = f"{title}, {one_line(column.code)}" if often[title] > 1 else title
        unit = one_line(column.unit)
        heads.append(f"{apart} ({unit})" if unit else apart)
    return heads


def _name(number: int, table: Table[Number]) -> str:
    """The number of the table and as much of its title as a name may hold."""
    words = IN_A_NAME.sub("", named(table.title, table.code))
    kept = "".join(letter for letter in words if ord(letter) <= 0xFFFF).split()
    name = str(number)
    while kept and len(f"{name} {kept[0]}") <= LONGEST_NAME:
        name = f"{name} {kept.pop(0)}"
    return name
