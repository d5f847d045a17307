"""Files of a report read back as a program reads them."""

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}
Node = ElementTree.Element


def called(name: str) -> str:
    """`table:name` as the parser spells it."""
    space, _, local = name.partition(":")
    return f"{{{SPACES[space]}}}{local}"


def part(made: bytes, name: str) -> Node:
    """One part of a spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return ElementTree.fromstring(archive.read(name))  # noqa: S314  # ours


def rows_of(content: bytes) -> list[list[str]]:
    """CSV as rows, the first of them the names of the columns."""
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def records(content: bytes) -> list[dict[str, str]]:
    """CSV as one record a row."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def unpacked(made: bytes) -> dict[str, bytes]:
    """The files of a package by their names."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def described(made: bytes) -> dict:
    """What a package says of itself."""
    return json.loads(unpacked(made)["datapackage.json"])


@dataclass
class Read:
    """A sheet as it lies in the file."""

    name: str
    node: Node
    above: list[str]
    header: list[str]
    rows: list[list[str | float]]


def sheets(made: bytes) -> list[Read]:
    """Each sheet of a spreadsheet: the lines above its table, its header, its rows."""
    found = []
    for node in part(made, "content.xml").iterfind(".//table:table", SPACES):
        children = list(node)
        at = [child.tag for child in children].index(called("table:table-header-rows"))
        row = called("table:table-row")
        above = [values(child)[0] for child in children[:at] if child.tag == row]
        header = values(children[at][0])
        rows = [values(child) for child in children[at + 1 :]]
        found.append(Read(node.get(called("table:name")), node, above, header, rows))
    return found


def values(row: Node) -> list:
    """Each cell as its type says: a number, or words."""
    return [_value(cell) for cell in row]


def _value(cell: Node) -> str | float | None:
    match cell.get(called("office:value-type")):
        case "float":
            return float(cell.get(called("office:value")))
        case "string":
            shown = "\n".join("".join(one.itertext()) for one in cell.iterfind("text:p", SPACES))
            return cell.get(called("office:string-value"), shown)
        case _:
            return None
