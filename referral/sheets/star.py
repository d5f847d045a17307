"""A report as a star: the numbers in the middle, and around them what each is about.

Each table has a key of one column (the numbers: of two), so that Power BI can join them. Codes stay
from edition to edition; the name that stands beside one may change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import chain

from referral.published.tables import MEANING, Number, Table, Told
from referral.sheets.plain import LICENCES, Imprint, named, one_line, period_code, said

Value = str | int | float | bool | date | datetime | None


class Kind(StrEnum):
    """What a column holds, as Table Schema calls it."""

    TEXT = "string"
    NUMBER = "number"
    DAY = "date"
    MOMENT = "datetime"
    YES_NO = "boolean"


@dataclass(frozen=True)
class Field:
    """A column, and in a sentence what stands in it. `leads_to`: the table whose key it is."""

    name: str
    kind: Kind
    about: str
    leads_to: str = ""
    needed: bool = False


@dataclass(frozen=True)
class DataTable:
    """One table of the package; `key` are the columns by which a row is known."""

    name: str
    about: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]


NUMBERS = (
    Field(
        "report_code", Kind.TEXT, "The report in which the number stands.", "reports", needed=True
    ),
    Field("period_code", Kind.TEXT, "The period of the report.", "periods", needed=True),
    Field("area_code", Kind.TEXT, "The area of the report.", "areas", needed=True),
    Field("row_key", Kind.TEXT, "What the number is about.", "rows", needed=True),
    Field("measure_key", Kind.TEXT, "What was measured.", "measures", needed=True),
    Field("value", Kind.NUMBER, "The number; empty where value_qf says why there is none."),
    Field("value_qf", Kind.TEXT, "Why there is none, or why to read it with care.", "codes"),
    Field("words", Kind.TEXT, "What is told in words instead of a number."),
)
MEASURES = (
    Field("measure_key", Kind.TEXT, "The code of its table and its own, with a dot.", needed=True),
    Field("table_code", Kind.TEXT, "The table in which it stands.", "tables", needed=True),
    Field("measure_code", Kind.TEXT, "Its own code, which stays."),
    Field("title", Kind.TEXT, "Its name."),
    Field("unit", Kind.TEXT, "What it is counted in: people, stays, %, days …"),
)
ROWS = (
    Field("row_key", Kind.TEXT, "The code of its table and its own, with a dot.", needed=True),
    Field("table_code", Kind.TEXT, "The table in which it stands.", "tables", needed=True),
    Field("row_code", Kind.TEXT, "Its own code, which stays: of an area that of ONS geography."),
    Field("title", Kind.TEXT, "Its name."),
    Field("place", Kind.NUMBER, "Where it stands in its table, from 1."),
)
TABLES = (
    Field("table_code", Kind.TEXT, "Its code.", needed=True),
    Field("title", Kind.TEXT, "What it shows."),
    Field("about", Kind.TEXT, "Of whom or of what."),
    Field("kind_of_row", Kind.TEXT, "The kind of thing that a row is."),
    Field("notes", Kind.TEXT, "How it is to be read."),
)
PERIODS = (
    Field(
        "period_code", Kind.TEXT, "As in open data on health: 2026Q3, 202607, 2026/27.", needed=True
    ),
    Field("name", Kind.TEXT, "The same as on the page."),
    Field("first_day", Kind.DAY, "Its first day."),
    Field("last_day", Kind.DAY, "Its last day."),
    Field("running", Kind.YES_NO, "Whether it was not over when the report was made."),
)
AREAS = (
    Field("area_code", Kind.TEXT, "Its code of ONS geography.", needed=True),
    Field("name", Kind.TEXT, "Its name."),
)
CODES = (
    Field("code", Kind.TEXT, "The code.", needed=True),
    Field("meaning", Kind.TEXT, "What it means."),
)
DEFINITIONS = (
    Field("name", Kind.TEXT, "What is defined."),
    Field("definition", Kind.TEXT, "Its definition."),
)
REPORTS = (
    Field("report_code", Kind.TEXT, "Its code.", needed=True),
    Field("title", Kind.TEXT, "Its name."),
    Field("audience", Kind.TEXT, "For whom it is: public, partner or own."),
    Field("as_at", Kind.MOMENT, "What was known by then is counted."),
    Field("made_at", Kind.MOMENT, "When it was made."),
    Field("definitions_version", Kind.TEXT, "The version of the definitions."),
    Field("licence", Kind.TEXT, "What may be done with it."),
    Field("publisher", Kind.TEXT, "Who publishes it."),
    Field("contact", Kind.TEXT, "Whom to ask."),
    Field("invented", Kind.YES_NO, "Whether all people and numbers in it are invented."),
)


def star_of(told: Told, imprint: Imprint) -> list[DataTable]:
    """The tables of a report, each after those to which it leads, the numbers last."""
    about = told.about
    period = (period_code(about), one_line(about.period), about.first, about.last, about.running)
    area = (one_line(about.area_code), named(about.area, about.area_code))
    codes = tuple((code.value, meaning) for code, meaning in MEANING.items())
    defined = tuple((named(name, ""), one_line(text)) for name, text in told.definitions.items())
    return [
        DataTable("reports", "The report.", ("report_code",), REPORTS, (_report(told, imprint),)),
        DataTable("periods", "The period.", ("period_code",), PERIODS, (period,)),
        DataTable("areas", "The area.", ("area_code",), AREAS, (area,)),
        DataTable("codes", "What each code means.", ("code",), CODES, codes),
        DataTable("definitions", "How each measure is defined.", (), DEFINITIONS, defined),
        DataTable("tables", "The tables.", ("table_code",), TABLES, _tables(told)),
        DataTable("measures", "Their columns.", ("measure_key",), MEASURES, _measures(told)),
        DataTable("rows", "Their rows.", ("row_key",), ROWS, _rows(told)),
        DataTable("numbers", "The numbers.", ("row_key", "measure_key"), NUMBERS, _numbers(told)),
    ]


def _report(told: Told, imprint: Imprint) -> tuple[Value, ...]:
    about = told.about
    return (
        one_line(about.name),
        named(about.title, about.name),
        about.audience.value,
        _second(about.as_at),
        _second(about.made_at),
        one_line(about.version),
        LICENCES[about.audience].value,
        one_line(imprint.publisher),
        one_line(imprint.contact),
        imprint.invented,
    )


def _tables(told: Told) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        (
            one_line(table.code),
            named(table.title, table.code),
            one_line(table.about),
            one_line(table.of),
            one_line(" ".join(table.notes)),
        )
        for table in told.tables
    )


def _measures(told: Told) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        (
            _within(table, column.code),
            one_line(table.code),
            one_line(column.code),
            named(column.title, column.code),
            one_line(column.unit),
        )
        for table in told.tables
        for column in table.columns
    )


def _rows(told: Told) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        (
            _within(table, row.code),
            one_line(table.code),
            one_line(row.code),
            named(row.title, row.code),
            place,
        )
        for table in told.tables
        for place, row in enumerate(table.rows, 1)
    )


def _numbers(told: Told) -> tuple[tuple[Value, ...], ...]:
    about = told.about
    here = (one_line(about.name), period_code(about), one_line(about.area_code))
    return tuple(
        (*here, *one) for one in chain.from_iterable(_told_in(table) for table in told.tables)
    )


def _told_in(table: Table[Number]) -> Sequence[tuple[Value, ...]]:
    found: list[tuple[Value, ...]] = []
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            number = said(cell)
            words = number.value if isinstance(number.value, str) else None
            value = None if words else number.value
            keys = (_within(table, row.code), _within(table, column.code))
            found.append((*keys, value, number.code.value or None, words))
    return found


def _within(table: Table[Number], code: str) -> str:
    return f"{one_line(table.code)}.{one_line(code)}"


def _second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
