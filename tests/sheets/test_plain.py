"""The words, numbers and periods that all files of a report share, and its rows and its JSON."""

import json
from datetime import date

import pytest
from sheets.reading import records, rows_of
from sheets.reports import about, known

from referral.published.audiences import Audience
from referral.published.tables import Code, Number
from referral.sheets.files import FORMS, file_of
from referral.sheets.plain import OURS, Imprint, named, one_line, period_code, said
from referral.sheets.rows import COLUMNS, as_csv
from referral.sheets.whole import as_json


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2026, 7, 1), date(2026, 9, 30), "2026Q3"),
        (date(2026, 10, 1), date(2026, 12, 31), "2026Q4"),
        (date(2024, 2, 1), date(2024, 2, 29), "202402"),
        (date(2026, 4, 1), date(2027, 3, 31), "2026/27"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 2, 1), date(2026, 4, 30), "20260201-20260430"),
        (date(2026, 7, 1), date(2026, 9, 29), "20260701-20260929"),
        (date(2026, 7, 2), date(2026, 7, 31), "20260702-20260731"),
        (date(2025, 7, 1), date(2026, 9, 30), "20250701-20260930"),
    ],
)
def test_a_period_is_written_as_in_open_data_on_health(first, last, code):
    assert period_code(about(period=("custom", first, last))) == code


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("two\nlines\tand\r\nmore", "two lines and more"),
        ("\x00=1\x07", "=1"),
        ("a\ud800b\ufffec\U0001fffed", "abcd"),
        ("  Àrainn \u2028 “Ròs” 🙂 ", "Àrainn “Ròs” 🙂"),
        ("\x07 \n", ""),
    ],
)
def test_words_come_on_one_line_without_what_no_file_can_hold(text, line):
    assert one_line(text) == line


def test_what_has_no_title_is_named_by_its_code():
    assert named("Asked", "asked") == "Asked"
    assert named(" \n", "asked") == "asked"
    assert named("", "") == "no name"


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (Number(7), Number(7)),
        (Number(7.0), Number(7)),
        (Number(0, Code.NEARLY_NONE), Number(0, Code.NEARLY_NONE)),
        (Number(8, Code.REVISED), Number(8, Code.REVISED)),
        (Number("a\nb"), Number("a b")),
        (Number(None), Number(None, Code.NOT_KNOWN)),
        (Number(" "), Number(None, Code.NOT_KNOWN)),
        (Number(3, Code.WITHHELD), Number(None, Code.WITHHELD)),
        (Number(3, Code.TOO_EARLY), Number(None, Code.TOO_EARLY)),
    ],
)
def test_nothing_is_missing_without_a_code_and_a_withheld_number_never_stands(number, told):
    assert said(number) == told
    assert type(said(number).value) is type(told.value)


def test_the_rows_have_one_number_each_with_its_code_beside_it():
    header, first, *rest = rows_of(as_csv(known()))
    assert tuple(header) == COLUMNS
    assert first == [
        "2026Q3", "2026-07-01", "2026-09-30", "S92000003", "Scotland", "ladder", "asked", "Asked",
        "people", "People", "people", "4100", "", "",
    ]  # fmt: skip
    assert [row[11:] for row in rest] == [
        ["82", "", ""], ["", "z", ""], ["57", "r", ""], ["0", "~", ""], ["4.5", "", ""],
        ["", "c", ""], ["", "x", ""], ["", "u", ""],
        ["-12", "", ""], ["", "", "The desk"], ["0", "", ""], ["", "", "'-5 of them by phone"],
    ]  # fmt: skip
    assert records(as_csv(known()))[8]["ValueQF"] == "u"


def test_json_has_the_report_with_its_definitions_in_fields_whose_names_stay():
    body = json.loads(as_json(known(), Imprint(invented=True, next_date=date(2027, 1, 12))))
    assert list(body) == ["format_version", "report", "sentences", "notes", "definitions", "codes",
                          "tables"]  # fmt: skip
    assert body["report"] == {
        "name": "ladder",
        "title": "From custody to support",
        "period": {
            "code": "2026Q3",
            "name": "2026-Q3",
            "first_day": "2026-07-01",
            "last_day": "2026-09-30",
            "running": False,
        },
        "area": {"code": "S92000003", "name": "Scotland"},
        "audience": "public",
        "as_at": "2026-10-05T08:00:00+00:00",
        "made_at": "2026-10-05T08:03:00+00:00",
        "definitions_version": "7",
        "withheld": 1,
        "publisher": "Arrest referral",
        "contact": "Whoever gave you this report",
        "licence": "Open Government Licence v3.0",
        "next_date": "2027-01-12",
        "invented": True,
    }
    assert body["definitions"] == [
        {"name": "Asked", "definition": "The question was put, whatever they said."}
    ]
    ladder = body["tables"][0]
    assert ladder["columns"][1] == {"code": "share", "title": "Of the step before", "unit": "%"}
    assert ladder["rows"][2] == {
        "code": "engaged",
        "title": "Engaged",
        "cells": [{"value": None, "code": "c"}, {"value": None, "code": "x"},
                  {"value": None, "code": "u"}],
    }  # fmt: skip
    assert body["tables"][1]["rows"][0]["cells"] == [
        {"value": -12, "code": ""},
        {"value": "The desk", "code": ""},
    ]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("audience", Audience)
def test_the_same_report_makes_the_same_bytes(form, audience, monkeypatch):
    told = known()
    told = type(told)(about(audience), told.tables, told.sentences, told.definitions, told.notes)
    made = form.made(told, OURS)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert form.made(told, OURS) == made


@pytest.mark.parametrize(
    ("form", "name", "begins"),
    [
        ("csv", "ladder-2026q3-s92000003.csv", b"Period,"),
        ("ods", "ladder-2026q3-s92000003.ods", b"PK"),
        ("json", "ladder-2026q3-s92000003.json", b"{"),
        ("zip", "ladder-2026q3-s92000003.zip", b"PK"),
        ("parquet", "ladder-2026q3-s92000003.parquet.zip", b"PK"),
    ],
)
def test_a_file_is_named_by_what_when_and_where(form, name, begins):
    made = file_of(known(), form)
    assert made.name == name
    assert made.mimetype == FORMS[form].mimetype
    assert made.content.startswith(begins)
