"""Whatever a report says, no file of it runs anything, and each number is read as it was told."""

import json

from hypothesis import given, settings
from sheets.reading import called, part, records, rows_of, sheets, unpacked
from sheets.reports import reports

from referral.published.tables import Code, Number, Told
from referral.sheets.data_package import as_zip
from referral.sheets.open_document import as_ods
from referral.sheets.plain import one_line
from referral.sheets.rows import as_csv
from referral.sheets.whole import as_json

RUNS = ("=", "+", "-", "@", "\t", "\r")
AROUND = {"Cover", "Contents", "Notes", "Definitions", "Marked numbers"}


def runs(cell: object) -> bool:
    """Whether a spreadsheet would run what stands in a cell: a negative number is a number."""
    if not isinstance(cell, str) or not cell.lstrip().startswith(RUNS):
        return False
    try:
        float(cell)
    except ValueError:
        return True
    return False


def bare(text: str) -> str:
    """Without the apostrophe that keeps it from being run."""
    return text[1:] if text[:1] == "'" and text[1:2] in RUNS else text


def told_in(told: Told) -> list[tuple[float | None, str, str]]:
    """Each number as it must be read: its value, its code, its words."""
    return [_read(number) for number in told.numbers]


def _read(number: Number) -> tuple[float | None, str, str]:
    if isinstance(number.value, str):
        return None, number.code.value, bare_of(number.value)
    if number.value is None:
        return None, (number.code or Code.NOT_KNOWN).value, ""
    return float(number.value), number.code.value, ""


def bare_of(text: str) -> str:
    return bare(one_line(text))


@settings(deadline=None)
@given(reports())
def test_rows_run_nothing_and_are_read_as_they_were_told(told):
    made = as_csv(told)
    assert [cell for row in rows_of(made) for cell in row if runs(cell)] == []
    found = [
        (float(row["Value"]) if row["Value"] else None, row["ValueQF"], bare(row["Words"]))
        for row in records(made)
    ]
    assert found == told_in(told)


@settings(max_examples=60, deadline=None)
@given(reports())
def test_a_package_runs_nothing_and_is_read_as_it_was_told(told):
    files = unpacked(as_zip(told))
    tables = {name: rows for name, rows in files.items() if name.endswith(".csv")}
    for name, rows in tables.items():
        assert [cell for row in rows_of(rows) for cell in row if runs(cell)] == [], name
    found = [
        (float(row["value"]) if row["value"] else None, row["value_qf"], bare(row["words"]))
        for row in records(tables["numbers.csv"])
    ]
    assert found == told_in(told)


@settings(max_examples=60, deadline=None)
@given(reports())
def test_a_spreadsheet_runs_nothing_and_is_read_as_it_was_told(told):
    made = as_ods(told)
    found = sheets(made)
    for one in found:
        cells = [*one.above, *one.header, *(cell for row in one.rows for cell in row)]
        assert [cell for cell in cells if runs(cell)] == [], one.name
        assert not {None, ""} & set(cells)
        assert {len(row) for row in one.rows} <= {len(one.header)}
        assert len(one.name) <= 31
    names = [one.name.casefold() for one in found]
    assert len(set(names)) == len(names)
    said = {name for node in part(made, "content.xml").iter() for name in node.attrib}
    assert called("table:formula") not in said
    told_cells = [cell for one in found if one.name not in AROUND for row in one.rows
                  for cell in row[2:]]  # fmt: skip
    assert [bare(c) if isinstance(c, str) else c for c in told_cells] == [
        _in_a_cell(*one) for one in told_in(told)
    ]


def _in_a_cell(value: float | None, code: str, words: str) -> float | str:
    if words:
        return words
    if code == "~" and not value:
        return "[low]"
    return value if value is not None else f"[{code}]"


@settings(max_examples=60, deadline=None)
@given(reports())
def test_json_is_read_as_it_was_told(told):
    body = json.loads(as_json(told))
    cells = [cell for table in body["tables"] for row in table["rows"] for cell in row["cells"]]
    assert [_of_json(cell) for cell in cells] == told_in(told)
    titles = [row["title"] for table in body["tables"] for row in table["rows"]]
    assert titles == [row.title for table in told.tables for row in table.rows]


def _of_json(cell: dict) -> tuple[float | None, str, str]:
    value = cell["value"]
    if isinstance(value, str):
        return None, cell["code"], bare(value)
    return None if value is None else float(value), cell["code"], ""


@settings(max_examples=30, deadline=None)
@given(reports())
def test_any_report_makes_the_same_bytes_twice(told):
    for made in (as_csv, as_json, as_zip, as_ods):
        assert made(told) == made(told)
