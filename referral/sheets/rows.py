"""A report as rows, one number a row: what every program reads."""

from collections.abc import Iterator

from referral.published.tables import Number, Row, Table, Told
from referral.sheets.plain import OURS, Imprint, named, one_line, period_code, said
from referral.web.sheets import as_sheet

COLUMNS = (
    *("Period", "FirstDay", "LastDay", "AreaCode", "Area"),
    *("Table", "RowCode", "Row", "Measure", "Title", "Unit", "Value", "ValueQF", "Words"),
)


def as_csv(told: Told, imprint: Imprint = OURS) -> bytes:
    """All tables as one, in UTF-8: `Value` is a number or nothing, and `ValueQF` says why.

    `Words` has what is told in words. `imprint` has no place in it.
    """
    del imprint
    about = told.about
    here = (
        period_code(about),
        about.first.isoformat(),
        about.last.isoformat(),
        one_line(about.area_code),
        one_line(about.area),
    )
    rows = ((*here, *one) for table in told.tables for row in table.rows for one in _of(table, row))
    return as_sheet([COLUMNS, *rows])


def _of(table: Table[Number], row: Row[Number]) -> Iterator[tuple[object, ...]]:
    where = (one_line(table.code), one_line(row.code), named(row.title, row.code))
    for column, cell in zip(table.columns, row.cells, strict=True):
        number = said(cell)
        words = number.value if isinstance(number.value, str) else ""
        value = "" if number.value is None or words else number.value
        measure = (one_line(column.code), named(column.title, column.code), one_line(column.unit))
        yield (*where, *measure, value, number.code.value, words)
