"""A table as spreadsheets export it: commas, semicolons or tabs, UTF-8 or UTF-16, any line ends."""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from typing import Any

SEPARATORS = ",;\t"
NEVER_CLOSED = "unexpected end of data"


class NoTable(ValueError):
    """It is no table that can be taken; the text is the sentence for who sent it."""


@dataclass(frozen=True)
class Row:
    """One row: the line on which it begins, its cells by column, and what is wrong with its shape.

    A row with something wrong has no cells.
    """

    line: int
    cells: Mapping[str, str]
    wrong: str = ""


@dataclass(frozen=True)
class Table:
    """The columns by their plain names, and the rows that are not blank."""

    columns: Sequence[str]
    rows: Sequence[Row]


class Came(StrEnum):
    """What becomes of one row."""

    TAKEN = "taken in"
    THERE = "there already"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Outcome:
    """What became of the row on a line, what it is called there, why it is left out, or a hint."""

    line: int
    name: str
    came: Came
    why: str = ""


@dataclass(frozen=True)
class Report:
    """What became of each row, or would; and the columns that nobody has read."""

    outcomes: Sequence[Outcome]
    unread: Sequence[str]

    def how_many(self, came: str) -> int:
        """So many rows became this."""
        return sum(1 for one in self.outcomes if one.came == came)

    @property
    def left_out(self) -> list[Outcome]:
        """The rows that are not taken, in their order."""
        return [one for one in self.outcomes if one.came is Came.LEFT_OUT]

    @property
    def hinted(self) -> list[Outcome]:
        """The rows that are taken and of which there is something to say."""
        return [one for one in self.outcomes if one.came is Came.TAKEN and one.why]


@dataclass(frozen=True)
class Columns:
    """The columns that are read: of each field the names it may have; and those that must be."""

    names: Mapping[str, Sequence[str]]
    needed: Sequence[str]

    def fields_of(self, columns: Sequence[str]) -> dict[str, str]:
        """The field of each column that is read. Raises NoTable."""
        by_name = {name: field for field, names in self.names.items() for name in names}
        found = {name: by_name[name] for name in columns if name in by_name}
        read = list(found.values())
        if twice := [field for field in self.names if read.count(field) > 1]:
            raise NoTable(f"Two columns hold the {self.names[twice[0]][0]}. Leave one of them out")
        if missing := [self.names[field][0] for field in self.needed if field not in read]:
            said = ", ".join(f"“{name}”" for name in missing)
            raise NoTable(f"Its first line has to name these columns too: {said}")
        return found

    def unread(self, columns: Sequence[str]) -> list[str]:
        """The columns that nobody reads."""
        known = {name for names in self.names.values() for name in names}
        return [name for name in columns if name not in known]


def table_of(content: bytes) -> Table:
    """The table in a file. Raises NoTable; what is wrong with one row leaves the others."""
    text = text_of(content)
    first, _, rest = text.partition("\n")
    skipped = 0
    if re.fullmatch(r"sep=.\s*", first):  # what a spreadsheet writes for itself
        text = rest
        skipped = 1
    head = text.lstrip("\r\n").partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    lines = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    read = _each(lines, skipped)
    columns = next(([plain(name) for name in cells] for _, cells, _ in read), [])
    if not any(columns):
        raise NoTable("The file is empty. Choose the one that was exported")
    named = [name for name in columns if name]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise NoTable(f"Two columns are called “{twice[0]}”. Rename one of them")
    return Table(named, [_row(line, cells, wrong, columns) for line, cells, wrong in read])


def text_of(content: bytes) -> str:
    """What a file says, by how it begins. Raises NoTable."""
    wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        return content.decode("utf-16") if wide else content.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        said = f"Line {line} has signs that cannot be read. Save the file as “CSV UTF-8”"
        raise NoTable(said) from None


def plain(name: str) -> str:
    """The name of a column in small letters, with one space between its words."""
    return " ".join(re.findall(r"[^\W_]+", name.lower()))


def _each(lines: Any, skipped: int) -> Iterator[tuple[int, list[str], str]]:
    """Each row that is not blank, with its line and what is wrong with it. Raises NoTable."""
    while True:
        line = lines.line_num + 1 + skipped
        try:
            cells = [cell.strip() for cell in next(lines)]
        except StopIteration:
            return
        except csv.Error as error:
            if NEVER_CLOSED in str(error):
                said = f"Line {line} has a quotation mark that is never closed. Close it"
                raise NoTable(said) from None
            yield line, [], "a quotation mark stands in the middle of a field"
            continue
        if any(cells):
            yield line, cells, ""


def _row(line: int, cells: Sequence[str], wrong: str, columns: Sequence[str]) -> Row:
    if wrong:
        return Row(line, {}, wrong)
    if any("\0" in cell for cell in cells):
        return Row(line, {}, "it has a sign that stands for nothing (NUL)")
    if len(cells) < len(columns) or any(cells[len(columns) :]):
        return Row(line, {}, f"it has {len(cells)} fields instead of {len(columns)}")
    return Row(line, {name: cell for name, cell in zip(columns, cells, strict=False) if name})
