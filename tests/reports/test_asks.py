"""Who asked and at which ask people agreed, by the stay in which they came furthest."""

import pytest
from reports.test_national import counted, own, values

STORY = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed
2026-08-03 09:00 Bob booked at Govan
2026-08-03 09:30 Bob put-off
2026-08-03 12:30 Bob agreed
2026-08-04 09:00 Cat booked at Govan
2026-08-04 09:30 Cat declined because TRUST
2026-08-04 12:00 Cat released
2026-09-04 09:00 Cat booked at Govan
2026-09-04 09:30 Cat not-fit
2026-09-04 11:30 Cat put-off
2026-09-04 14:30 Cat agreed
2026-08-05 09:00 Dan booked at Govan
2026-08-05 09:30 Dan declined because NONEED
2026-08-06 09:00 Eve booked at Govan
2026-08-06 09:30 Eve put-off
2026-08-06 12:00 Eve released
2026-08-07 09:00 Fay booked at Govan
2026-08-07 09:30 Fay declined
2026-08-08 09:00 Gus booked at Govan
"""


@pytest.fixture
def told(stories):
    """The report of seven people."""
    stories.play(STORY)
    return own(name="asks")


def test_people_agree_at_the_ask_of_the_stay_in_which_they_came_furthest(told):
    assert values(told, "agreed", "all")[:5] == [6, 3, 3, 0, 0]
    assert values(told, "times", "all")[:4] == [3, 1, 1, 1]


def test_who_asked_is_told_beside_what_came_of_it(told):
    assert values(told, "agreed", "asker:custody")[:5] == [6, 3, 3, 0, 0]
    assert values(told, "agreed", "asker:nurse")[:5] == [0, 0, 0, 0, 0]
    assert values(told, "times", "custody")[:4] == [3, 1, 1, 1]


def test_why_people_did_not_agree_is_told_once_each(told):
    assert values(told, "reasons", "NONEED") == [1]
    assert values(told, "reasons", "TRUST") == [0]
    assert values(told, "reasons", "no_reason") == [1]
    assert values(told, "reasons", "left") == [1]


def test_it_adds_up_for_those_who_thought_better_of_it(stories):
    stories.play(STORY)
    stories.play("2026-09-04 15:30 Cat declined because TRIED")
    assert not list(counted("asks").cells.wrong())


def test_an_earlier_stay_in_which_they_came_less_far_says_nothing(stories):
    stories.play("""
2026-08-03 09:00 Hal booked at Govan
2026-08-03 09:30 Hal agreed telling DRUG
2026-08-03 12:00 Hal released
2026-09-03 09:00 Hal booked at Govan
2026-09-03 09:30 Hal put-off telling DRUG
2026-09-03 12:30 Hal agreed telling DRUG
2026-09-03 13:00 Hal referred to hub
""")
    assert values(own(name="asks"), "times", "all")[:4] == [1, 0, 1, 0]
