"""The spreadsheet passes "Making spreadsheets accessible: checklist of the basics" of the
Government Analysis Function, point by point, as a program finds it in the file."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from odfdo import Document
from sheets.reading import SPACES, called, part, sheets
from sheets.reports import about, known

from referral.published.audiences import Audience
from referral.published.tables import Told
from referral.sheets.open_document import KIND, as_ods
from referral.sheets.plain import OURS, Imprint

MARK = re.compile(r"\[[a-z]+(?: \d+)?\]")


@pytest.fixture(scope="module")
def made() -> bytes:
    return as_ods(known())


def sheet(made: bytes, name: str):
    return next(one for one in sheets(made) if one.name == name)


def words_of(made: bytes) -> dict[str, object]:
    return {row[0]: row[1] for row in sheet(made, "Cover").rows}


def test_it_is_one_open_document_that_names_all_its_parts(made):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        first = archive.infolist()[0]
        names = set(archive.namelist())
        manifest = archive.read("META-INF/manifest.xml").decode()
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert set(re.findall('full-path="([^"/]+)"', manifest)) == names - {
        "mimetype",
        "META-INF/manifest.xml",
    }
    document = Document(io.BytesIO(made))
    assert document.mimetype == KIND
    assert [table.name for table in document.body.get_tables()] == [
        "Cover", "Contents", "Notes", "Definitions", "Marked numbers",
        "1 How far people came step by", "2 How many more were asked by",
    ]  # fmt: skip


def test_each_sheet_has_one_table_against_its_left_edge_and_nothing_below(made):
    for one in sheets(made):
        assert one.above, one.name
        assert len(one.node.findall(".//table:table-header-rows/table:table-row", SPACES)) == 1
        assert len(one.node.findall("table:table-column", SPACES)) == len(one.header)
        assert one.rows, one.name
        assert {len(row) for row in one.rows} == {len(one.header)}, one.name
        assert len(set(one.header)) == len(one.header)


def test_no_cell_is_empty_merged_split_or_repeated(made):
    for one in sheets(made):
        for row in [one.above, one.header, *one.rows]:
            assert not {None, ""} & set(row), one.name
    said = {name for node in part(made, "content.xml").iter() for name in node.attrib}
    tags = {node.tag for node in part(made, "content.xml").iter()}
    assert called("table:covered-table-cell") not in tags
    for never in ("number-columns-spanned", "number-rows-spanned", "number-rows-repeated",
                  "number-columns-repeated", "formula", "visibility"):  # fmt: skip
        assert called(f"table:{never}") not in said, never


def test_numbers_are_numbers_and_their_unit_stands_in_the_header(made):
    ladder = sheet(made, "1 How far people came step by")
    assert ladder.header == ["Step", "Code", "People (people)", "Of the step before (%)",
                             "Middle wait (days)"]  # fmt: skip
    assert ladder.rows == [
        ["Asked", "asked", 4100.0, 82.0, "[z]"],
        ["Referred", "referred", 57.0, "[low]", 4.5],
        ["Engaged", "engaged", "[c]", "[x]", "[u]"],
    ]
    councils = sheet(made, "2 How many more were asked by")
    assert councils.rows[0] == ["Glasgow City", "S12000049", -12.0, "The desk"]
    assert councils.rows[1][3] == "'-5 of them by phone"


def test_a_mark_stands_in_square_brackets_and_is_explained_on_the_notes(made):
    notes = sheet(made, "Notes")
    explained = {row[0] for row in notes.rows}
    used = {
        mark
        for one in sheets(made)
        if one.name != "Notes"
        for row in [one.above, *one.rows]
        for cell in row
        if isinstance(cell, str)
        for mark in MARK.findall(cell)
    }
    assert used == explained - {"[note 1]"}  # which is of all tables
    assert explained == {"[c]", "[u]", "[x]", "[z]", "[low]", "[r]", "[note 1]", "[note 2]"}
    assert "[note 2]" in sheet(made, "1 How far people came step by").above[-1]


def test_a_number_that_was_revised_stays_a_number_and_is_listed(made):
    assert sheet(made, "Marked numbers").rows == [
        ["1 How far people came step by", "Referred", "referred", "People (people)", 57.0, "[r]"]
    ]


def test_nothing_is_told_by_colour_a_picture_a_comment_or_at_the_edge_of_the_page(made):
    styles = part(made, "styles.xml")
    said = {name for node in styles.iter() for name in node.attrib}
    assert not {called("fo:color"), called("fo:background-color")} & said
    assert {node.tag.rpartition("}")[2] for node in styles.iter()} & {"header", "footer"} == set()
    tags = {node.tag.rpartition("}")[2] for node in part(made, "content.xml").iter()}
    assert tags & {"annotation", "shapes", "frame", "a", "data-pilot-tables"} == set()


def test_text_is_wrapped_in_columns_that_have_a_width(made):
    styles = part(made, "styles.xml")
    wrapped = {
        style.get(called("style:name"))
        for style in styles.iterfind(".//style:style", SPACES)
        for look in style.iterfind("style:table-cell-properties", SPACES)
        if look.get(called("fo:wrap-option")) == "wrap"
    }
    content = part(made, "content.xml")
    used = {cell.get(called("table:style-name"))
            for cell in content.iterfind(".//table:table-cell", SPACES)}  # fmt: skip
    assert used <= wrapped
    wide = {
        style.get(called("style:name"))
        for style in content.iterfind(".//style:style", SPACES)
        for look in style.iterfind("style:table-column-properties", SPACES)
        if look.get(called("style:column-width"))
    }
    columns = content.iterfind(".//table:table-column", SPACES)
    assert {column.get(called("table:style-name")) for column in columns} <= wide


def test_each_table_is_marked_as_one_and_has_no_filter(made):
    ranges = part(made, "content.xml").findall(".//table:database-range", SPACES)
    found = [one.get(called("table:target-range-address")) for one in ranges]
    assert found[-2:] == [
        "'1 How far people came step by'.A4:'1 How far people came step by'.E7",
        "'2 How many more were asked by'.A3:'2 How many more were asked by'.D5",
    ]
    assert {one.get(called("table:display-filter-buttons")) for one in ranges} == {"false"}
    assert len(ranges) == len(sheets(made))


def test_the_document_says_its_title_its_author_and_its_language(made):
    meta = part(made, "meta.xml")
    assert meta.findtext(".//dc:title", "", SPACES) == "From custody to support"
    assert meta.findtext(".//dc:creator", "", SPACES) == "Arrest referral"
    assert meta.findtext(".//meta:initial-creator", "", SPACES) == "Arrest referral"
    assert meta.findtext(".//dc:language", "", SPACES) == "en-GB"
    assert meta.findtext(".//meta:creation-date", "", SPACES) == "2026-10-05T08:03:00Z"


def test_it_opens_at_the_first_cell_of_the_cover_and_nothing_is_frozen(made):
    settings = part(made, "settings.xml")
    entries = settings.iterfind(
        ".//config:config-item-map-named/config:config-item-map-entry", SPACES
    )
    at = {
        entry.get(called("config:name")): {
            item.get(called("config:name")): item.text for item in entry
        }
        for entry in entries
    }
    start = {"CursorPositionX": "0", "CursorPositionY": "0"}
    assert at == {one.name: start for one in sheets(made)}
    items = settings.iterfind(".//config:config-item", SPACES)
    named = {item.get(called("config:name")): item.text for item in items}
    assert named["ActiveTable"] == "Cover"
    assert not [name for name in named if "Split" in name]


def test_the_cover_says_of_what_when_and_for_whom_it_is_and_whom_to_ask(made):
    assert sheet(made, "Cover").above == ["From custody to support"]
    assert words_of(made) == {
        "In short": "Of 5,000 people, 4,100 were asked.",
        "Period": "2026-Q3: 1 Jul 2026 to 30 Sep 2026",
        "Area": "Scotland",
        "As at": "5 Oct 2026, 09:00, time in Scotland",
        "Made at": "5 Oct 2026, 09:03, time in Scotland",
        "Made for": "everybody",
        "Numbers withheld": 1.0,
        "Version of the definitions": "7",
        "Licence": "Open Government Licence v3.0",
        "Published by": "Arrest referral",
        "Contact": "Whoever gave you this report",
    }


def test_the_cover_says_that_a_period_runs_and_that_all_is_invented():
    told = replace(known(), about=replace(about(Audience.PARTNER), running=True))
    words = words_of(as_ods(told, Imprint(contact="Ann Ray", invented=True)))
    assert words["Period"].endswith("30 Sep 2026, which is not over yet")
    assert words["Demo"] == "Demo: all people and numbers are invented."
    assert words["Contact"] == "Ann Ray"
    assert words["Licence"] == "Not for publication: for partners under their agreement"


def test_where_nothing_may_be_told_the_cover_alone_says_why():
    made = as_ods(Told(about(), (), ("Fewer than 30 people came.",)), OURS)
    assert [one.name for one in sheets(made)] == ["Cover"]
    assert words_of(made)["In short"] == "Fewer than 30 people came."
