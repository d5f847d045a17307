"""A report as a spreadsheet in the open format (ODS): real numbers, and nothing that is run."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from referral.published.tables import Told
from referral.sheets.plain import OURS, Imprint, named, one_line
from referral.sheets.worksheets import Cell, Sheet, sheets_of
from referral.sheets.zipped import as_zip_of
from referral.web.sheets import harmless

if TYPE_CHECKING:  # loaded when a spreadsheet is asked for: it takes a tenth of a second
    from odfdo import Document, Element

PARTS = Path(__file__).parent / "parts"
KIND = "application/vnd.oasis.opendocument.spreadsheet"
LANGUAGE = "en-GB"
LONG = 30  # letters; a column of such words is wide
COLUMN = (
    '<style:style style:name="{}" style:family="table-column">'
    '<style:table-column-properties style:column-width="{}"/></style:style>'
)
ROW = (
    '<style:style style:name="Row" style:family="table-row">'
    '<style:table-row-properties style:use-optimal-row-height="true"/></style:style>'
)
SHOWN = (
    '<style:style style:name="Shown" style:family="table" style:master-page-name="Default">'
    '<style:table-properties table:display="true"/></style:style>'
)
TABLE_VIEW = (
    '<config:config-item-map-entry config:name="{name}">'
    '<config:config-item config:name="CursorPositionX" config:type="int">0</config:config-item>'
    '<config:config-item config:name="CursorPositionY" config:type="int">0</config:config-item>'
    "</config:config-item-map-entry>"
)
WIDTHS = {"First": "7cm", "Rest": "3.4cm", "Text": "16cm"}


def as_ods(told: Told, imprint: Imprint = OURS) -> bytes:
    """The report as a spreadsheet that passes the checklist of the basics."""
    from odfdo import Document

    sheets = sheets_of(told, imprint)
    document = Document("spreadsheet")
    _fill(document, sheets)
    _describe(document, told, imprint)
    document.meta.set_statistic({"meta:table-count": len(sheets)})
    files = {
        "mimetype": KIND.encode(),
        "META-INF/manifest.xml": (PARTS / "manifest.xml").read_bytes(),
        "content.xml": document.content.serialize(),
        "styles.xml": (PARTS / "styles.xml").read_bytes(),
        "meta.xml": document.meta.serialize(),
        "settings.xml": _settings(sheets),
    }
    return as_zip_of(files, told.about.as_at, plain="mimetype")


def _fill(document: "Document", sheets: Sequence[Sheet]) -> None:
    from odfdo import Element

    root = document.content.root
    for gone in root.get_elements("office:scripts | office:font-face-decls"):
        root.delete(gone)
    styles = root.get_elements("office:automatic-styles")[0]
    styles.clear()
    for style in (*(COLUMN.format(*width) for width in WIDTHS.items()), ROW, SHOWN):
        styles.append(Element.from_tag(style))
    body = document.body
    body.clear()
    for sheet in sheets:
        body.append(_table(sheet))
    body.append(_ranges(sheets))


def _table(sheet: Sheet) -> "Element":
    from odfdo import Column, HeaderRows, Table

    table = Table(sheet.name, style="Shown")
    for number, _ in enumerate(sheet.header):
        table.append(Column(style=_width(sheet, number)))
    title, *lines = sheet.above
    table.append(_row([title], "Title"))
    for line in lines:
        table.append(_row([line], "Words"))
    head = HeaderRows()
    head.append(_row(sheet.header, "Head"))
    table.append(head)
    for row in sheet.rows:
        table.append(_row(row, "Words"))
    return table


def _width(sheet: Sheet, number: int) -> str:
    if number == 0:
        return "First"
    texts = [row[number] for row in sheet.rows]
    words = any(isinstance(text, str) and len(text) > LONG for text in texts)
    return "Text" if words else "Rest"


def _row(cells: Sequence[Cell], style: str) -> "Element":
    from odfdo import Cell as OdfCell
    from odfdo import Row

    row = Row(style="Row")
    for cell in cells:
        if isinstance(cell, str):
            short = style == "Words" and cell.startswith("[")
            text = OdfCell(harmless(cell), style="Number" if short else style)
            row.append(text)
        else:
            row.append(OdfCell(cell, style="Number"))
    return row


def _ranges(sheets: Sequence[Sheet]) -> "Element":
    """Each table marked as one, so that a program can lead from one to the next."""
    from odfdo import Element

    ranges = Element.from_tag("table:database-ranges")
    for number, sheet in enumerate(sheets, 1):
        first = len(sheet.above) + 1
        last = f"{_letters(len(sheet.header))}{first + len(sheet.rows)}"
        one = Element.from_tag("table:database-range")
        one.set_attribute("table:name", f"table_{number}")
        where = f"'{sheet.name}'.A{first}:'{sheet.name}'.{last}"
        one.set_attribute("table:target-range-address", where)
        one.set_attribute("table:display-filter-buttons", "false")
        ranges.append(one)
    return ranges


def _letters(number: int) -> str:
    """The name of a column by its number from one: 1 is A, 27 is AA."""
    before, last = divmod(number - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)


def _describe(document: "Document", told: Told, imprint: Imprint) -> None:
    about = told.about
    meta = document.meta
    meta.clear_user_defined_metadata()
    publisher = one_line(imprint.publisher)
    meta.title = named(about.title, about.name)
    meta.subject = f"{one_line(about.area)}, {one_line(about.period)}"
    meta.language = LANGUAGE
    meta.initial_creator = publisher
    meta.creator = publisher
    meta.generator = publisher
    meta.creation_date = _second(about.made_at)
    meta.date = _second(about.made_at)


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _settings(sheets: Sequence[Sheet]) -> bytes:
    """The cursor in A1 of each sheet, the first sheet in front, and no frozen row."""
    views = "".join(TABLE_VIEW.format(name=sheet.name) for sheet in sheets)
    frame = (PARTS / "settings.xml").read_text(encoding="utf-8")
    return frame.replace("<!-- sheets -->", views).encode()
