"""What two reports count alike is one number; the own team gets each of them of its centres."""

import pytest
from reports import needs
from reports import stories as told_stories
from reports.test_national import counted
from support.stories import moment

from referral.reports.catalogue_queries import KINDS, team_told

LATER = moment("2026-12-01 10:00")
# those whose first count is how many people were booked
BOOKED_FIRST = (
    *("custody", "equity", "return", "asks", "doors"),
    *("adp", "service", "unmet", "evaluation", "quality"),
)
STORY = (
    told_stories.STARTED
    + """
2026-08-03 13:00 Ann planned
2026-09-05 09:00 Ann booked at Falkirk
2026-09-05 09:30 Ann declined because TRUST
2026-08-05 09:00 Bob booked at Falkirk
2026-08-05 09:30 Bob not-asked because NOSTAFF telling MH
2026-08-05 13:00 Bob released
2026-08-06 09:00 Cat booked at Govan
2026-08-07 09:00 Dan booked at Govan from S12000036
2026-08-07 09:30 Dan put-off
2026-08-07 12:30 Dan agreed telling ALC
2026-08-07 13:00 Dan assessed
"""
)


def test_two_reports_that_name_a_count_alike_say_one_number(stories):
    stories.play(STORY)
    found: dict[tuple, dict[int, str]] = {}
    for name in KINDS:
        for key, number in counted(name).counts.items():
            found.setdefault(key, {}).setdefault(number, name)
    assert {key: said for key, said in found.items() if len(said) > 1} == {}


@pytest.mark.parametrize("name", [*BOOKED_FIRST, "national"])
def test_the_own_team_is_told_of_its_centres_exactly(stories, name):
    stories.play(STORY)
    told = team_told(name, "2026-Q3", stories.lead, LATER, None)
    assert any(cell.value for cell in told.numbers)
    assert not told.withheld


def test_who_came_by_other_doors_is_no_number_of_a_team(stories):
    stories.play(STORY)
    told = team_told("doors", "2026-Q3", stories.lead, LATER, None)
    assert [table.code for table in told.tables] == ["doors", "by_custody"]
    assert "not by team" in told.notes[0]


@pytest.mark.parametrize(
    "story", list((told_stories.DESK | told_stories.RETURNED | needs.LADDER).values())[::4]
)
@pytest.mark.parametrize("name", BOOKED_FIRST)
def test_every_story_adds_up(stories, name, story):
    stories.play(story)
    found = counted(name)
    assert not list(found.cells.wrong())
    booked = next(iter(found.counts.values()))
    assert booked == len({stay.person_id for stay in stories.came.values()})
