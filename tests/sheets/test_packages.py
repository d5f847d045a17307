"""The data packages are accepted by what judges them, and load into a database with their types."""

import json
import sys
from dataclasses import replace
from datetime import date

import duckdb
import pytest
from frictionless import Package
from hypothesis import Phase, given, settings
from sheets.reading import described, unpacked
from sheets.reports import about, known, reports

from referral.published.audiences import Audience
from referral.published.tables import Told
from referral.sheets.data_package import as_zip
from referral.sheets.parquet_package import NoParquet, as_parquet
from referral.sheets.plain import Imprint, one_line

TYPES = {
    "string": "VARCHAR",
    "number": "DOUBLE",
    "date": "DATE",
    "datetime": "TIMESTAMP WITH TIME ZONE",
    "boolean": "BOOLEAN",
}
JOINED = """
    SELECT title, row_code, measure_code, value, value_qf, words
    FROM numbers JOIN (SELECT row_key, row_code, table_code FROM rows) USING (row_key)
    JOIN (SELECT measure_key, measure_code FROM measures) USING (measure_key)
    JOIN (SELECT table_code, title FROM tables) USING (table_code)
    JOIN periods USING (period_code) JOIN areas USING (area_code)
    JOIN (SELECT report_code FROM reports) USING (report_code)
    ORDER BY numbers.rowid
"""
TOLD = [
    ("asked", "people", 4100.0, None, None),
    ("asked", "share", 82.0, None, None),
    ("asked", "days", None, "z", None),
    ("referred", "people", 57.0, "r", None),
    ("referred", "share", 0.0, "~", None),
    ("referred", "days", 4.5, None, None),
    ("engaged", "people", None, "c", None),
    ("engaged", "share", None, "x", None),
    ("engaged", "days", None, "u", None),
    ("S12000049", "change", -12.0, None, None),
    ("S12000049", "source", None, None, "The desk"),
    ("S12000036", "change", 0.0, None, None),
]


def faults(made: bytes, folder) -> list:
    """What the judge of data packages finds wrong."""
    for name, content in unpacked(made).items():
        (folder / name).write_bytes(content)
    return Package(str(folder / "datapackage.json")).validate().flatten(["type", "message"])


def loaded(made: bytes, folder) -> duckdb.DuckDBPyConnection:
    """The package in a database, each table with the types and keys that the package names."""
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    files = unpacked(made)
    for one in described(made)["resources"]:
        (folder / one["path"]).write_bytes(files[one["path"]])
        fields = {field["name"]: TYPES[field["type"]] for field in one["schema"]["fields"]}
        said = [f'"{name}" {kind}' for name, kind in fields.items()]
        if key := one["schema"].get("primaryKey"):
            said.append(f"PRIMARY KEY ({', '.join(key)})")
        for link in one["schema"].get("foreignKeys", []):
            to = link["reference"]
            said.append(f'FOREIGN KEY ("{link["fields"][0]}") REFERENCES '
                        f'{to["resource"]} ("{to["fields"][0]}")')  # fmt: skip
        connection.execute(f"CREATE TABLE {one['name']} ({', '.join(said)})")
        place = f"'{folder / one['path']}'"
        source = f"read_parquet({place})"
        if one["format"] == "csv":
            source = (f"read_csv({place}, columns = {fields}, header = true, nullstr = '', "
                      "auto_detect = false, delim = ',', quote = '\"', escape = '\"')")  # fmt: skip
        else:
            found = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
            assert {row[0]: row[1] for row in found} == fields
        connection.execute(f"INSERT INTO {one['name']} SELECT * FROM {source}")
    return connection


