"""Who is booked again: by the first stay, once the time is over, with how sure it is."""

import pytest
from reports.stories import STARTED
from reports.test_national import SCOTLAND, counted, values
from support.stories import moment

from referral.published.audiences import Audience
from referral.published.tables import Code
from referral.reports.catalogue_queries import report_told
from referral.reports.chance import between

STORY = (
    STARTED
    + """
2026-08-23 09:00 Ann booked at Govan
2026-08-23 09:30 Ann declined
2026-08-03 09:00 Bob booked at Govan
2026-08-03 09:30 Bob declined
2026-08-04 09:00 Cat booked at Govan
2026-09-10 09:00 Cat booked at Falkirk
2026-09-20 09:00 Dan booked at Govan
2026-09-20 09:30 Dan agreed
"""
)


def told(when: str):
    return report_told("return", "2026-Q3", SCOTLAND, Audience.OWN, moment(when))


def test_people_stand_by_their_first_stay_however_far_they_come_later(stories):
    stories.play(STORY)
    report = told("2027-12-01 10:00")
    assert values(report, "within_30", "booked")[:5] == [4, 4, 1, 3, 0]
    assert values(report, "within_90", "booked")[:5] == [4, 4, 2, 2, 0]
    assert values(report, "within_90", "unasked")[:5] == [1, 1, 1, 0, 0]
    assert values(report, "within_90", "declined")[:5] == [1, 1, 0, 1, 0]
    assert values(report, "within_90", "agreed")[:5] == [2, 2, 1, 1, 0]
    assert values(report, "within_90", "engaged")[:5] == [1, 1, 1, 0, 0]


def test_of_whom_the_time_still_runs_it_is_not_yet(stories):
    stories.play(STORY)
    report = told("2026-11-02 09:00")
    assert values(report, "within_90", "offered")[:5] == [3, 2, 1, 1, 1]
    assert values(report, "within_180", "booked")[:5] == [4, 0, 0, 0, 4]
    row = report.tables[2].row("booked")
    assert [cell.code for cell in row.cells[5:]] == [Code.TOO_EARLY] * 3


def test_it_says_that_it_proves_nothing(stories):
    report = told("2026-12-01 10:00")
    assert "Only a description" in report.notes[0]
    assert "No difference between two groups is an effect" in report.notes[1]


def test_the_report_of_what_was_known_before_adds_up_too(stories):
    stories.play(STORY)
    assert not list(counted("return").cells.wrong())


@pytest.mark.parametrize(
    ("part", "of", "low", "high"),
    [(0, 20, 0, 17), (10, 20, 29, 71), (20, 20, 83, 100), (7, 140, 2, 10), (1, 10, 1, 41)],
)
def test_the_interval_is_that_of_wilson(part, of, low, high):
    assert between(part, of) == (low, high)
