"""Whether it was worth it is answered once for each time, by whoever answers first."""

import pytest
from support.stories import moment, staff

from referral.casework.contact_plan.actions import PointOver, TryDetails, WorthNeeded, try_to_reach
from referral.contact.worth_it.actions import AnsweredAlready, WorthDetails, say_by_page

MET = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG
2026-08-03 13:00 Ann planned
2026-08-03 14:00 Ann released
"""
AT = moment("2026-09-02 10:00")


def point(stories, name="28d"):
    return stories._point("Ann", name)


def test_what_was_written_is_not_written_over(stories):
    stories.play(MET + "2026-09-02 09:00 Ann wrote 28d no")
    with pytest.raises(AnsweredAlready):
        say_by_page(point(stories), WorthDetails("yes"), staff("Ian Low"), AT)
    assert point(stories).worth == "no"


def test_what_the_team_was_told_is_not_written_over_either(stories):
    stories.play(MET + "2026-09-02 09:00 Ann told-us 28d partly")
    with pytest.raises(AnsweredAlready):
        say_by_page(point(stories), WorthDetails("yes"), staff("Ian Low"), AT)
    again = TryDetails("call", "reached", AT, "yes")
    with pytest.raises(PointOver):
        try_to_reach(point(stories), again, stories.worker, AT)
    assert point(stories).worth == "partly"


def test_the_team_asks_at_four_and_at_twelve_weeks_unless_they_have_answered(stories):
    stories.play(MET)
    reached = TryDetails("call", "reached", AT)
    with pytest.raises(WorthNeeded):
        try_to_reach(point(stories), reached, stories.worker, AT)
    try_to_reach(point(stories, "7d"), reached, stories.worker, AT)
    stories.play("2026-09-02 09:00 Ann wrote 28d yes")
    try_to_reach(point(stories), reached, stories.worker, AT)
    assert point(stories).worth_it is None
    assert point(stories).worth == "yes"