def test_the_judge_of_data_packages_accepts_it(tmp_path):
    assert faults(as_zip(known()), tmp_path) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("numbers.csv", b"4100", b"<5", "type-error"),
        ("numbers.csv", b"ladder.asked,ladder.people", b"ladder.lost,ladder.people", "foreign-key"),
        ("codes.csv", b"\r\nz,", b"\r\nx,", "primary-key"),
        ("periods.csv", b"2026-07-01", b"1 July", "type-error"),
    ],
)
def test_the_judge_would_notice_what_is_wrong(file, old, new, found, tmp_path):
    files = unpacked(as_zip(known()))
    assert files[file].count(old) == 1
    files[file] = files[file].replace(old, new)
    package = json.loads(files["datapackage.json"])
    for one in package["resources"]:
        del one["hash"], one["bytes"]
    files["datapackage.json"] = json.dumps(package).encode()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    kinds = Package(str(tmp_path / "datapackage.json")).validate().flatten(["type"])
    assert found in {kind for (kind,) in kinds}


# without Phase.shrink: to make a failure smaller would take minutes here
@settings(max_examples=15, deadline=None, phases=[Phase.reuse, Phase.generate])
@given(reports())
def test_the_judge_accepts_any_report(tmp_path_factory, told):
    assert faults(as_zip(told), tmp_path_factory.mktemp("package")) == []


@pytest.mark.parametrize("made", [as_zip, as_parquet])
def test_it_loads_into_a_database_with_its_types_and_keys(made, tmp_path):
    with loaded(made(known()), tmp_path) as connection:
        found = connection.execute(JOINED).fetchall()
        days = connection.execute("SELECT first_day, last_day, running FROM periods").fetchall()
        moment = connection.execute("SELECT epoch(as_at) FROM reports").fetchall()
    assert [row[1:] for row in found[:-1]] == TOLD
    assert found[-1][5].lstrip("'") == "-5 of them by phone"
    assert found[0][0] == "How far people came, step by step"
    assert days == [(date(2026, 7, 1), date(2026, 9, 30), False)]
    assert moment == [(known().about.as_at.timestamp(),)]


@settings(max_examples=10, deadline=None, phases=[Phase.reuse, Phase.generate])
@given(reports())
def test_parquet_holds_any_report_as_it_was_told(tmp_path_factory, told):
    with loaded(as_parquet(told), tmp_path_factory.mktemp("package")) as connection:
        found = connection.execute("SELECT title FROM rows ORDER BY rowid").fetchall()
        counted = connection.execute("SELECT count(*) FROM numbers").fetchone()
    rows = [row for table in told.tables for row in table.rows]
    assert [title for (title,) in found] == [one_line(r.title) or one_line(r.code) for r in rows]
    assert counted == (len(told.numbers),)


def test_it_says_what_may_be_done_with_it_and_whom_to_ask():
    body = described(as_zip(known(), Imprint("The board", "Ann Ray", invented=True)))
    assert body["name"] == "ladder-2026q3-s92000003"
    assert body["licenses"][0]["name"] == "OGL-UK-3.0"
    assert body["contributors"] == [{"title": "The board", "roles": ["publisher"]}]
    assert body["description"].startswith("Demo: all people and numbers are invented.")
    assert "Contact: Ann Ray." in body["description"]
    own = replace(known(), about=about(Audience.OWN))
    assert "licenses" not in described(as_zip(own))


def test_its_dictionary_names_each_column_and_each_code():
    files = unpacked(as_zip(known()))
    words = files["README.md"].decode()
    for one in described(as_zip(known()))["resources"]:
        assert f"## {one['path']}" in words
        for field in one["schema"]["fields"]:
            assert f"- {field['name']} ({field['type']}): {field['description']}" in words
    assert "- c: withheld, so that nobody can be recognised" in words
    assert set(files) == {"datapackage.json", "README.md"} | {
        one["path"] for one in described(as_zip(known()))["resources"]
    }


def test_a_report_that_tells_nothing_is_a_package_all_the_same(tmp_path):
    told = Told(about(), (), ("Fewer than 30 people came.",))
    assert faults(as_zip(told), tmp_path) == []
    assert unpacked(as_parquet(told))["numbers.parquet"].startswith(b"PAR1")


def test_without_the_extra_it_says_which_one_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(NoParquet) as refused:
        as_parquet(known())
    assert "extra “parquet”" in refused.value.sentence
