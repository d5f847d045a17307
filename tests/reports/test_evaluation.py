"""Before and after a start: each stay on its side of it, shares with intervals, and a caveat."""

import pytest
from reports.counting import cells, many, own, told_to, values, wanted
from support.stories import centre, moment

from referral.published.audiences import Audience
from referral.published.tables import Code
from referral.published.telling import told
from referral.reports.chance import exactly, more_by
from referral.reports.evaluation_queries import evaluation

BEFORE = """
2026-07-05 09:00 {} booked at Govan
2026-07-05 09:30 {} declined
"""
AFTER = """
2026-08-05 09:00 {} booked at Govan
2026-08-05 09:30 {} agreed telling DRUG
"""
FIRST = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG
2026-08-03 10:00 Ann referred to hub
"""


def test_a_difference_lies_where_newcombe_reckoned_it():
    assert more_by(56, 70, 48, 80) == (5, 34)  # .0524 to .3339 in his table II
    low, high = exactly(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@pytest.mark.parametrize(("now", "before"), [(0, 0), (20, 0), (0, 20), (20, 20), (7, 12)])
def test_a_difference_lies_within_its_interval(now, before):
    low, high = more_by(now, 20, before, 20)
    assert -100 <= low <= 5 * (now - before) <= high <= 100


def test_a_stay_lies_before_the_first_that_the_team_referred_or_after_it(stories):
    stories.play(BEFORE.replace("{}", "Bob") + FIRST + AFTER.replace("{}", "Bob"))
    found = own("evaluation")
    assert values(found, "referred", "|before")[:2] == [1, 0]
    assert values(found, "referred", "|after")[:2] == [2, 1]
    assert values(found, "agreed", "G|before")[:2] == [1, 0]
    assert values(found, "agreed", "G|after")[:2] == [2, 2]
    assert values(found, "differences", "G")[0] == "August 2026"
    assert "proves no cause" in found.notes[0]


def test_in_a_council_places_are_custody_centres(stories):
    stories.play(FIRST)
    found = own("evaluation", "S12000049")
    assert values(found, "referred", f"{centre('Govan').id}|after")[:2] == [1, 1]
    assert values(found, "referred", f"{centre('Govan').id}|before")[:2] == [0, 0]


def test_a_start_that_is_entered_goes_before_the_first_referral(stories):
    stories.play(BEFORE.replace("{}", "Bob") + FIRST)
    entered = {centre("Govan").id: int(moment("2026-07-01 00:00").timestamp())}
    found = told(evaluation(wanted(), entered))
    assert values(found, "referred", "|before")[:2] == [0, 0]
    assert values(found, "referred", "|after")[:2] == [2, 1]


def test_without_any_start_all_was_before(stories):
    stories.play(BEFORE.replace("{}", "Bob"))
    found = own("evaluation")
    assert values(found, "referred", "|before")[0] == 1
    assert values(found, "differences", "")[0] is None


def test_a_share_of_few_is_not_told_and_of_enough_with_its_interval(stories):
    stories.play(many(BEFORE, 30) + FIRST + many(AFTER, 28, 30) + many(BEFORE, 2, 60))
    found = own("evaluation")
    assert values(found, "agreed", "|after")[2:] == [100, 88, 100]
    assert values(found, "agreed", "|before")[2:] == [0, 0, 11]
    assert values(found, "differences", "")[1:4] == [100, 84, 100]
    assert cells(found, "engaged", "|after")["low"].code is Code.NONE
    public = told_to(Audience.PUBLIC, "evaluation")
    assert cells(public, "agreed", "|before")["reached"].value == 0
    assert cells(public, "referred", "|after")["reached"].code is Code.WITHHELD
