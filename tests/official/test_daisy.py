"""Source of Referrals is kept as it was published: what is hidden stays hidden, and is not zero.

Every number in it is invented; the columns are those of the publisher's data dictionary.
"""

import hashlib
from datetime import date

import pytest
from crowd import actor
from official.figures import TODAY, counts, daisy, send
from sqlalchemy import select
from support.html import read, words

from referral.access.permissions import Role
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.clock import now
from referral.db import db
from referral.official import daisy_actions
from referral.official.daisy import Numbering, cells_of
from referral.official.files import Sent
from referral.official.models import DaisyCount, OfficialFile
from referral.official.queries import adp_names, criminal_justice
from referral.official.refusals import FileHeld, FileOver
from referral.official.spans import span_of
from referral.web.tables import NoTable, table_of

CALENDAR, FINANCIAL = Numbering
PAGE = "/official/daisy/import"
GLASGOW = "S11000015"
ADPS = {
    GLASGOW: "Glasgow City ADP",
    "S11000004": "Argyll & Bute ADP",
    "S11000012": "City of Edinburgh ADP",
    "S11000031": "West Lothian ADP",
    "S11000032": "Na h-Eileanan Siar ADP",
    "S11000051": "Mid and East Lothian ADP",
}


def cells(*lines: str, numbering: Numbering = CALENDAR):
    return cells_of(table_of(counts(*lines)), ADPS, numbering, TODAY)


def justice(period: str):
    return criminal_justice(GLASGOW, span_of(period, TODAY))


def take(content: bytes, name: str = "invented.csv", numbering: Numbering = CALENDAR):
    read = cells_of(table_of(content), adp_names(), numbering, TODAY)
    assert read.wrong == []
    return daisy_actions.take_in(
        Sent(name, content), read.cells, numbering, actor(Role.ADMINISTRATOR), now()
    )


@pytest.mark.parametrize(
    ("text", "calendar", "financial"),
    [
        ("2024Q3", (2024, 7), (2024, 10)),
        ("20243", (2024, 7), (2024, 10)),
        ("2024 q4", (2024, 10), (2025, 1)),
        ("2024-Q1", (2024, 1), (2024, 4)),
        ("2024/25 Q4", (2025, 1), (2025, 1)),
        ("2024/2025Q1", (2024, 4), (2024, 4)),
    ],
)
def test_a_quarter_is_of_the_calendar_or_of_the_financial_year_as_was_said(
    text, calendar, financial
):
    for numbering, (year, month) in ((CALENDAR, calendar), (FINANCIAL, financial)):
        [cell] = cells(daisy(4, quarter=text), numbering=numbering).cells
        assert cell.quarter == date(year, month, 1)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (daisy(4, quarter="2024Q5"), "“2024Q5” is no quarter"),
        (daisy(4, quarter="2024/26 Q1"), "Two years in a row"),
        (daisy(4, quarter="2026Q4"), "is not over yet"),
        (daisy(4, adp="Atlantis ADP"), "We do not know the ADP “Atlantis ADP”"),
        (daisy("few"), "“few” is no whole number"),
        (daisy("4.5"), "“4.5” is no whole number"),
        (daisy("-4"), "“-4” is no whole number"),
        (daisy(4, code="hidden"), "“hidden” is no code"),
        (daisy(4, service=""), "is missing"),
        (daisy(5, substance="alcohol"), "about the same as line 2"),
        ("2024Q3,x", "It has 2 fields instead of 12"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(line, sentence):
    [wrong] = cells(daisy(4), line).wrong
    assert wrong.line == 3
    assert sentence in wrong.sentence


def test_what_is_hidden_is_null_with_its_code_and_zero_is_zero():
    lines = ((0, ""), ("", "c"), (3, "c"), (0, "~"), ("", ""), ("1,204", "u"), ("12.0", "[P]"))
    lines = [daisy(f'"{value}"', code, substance=f"s{n}") for n, (value, code) in enumerate(lines)]
    assert [(cell.number, cell.code) for cell in cells(*lines).cells] == [
        (0, ""), (None, "c"), (None, "c"), (None, "~"), (None, ""), (1204, "u"), (12, "p"),
    ]  # fmt: skip


def test_percentages_and_lines_of_boards_and_of_scotland_are_passed_over():
    found = cells(
        daisy(12.5, measure="Percentage"), daisy(900, adp="All ADP"), daisy(9000, adp="Scotland"),
        daisy(4),
    )  # fmt: skip
    assert (len(found.cells), found.shares, found.totals, found.wrong) == (1, 1, 2, [])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Argyll and Bute", "S11000004"), ("ARGYLL & BUTE ADP", "S11000004"),
        ("Western Isles", "S11000032"),
        ("Edinburgh City Alcohol and Drug Partnership", "S11000012"), ("West Lothian", "S11000031"),
        ("Mid & East Lothian", "S11000051"), ("S11000015", GLASGOW),
    ],
)  # fmt: skip
def test_an_adp_is_known_by_its_names_and_by_its_code(written, code):
    assert [cell.adp_code for cell in cells(daisy(4, adp=written)).cells] == [code]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"quarter,adp,servicetype,substancetype\n", "“criminaljustice”"),
        (b"quarter,servicetype,substancetype,criminaljustice\n", "“adpname” or “adp”"),
        (counts(daisy(4, adp="All ADP")), "No line of it is about an ADP"),
    ],
)
def test_another_file_is_refused_with_what_it_lacks(content, sentence):
    with pytest.raises(NoTable, match=sentence):
        cells_of(table_of(content), ADPS, CALENDAR, TODAY)


