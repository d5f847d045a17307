"""One table says of each column who reads it, whose it is, whether sealed, how long kept."""

import csv
from collections.abc import Iterable, Mapping

from guards.house import ROOT

from referral.app import create_app
from referral.db import db
from referral.settings import Settings

FIELDS = ("readers", "tenant", "sealed", "kept")
SEALED = {"open", "to seal", "sealed", "hashed"}
# where a column is written sealed today, by the module that calls `seal`
SEALED_TODAY = {
    ("case_note", "sealed"),
    ("draft", "typed"),
    ("saved_filter", "sealed"),
    ("kept_form", "typed"),
    ("second_factor", "secret"),
    ("password_asked", "email"),
}


def rows() -> list[dict[str, str]]:
    with (ROOT / "docs" / "columns.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answers(said: Iterable[Mapping[str, str]], columns: Iterable[tuple[str, str]]) -> list[str]:
    """What is wrong with a table: a column without a row, and a row without a column."""
    by = {(row["table"], row["column"]): row for row in said}
    known = set(columns)
    tables = {table for table, _ in known}
    missing = [f"{t}.{c}" for t, c in known if (t, c) not in by and (t, "*") not in by]
    stale = [f"{t}.{c}" for t, c in by if (t, c) not in known and not (c == "*" and t in tables)]
    return sorted([*missing, *stale])


def every_column() -> list[tuple[str, str]]:
    create_app(Settings("sqlite://"))
    return [(t.name, c.name) for t in db.metadata.tables.values() for c in t.columns]


def test_each_column_is_answered_for_and_no_row_is_left_over():
    assert answers(rows(), every_column()) == []
    for row in rows():
        assert all(row[name] for name in FIELDS), row
        assert row["sealed"] in SEALED, row


def test_what_is_said_to_be_sealed_is_sealed():
    said = {(row["table"], row["column"]) for row in rows() if row["sealed"] == "sealed"}
    assert said == SEALED_TODAY


def test_a_new_column_and_a_row_for_one_that_is_gone_are_noticed():
    said = [{"table": "person", "column": "forename"}, {"table": "gone", "column": "*"}]
    assert answers(said, [("person", "forename"), ("person", "shoe_size")]) == [
        "gone.*",
        "person.shoe_size",
    ]
