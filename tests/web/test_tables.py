"""A table is read as spreadsheets export it, or it is said what is wrong with which line."""

import pytest

from referral.web.tables import Columns, NoTable, table_of

TEXT = 'Name,"Born on"\r\n"Błądek, Ruaridh",1985-05-03\r\n\r\n,,\r\nO\'Hara,\r\n'
READ = [
    (2, {"name": "Błądek, Ruaridh", "born on": "1985-05-03"}),
    (5, {"name": "O'Hara", "born on": ""}),
]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\n").replace(",,", "\t\t").replace('e,"B', 'e\t"B')
        .replace('",1985', '"\t1985').replace("ra,", "ra\t").encode(),
        TEXT.replace(",,", ";;").replace('e,"B', 'e;"B').replace('",1985', '";1985')
        .replace("ra,", "ra;").encode(),
    ],
    ids=["utf-8", "marked", "utf-16", "big", "lf", "tabs", "semicolons"],
)  # fmt: skip
def test_a_spreadsheet_is_read_in_whatever_way_it_was_saved(content):
    table = table_of(content)
    assert table.columns == ["name", "born on"]
    assert [(row.line, row.cells) for row in table.rows] == READ


def test_the_line_that_a_spreadsheet_writes_for_itself_is_counted_and_not_read():
    table = table_of(b"sep=;\r\nName;Sex\r\nAnn;F\r\n")
    assert [(row.line, row.cells["name"]) for row in table.rows] == [(3, "Ann")]


def test_what_is_wrong_with_one_line_leaves_the_others():
    found = table_of(b'Name,Sex\nAnn\nBob,M\nC\0at,F\n"Dan"x,M\n"E\nva",F\nFay,F,late\nGus,M,\n')
    assert [(row.line, row.wrong) for row in found.rows] == [
        (2, "it has 1 fields instead of 2"),
        (3, ""),
        (4, "it has a sign that stands for nothing (NUL)"),
        (5, "a quotation mark stands in the middle of a field"),
        (6, ""),
        (8, "it has 3 fields instead of 2"),
        (9, ""),
    ]
    assert [row.cells.get("name") for row in found.rows if not row.wrong] == ["Bob", "E\nva", "Gus"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\r\n \r\n,,\r\n", "The file is empty"),
        (b"Name,name \nAnn,Bob\n", "Two columns are called “name”"),
        (b"Name,Sex\nAnn,F\nB\xf8b,M\n", "Line 3 has signs that cannot be read"),
        (b'Name,Sex\nAnn,F\n"Bob,M\nCat,F\n', "Line 3 has a quotation mark that is never closed"),
    ],
)
def test_what_is_no_table_says_so(content, sentence):
    with pytest.raises(NoTable, match=sentence):
        table_of(content)


def test_columns_are_found_by_any_of_their_names_once_and_missed_by_the_first():
    columns = Columns({"born": ("date of birth", "dob"), "sex": ("sex",)}, ("born",))
    assert columns.fields_of(["dob", "shoe size"]) == {"dob": "born"}
    assert columns.unread(["dob", "shoe size"]) == ["shoe size"]
    with pytest.raises(NoTable, match="Two columns hold the date of birth"):
        columns.fields_of(["dob", "date of birth"])
    with pytest.raises(NoTable, match="these columns too: “date of birth”"):
        columns.fields_of(["sex"])
