"""What happens at the desk: asked or not, by hour and centre, and if nobody asked, why."""

import pytest
from reports import stories as told_stories
from reports.test_national import counted, own, values
from support.stories import moment

from referral.directory.areas import area_of
from referral.published.audiences import Audience
from referral.published.periods import period_of
from referral.reports.catalogue_queries import kind_of
from referral.reports.hours_queries import PARTS
from referral.reports.queries import areas_for
from referral.reports.wanted import Wanted
from referral.reports.worlds import World

STORY = """
2026-08-03 05:59 Ann booked at Govan
2026-08-03 06:30 Ann agreed telling DRUG
2026-08-03 11:00 Ann assessed
2026-08-03 12:00 Ann released
2026-08-04 06:00 Bob booked at Govan
2026-08-04 06:30 Bob not-asked because RELQ telling DRUG ALC
2026-08-04 07:00 Bob released
2026-08-05 23:59 Cat booked at Falkirk
2026-08-06 00:30 Cat not-asked because NOSTAFF
2026-08-06 07:00 Cat released
2026-08-08 12:00 Cat booked at Govan
2026-08-08 12:30 Cat not-fit
2026-08-08 18:00 Cat released
2026-08-09 12:00 Dan booked at Falkirk
2026-08-09 13:00 Dan agreed telling MH
2026-08-09 14:00 Dan released
2026-08-09 16:30 Dan assessed
2026-08-10 12:00 Eve booked at Falkirk
2026-08-10 13:00 Eve agreed
2026-08-10 14:00 Eve released
"""


def of(audience, period="2026-Q3"):
    now = moment("2026-12-01 10:00")
    where = area_of("S92000003", areas_for(None))
    return kind_of("custody").count(Wanted(period_of(period), where, audience, World(now), now))


def test_people_stand_where_their_first_stay_was_and_are_asked_in_any(stories):
    told = own(name="custody") if stories.play(STORY) else None
    assert values(told, "asked", "all")[:5] == [5, 3, 2, 0, 0]
    assert values(told, "asked", "hour:00")[:3] == [1, 1, 0]
    assert values(told, "asked", "hour:06")[:3] == [1, 0, 1]
    assert values(told, "asked", "hour:12")[:3] == [2, 2, 0]
    assert values(told, "asked", "hour:18")[:3] == [1, 0, 1]
    centres = {row.title: [cell.value for cell in row.cells[:3]] for row in told.tables[0].rows}
    assert centres["Falkirk"] == [3, 2, 1]
    assert centres["Govan"] == [2, 1, 1]
    assert centres["Fewer than 100 stays a year"] == [5, 3, 2]


def test_why_nobody_asked_is_told_of_people_and_to_their_own_of_stays(stories):
    told = own(name="custody") if stories.play(STORY) else None
    assert values(told, "reasons", "RELQ") == [1, 1]
    assert values(told, "reasons", "NOSTAFF") == [1, 1]
    assert values(told, "reasons", "UNFIT") == [0, 1]
    assert values(told, "reasons", "no_reason") == [0, 0]


def test_a_need_that_was_named_where_nobody_asked_is_seen(stories):
    told = own(name="custody") if stories.play(STORY) else None
    assert values(told, "needs", "DRUG")[:5] == [3, 2, 1, 0, 0]
    assert values(told, "needs", "ALC")[:5] == [1, 0, 1, 0, 0]
    assert values(told, "needs", "MH")[:5] == [1, 1, 0, 0, 0]


def test_who_agreed_was_seen_before_they_left_or_later_or_nobody_knows(stories):
    told = own(name="custody") if stories.play(STORY) else None
    assert values(told, "seen", "all")[:6] == [3, 2, 1, 1, 0, 1]
    assert values(told, "seen", "all")[7:] == [3.5, 4]


def test_naloxone_is_told_of_everybody_and_of_those_at_risk(stories):
    told = own(name="custody") if stories.play(STORY) else None
    assert values(told, "naloxone", "all") == [5, 0]
    assert values(told, "naloxone", "has") == [5, 0]
    assert values(told, "naloxone", "unknown") == [0, 0]


@pytest.mark.parametrize(
    ("booked", "part"),
    [
        ("2026-10-25 00:59", "00"),
        ("2026-10-25 05:59", "00"),
        ("2026-10-25 06:00", "06"),
        ("2026-12-31 23:59", "18"),
        ("2026-10-20 18:00", "18"),
        ("2026-03-28 05:59", "00"),
        ("2026-03-29 06:00", "06"),
        ("2026-03-30 05:59", "00"),
    ],
)
def test_the_part_of_the_day_is_told_by_the_clock_in_scotland(stories, booked, part):
    stories.play(f"{booked} Ann booked at Govan")
    now = moment("2027-02-01 10:00")
    where = area_of("S92000003", areas_for(None))
    wanted = Wanted(period_of("2026"), where, Audience.OWN, World(now), now)
    counts = kind_of("custody").count(wanted).counts
    found = {one for one in PARTS if counts["booked/reached", "people", f"hour:{one}", "2026"]}
    assert found == {part}


def test_outsiders_are_told_of_no_single_centre(stories):
    stories.play(STORY)
    codes = {row.code for row in of(Audience.PUBLIC).tables[0].rows}
    assert not [code for code in codes if code.startswith("centre:")]
    assert [row for row in of(Audience.PARTNER).tables[0].rows if row.code.startswith("centre:")]
    assert "stays" not in [column.code for column in of(Audience.PARTNER).tables[2].columns]


def test_what_two_reports_count_alike_is_one_number(stories):
    stories.play(told_stories.STARTED + STORY.replace("Ann ", "Amy "))
    one, other = counted("national").counts, counted("custody").counts
    both = one.keys() & other.keys()
    assert len(both) > 5
    assert {key: one[key] for key in both} == {key: other[key] for key in both}


def test_their_own_read_stays_as_well_beside_what_is_published(stories):
    told = own(name="custody") if stories.play(STORY) else None
    assert values(told, "stays", "all") == [6, None]
    assert values(told, "stays", "DRUG") == [3, 50.0]
    tables = {table.code: table for table in told.tables}
    rows = {row.title: [cell.value for cell in row.cells] for row in tables["centres"].rows}
    assert rows == {"Falkirk": [3, None, None], "Govan": [3, None, None]}
    for audience in (Audience.PUBLIC, Audience.PARTNER):
        assert {"stays", "centres"}.isdisjoint(table.code for table in of(audience).tables)
