"""The national report: the whole way, where, by need; all that it says adds up."""

import pytest
from official.figures import figure
from reports import stories as told_stories
from support.stories import moment, staff

from referral.directory.areas import area_of
from referral.official.actions import enter
from referral.published.audiences import Audience
from referral.published.periods import period_of
from referral.published.tables import Code, Number
from referral.reports.catalogue_queries import KINDS, kind_of, report_told
from referral.reports.laying import STANDINGS
from referral.reports.queries import areas_for
from referral.reports.steps import STEPS
from referral.reports.wanted import Wanted
from referral.reports.worlds import World

SCOTLAND = "S92000003"
LATER = "2026-12-01 10:00"
STORY = (
    told_stories.STARTED
    + """
2026-08-05 09:00 Bob booked at Falkirk
2026-08-05 09:30 Bob declined because TRUST telling MH
2026-09-05 09:00 Ann booked at Falkirk
2026-09-05 09:30 Ann declined because TRUST
2026-08-06 09:00 Cat booked at Govan
"""
)


def counted(name="national", area=SCOTLAND, period="2026-Q3"):
    now = moment(LATER)
    where = area_of(area, areas_for(None))
    return kind_of(name).count(Wanted(period_of(period), where, Audience.OWN, World(now), now))


def own(area=SCOTLAND, name="national"):
    return report_told(name, "2026-Q3", area, Audience.OWN, moment(LATER))


def values(told, table: str, row: str) -> list[object]:
    found = next(one for one in told.tables if one.code == table)
    return [cell.value for cell in found.row(row).cells]


def test_people_are_counted_once_where_they_were_first_and_as_far_as_they_came(stories):
    stories.play(STORY)
    told = own()
    assert values(told, "ladder", "booked")[0] == 3
    assert values(told, "ladder", "asked")[:4] == [2, 0, 1, 0]
    assert values(told, "ladder", "agreed")[:4] == [1, 1, 0, 0]
    assert values(told, "ladder", "engaged")[:4] == [1, 0, 0, 0]
    assert values(told, "divisions", "G") == [1, 1, 1, 1, 1, 2]
    assert values(told, "divisions", "C") == [0, 0, 0, 0, 1, 1]
    assert values(told, "indicator", "people") == [1]
    assert values(told, "indicator", "referrals") == [1]
    assert values(told, "needs", "DRUG")[:3] == [1, 1, 1]
    assert values(told, "needs", "MH")[:3] == [2, 1, 1]


def test_an_area_is_that_of_its_custody_centres(stories):
    stories.play(STORY)
    told = own("S12000049")
    assert values(told, "ladder", "booked")[0] == 2


def test_nobody_outside_is_told_anything_of_so_few(stories):
    stories.play(STORY)
    told = report_told("national", "2026-Q3", SCOTLAND, Audience.PUBLIC, moment(LATER))
    assert not told.numbers


def test_a_running_period_says_so(stories):
    stories.play(STORY)
    now = moment("2026-09-10 10:00")
    told = report_told("national", "2026-Q3", SCOTLAND, Audience.OWN, now)
    assert told.about.running
    assert not own().about.running
    assert told.tables[0].row("engaged").cells[4] == Number(None, Code.NOT_KNOWN)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("story", ["none", "some"])
def test_what_is_said_to_add_up_does(stories, name, story):
    stories.play(STORY if story == "some" else "")
    found = counted(name)
    assert not list(found.cells.wrong())
    assert found.shown <= found.counts.keys()


def test_all_four_ways_make_up_the_step_before(stories):
    stories.play(STORY)
    table = own().tables[0]
    before = table.row("booked").cells[0].value
    for step in STEPS[1:]:
        cells = [cell.value for cell in table.row(step.code).cells[: len(STANDINGS)]]
        assert sum(cells) == before
        before = cells[0]


def test_a_rate_stands_beside_each_source_and_none_without_one(stories):
    stories.play(STORY)
    assert "rates" not in {table.code for table in own().tables}
    for source, number in (("A", 400), ("B", 500)):
        enter(figure("2026-Q3", number, source), staff("Isla Gunn"), moment(LATER))
    rates = next(table for table in own().tables if table.code == "rates")
    assert [[cell.value for cell in row.cells] for row in rates.rows] == [
        [400, 1, 0.2], [500, 1, 0.2],
    ]  # fmt: skip
    assert {row.title for row in rates.rows} == {"A", "B"}