def test_a_sum_is_told_with_its_file_where_all_of_it_is_published(app):
    content = counts(
        daisy(4), daisy(5, substance="Drugs"), daisy(6, service="Prison-based"),
        daisy(7, quarter="2024Q4"), daisy(100, adp="Falkirk ADP"),
    )  # fmt: skip
    with app.app_context():
        file = take(content)
        db.session.commit()
        found = justice("2024-Q3")
        assert (found.number, found.codes, found.missing) == (15, [], [])
        [source] = found.files
        digest = hashlib.sha256(content).hexdigest()
        assert (source.name, source.digest, source.imported_at) == (
            "invented.csv",
            digest,
            file.imported_at,
        )
        assert justice("1 7 2024 to 31 12 2024").number == 22
        year = justice("2024")
        assert (year.number, [one.first.month for one in year.missing]) == (None, [1, 4])
        assert justice("2024-07").number is None
        assert justice("2024-07").files == ()


def test_where_a_part_is_hidden_there_is_no_sum(app):
    with app.app_context():
        take(counts(daisy(4), daisy("", "c", substance="Drugs"), daisy(9, quarter="2024Q4")))
        assert (justice("2024-Q3").number, justice("2024-Q3").codes) == (None, ["c"])
        assert justice("1 7 2024 to 31 12 2024").number is None
        assert justice("2024-Q4").number == 9


def test_a_published_total_counts_once_and_before_its_parts(app):
    with app.app_context():
        take(counts(
            daisy(30, service="All", substance="All"), daisy(20, substance="All"), daisy("", "c"),
            daisy(11, quarter="2024Q4"), daisy(9, quarter="2024Q4", substance="Drugs"),
            daisy(20, quarter="2024Q4", substance="All"),
            daisy(3, quarter="2024Q4", service="Prison-based", substance="All"),
            daisy(8, quarter="2024Q2", service="All services"),
        ))  # fmt: skip
        assert [justice(f"2024-Q{n}").number for n in (3, 4, 2)] == [30, 23, 8]


def test_of_a_quarter_in_two_files_the_later_counts_until_it_is_taken_back(app):
    by = actor
    with app.app_context():
        take(counts(daisy(4), daisy(5, substance="Drugs"), daisy(1, quarter="2024Q2")), "old.csv")
        new = take(counts(daisy(6)), "new.csv")
        db.session.commit()
        assert (justice("2024-Q3").number, justice("2024-Q3").files[0].name) == (6, "new.csv")
        both = justice("1 4 2024 to 30 9 2024")
        assert (both.number, [file.name for file in both.files]) == (7, ["old.csv", "new.csv"])
        with pytest.raises(FileHeld):
            take(counts(daisy(6)), "again.csv")
        daisy_actions.take_back(new, by(Role.ADMINISTRATOR), now())
        db.session.commit()
        assert justice("2024-Q3").number == 9
        with pytest.raises(FileOver):
            daisy_actions.take_back(new, by(Role.ADMINISTRATOR), now())
        take(counts(daisy(6)), "again.csv")
        assert justice("2024-Q3").number == 6
        assert len(db.session.scalars(select(DaisyCount)).all()) == 5


