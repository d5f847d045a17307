"""*Source of Referrals* of Public Health Scotland: who sends people to specialist treatment.

Its column CriminalJustice counts referrals to drug and alcohol services from arrest referral,
community payback and drug treatment orders, drug courts, police, social work and youth justice, by
quarter, ADP, service type and substance type. Source: data dictionary of the resource
bcf2e0c0-0f0d-46be-b58d-1de8b4210844 at opendata.nhs.scot, from DAISy since April 2021.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from referral.official.files import Wrong
from referral.official.spans import Span, months
from referral.web.tables import Columns, NoTable, Row, Table, plain

HIDDEN = {"c", "~"}  # confidential; so small that what is shown is none: no value whatever stands
CODE = re.compile(r"[a-z:~]{0,2}")
WHOLE = re.compile(r"(\d{1,7})(?:\.0+)?")
NUMBERED = re.compile(r"(20\d\d)-?Q?([1-4])")  # of which year it does not say
LONGEST = 100
COLUMNS = Columns(
    names={
        "quarter": ("quarter",),
        "adp_code": ("adp", "adpcode", "adp code"),
        "adp_name": ("adpname", "adp name"),
        "service": ("servicetype", "service type"),
        "substance": ("substancetype", "substance type"),
        "measure": ("measure",),
        "value": ("criminaljustice", "criminal justice"),
        "code": ("criminaljusticeqf", "criminal justice qf"),
    },
    needed=("quarter", "service", "substance", "value"),
)
# other names of the same ADP, as `words_of` leaves them
ALSO = {
    frozenset({"western", "isles"}): "S11000032",
    frozenset({"midlothian", "east", "lothian"}): "S11000051",
    frozenset({"borders"}): "S11000025",
}
OF_EVERY_NAME = {"adp", "alcohol", "drug", "partnership", "and", "the", "of", "city", "islands"}


class Numbering(StrEnum):
    """How a file numbers quarters: the first begins in January, or in April.

    The dictionary of the file says “financial year quarter”; other files of the same publisher
    write 2024Q3 for July to September. Nobody can tell by the file: who takes it in says so.
    """

    CALENDAR = "calendar"
    FINANCIAL = "financial"


@dataclass(frozen=True)
class Cell:
    """One value: of an ADP, a quarter by its first day, a service type, a substance type.

    It is null where nothing is published, with the code that says why.
    """

    adp_code: str
    quarter: date
    service: str
    substance: str
    number: int | None
    code: str = ""

    @property
    def key(self) -> tuple[str, date, str, str]:
        """What it is of."""
        return self.adp_code, self.quarter, plain(self.service), plain(self.substance)


@dataclass
class Read:
    """What a file says: its cells, its lines with a mistake, and what was passed over."""

    cells: list[Cell] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    totals: int = 0  # lines of a board or of Scotland
    shares: int = 0  # lines of percentages
    lines: dict[tuple[str, date, str, str], int] = field(default_factory=dict)


class BadLine(ValueError):
    """A line that cannot be taken; the text is the sentence."""


def cells_of(table: Table, adps: Mapping[str, str], numbering: Numbering, today: date) -> Read:
    """The cells of a file; `adps` are the names of the ADPs by their code. Raises NoTable."""
    fields = COLUMNS.fields_of(table.columns)
    if not {"adp_code", "adp_name"} & set(fields.values()):
        raise NoTable("Its first line has to name the column “adpname” or “adp” too")
    known = names_of(adps)
    found = Read()
    for row in table.rows:
        try:
            _take(row, fields, known, numbering, today, found)
        except BadLine as wrong:
            found.wrong.append(Wrong(row.line, str(wrong)))
    if not found.cells and not found.wrong:
        raise NoTable("No line of it is about an ADP. Choose the file “Source of Referrals”")
    return found


def names_of(adps: Mapping[str, str]) -> Mapping[frozenset[str], str]:
    """The code of each ADP by the words of its name, and by its code."""
    found = {words_of(name): code for code, name in adps.items()}
    found |= {frozenset({code.lower()}): code for code in adps}
    return found | {words: code for words, code in ALSO.items() if code in adps}


def words_of(name: str) -> frozenset[str]:
    """What tells one ADP from the others in its name: 'City of Edinburgh ADP' is Edinburgh."""
    return frozenset(plain(name).split()) - OF_EVERY_NAME


def quarter_of(text: str, numbering: Numbering) -> Span:
    """2024Q3 or 20243; 2024/25 Q3 is of a financial year whatever the others are.

    Raises BadLine.
    """
    wanted = text.replace(" ", "").upper()
    if found := NUMBERED.fullmatch(wanted):
        financial = numbering is Numbering.FINANCIAL
    elif found := re.fullmatch(r"20(\d\d)[/-]?(?:20)?(\d\d)-?Q([1-4])", wanted):
        if int(found[2]) != int(found[1]) + 1:
            raise BadLine(f"“{text}” is no quarter. Two years in a row make a financial year")
        return months(2000 + int(found[1]), int(found[3]) * 3 + 1, 3)
    else:
        raise BadLine(f"“{text}” is no quarter. It has to look like 2024Q3 or 20243")
    return months(int(found[1]), int(found[2]) * 3 + (1 if financial else -2), 3)


def says_of_which_year(table: Table) -> bool:
    """Whether each quarter of a file is of a financial year by how it is written."""
    quarters = [c for c, name in COLUMNS.fields_of(table.columns).items() if name == "quarter"]
    written = [row.cells[column] for row in table.rows for column in quarters if not row.wrong]
    return not any(NUMBERED.fullmatch(text.replace(" ", "").upper()) for text in written)


def is_total(text: str) -> bool:
    """Whether a cell says that a line adds others up: 'All', 'All ADP', 'Scotland', or nothing."""
    words = plain(text).split()
    return not words or words[0] in {"all", "scotland", "nhs", "total"}


def _take(
    row: Row,
    fields: Mapping[str, str],
    known: Mapping[frozenset[str], str],
    numbering: Numbering,
    today: date,
    found: Read,
) -> None:
    """Put a line down where it belongs. Raises BadLine."""
    if row.wrong:
        raise BadLine(row.wrong[:1].upper() + row.wrong[1:])
    said = {name: row.cells[column] for column, name in fields.items()}
    if plain(said.get("measure", "number")).startswith("percent"):
        found.shares += 1
        return
    names = [said[name] for name in ("adp_code", "adp_name") if name in said]
    if all(is_total(name) for name in names):
        found.totals += 1
        return
    quarter = quarter_of(said["quarter"], numbering)
    if quarter.last >= today:
        raise BadLine(
            f"The quarter “{said['quarter']}” is not over yet. Check how they are numbered"
        )
    cell = Cell(_adp(names, known), quarter.first, *_types(said), *_value(said))
    if cell.key in found.lines:
        raise BadLine(
            f"It is about the same as line {found.lines[cell.key]}. Leave one of them out"
        )
    found.lines[cell.key] = row.line
    found.cells.append(cell)


def _adp(names: Sequence[str], known: Mapping[frozenset[str], str]) -> str:
    codes = {known[words] for name in names if (words := words_of(name)) in known}
    if len(codes) != 1:
        said = " ".join(filter(None, names))[:LONGEST]
        raise BadLine(f"We do not know the ADP “{said}”. Write it as the directory does")
    return codes.pop()


def _types(said: Mapping[str, str]) -> tuple[str, str]:
    if not plain(said["service"]) or not plain(said["substance"]):
        raise BadLine("The service type or the substance type is missing")
    if max(len(said["service"]), len(said["substance"])) > LONGEST:
        raise BadLine(f"A service type or a substance type can be up to {LONGEST} characters")
    return said["service"], said["substance"]


def _value(said: Mapping[str, str]) -> tuple[int | None, str]:
    """The number and its code: of one that is hidden, whatever stands there, the code alone."""
    typed = said["value"].replace(",", "")
    code = said.get("code", "").strip("[]").lower()
    if not CODE.fullmatch(code):
        raise BadLine(f"“{code[:LONGEST]}” is no code like c, u or z")
    number = WHOLE.fullmatch(typed)
    if typed and not number:
        raise BadLine(
            f"“{said['value'][:LONGEST]}” is no whole number. Leave the field empty if hidden"
        )
    return (int(number[1]) if number and code not in HIDDEN else None), code
