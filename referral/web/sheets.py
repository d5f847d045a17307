"""Rows for a spreadsheet, in which no cell is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def as_sheet(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as CSV in UTF-8 (RFC 4180), text that a spreadsheet would run as plain text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_cell(c) for c in row] for row in rows)
    return out.getvalue().encode()


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run."""
    return str(_cell(text))


def _cell(value: object) -> object:
    runs = isinstance(value, str) and value.startswith(RUN_BY_SPREADSHEETS)
    return f"'{value}" if runs else value