def test_a_file_comes_in_by_the_page_and_says_how_its_quarters_were_read(app, as_role):
    analyst = as_role(Role.CJS_ANALYST)
    content = counts(daisy(4), daisy("", "c", substance="Drugs"))
    assert "Say how the file numbers" in send(analyst, PAGE, content).text
    wrong = send(analyst, PAGE, counts(daisy("x"), daisy(4)), numbering="calendar")
    assert (wrong.status_code, "1 line is wrong, so nothing" in wrong.text) == (422, True)
    assert send(analyst, PAGE, content, numbering="financial").status_code == 303
    main = words(read(analyst.get("/official").text).main)
    assert "1 October 2024 to 31 December 2024, 1 ADP, 2 values" in main
    assert "1 of them hidden" in main
    again = send(analyst, PAGE, content, numbering="calendar")
    assert (again.status_code, "taken in before" in again.text) == (422, True)
    [back] = [
        a["href"] for a in read(analyst.get("/official").text).select("main li a[href*=daisy]")
    ]
    assert analyst.submit(back, {}).status_code == 303
    assert analyst.submit(back, {}).status_code == 409
    with app.app_context():
        tags = select(AuditEvent.tag).where(AuditEvent.tag.like("daisy:%"))
        assert db.session.scalars(tags.order_by(AuditEvent.seq)).all() == [
            Tag.DAISY_IMPORTED.value, Tag.DAISY_TAKEN_BACK.value,
        ]  # fmt: skip


def test_the_command_takes_all_or_nothing_and_says_which_days_it_read(app, tmp_path):
    path = tmp_path / "invented.csv"
    path.write_bytes(counts(daisy(4), daisy(1, measure="Percentage"), daisy(4, adp="All ADP")))
    run = app.test_cli_runner().invoke
    daisy_import = ["daisy", "import", "--quarters", "calendar", str(path)]
    told = run(args=daisy_import)
    assert told.stdout.splitlines() == [
        "1 value taken in, 0 of them hidden.",
        "Passed over: 1 line of boards or of Scotland, 1 line of percentages.",
        "It is about 1 July 2024 to 30 September 2024, if its quarters are those of the calendar"
        " year (--quarters).",
    ]
    assert "taken in before" in run(args=daisy_import).stdout
    path.write_bytes(counts(daisy(4), daisy("x", substance="Drugs")))
    told = run(args=daisy_import)
    assert (told.exit_code, told.stderr.splitlines()[0][:26]) == (1, "line 3: “x” is no whole nu")
    with app.app_context():
        assert len(db.session.scalars(select(OfficialFile)).all()) == 1


def test_the_command_does_not_guess_how_quarters_are_numbered(app, tmp_path):
    path = tmp_path / "invented.csv"
    path.write_bytes(counts(daisy(4, quarter="2024/25 Q3"), daisy(4, quarter="2024Q3")))
    run = app.test_cli_runner().invoke
    asked = run(args=["daisy", "import", str(path)])
    assert asked.exit_code == 1
    assert "--quarters calendar if 2024Q3 is July to September 2024" in asked.stderr
    with app.app_context():
        assert db.session.scalars(select(OfficialFile)).all() == []
    told = run(args=["daisy", "import", "--quarters", "calendar", str(path)])
    assert told.stdout.startswith("2 values taken in")


def test_the_command_asks_nothing_where_each_quarter_says_of_which_year_it_is(app, tmp_path):
    path = tmp_path / "invented.csv"
    path.write_bytes(counts(daisy(4, quarter="2024/25 Q3")))
    told = app.test_cli_runner().invoke(args=["daisy", "import", str(path)])
    assert told.exit_code == 0
    assert "1 October 2024 to 31 December 2024" in told.stdout
