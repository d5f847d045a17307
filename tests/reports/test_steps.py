"""Everybody who reached a step stands somewhere at the next one, and all are accounted for."""

from itertools import pairwise

import pytest
from reports import needs
from reports import stories as told
from reports.stories import ACCEPTED, OPENING, REFERRED, STARTED
from support.stories import moment

from referral.published.periods import period_of
from referral.reports.steps import STEPS, Standing
from referral.reports.steps_queries import EVERYBODY, tallied
from referral.reports.worlds import World

LADDERS = needs.LADDER | told.DESK | told.WORKER | told.SERVICE | told.RETURNED
BOOKED = "2026-08-03 09:00 Ann booked at Govan\n"
RELEASED = "2026-08-03 14:00 Ann released\n"
MISSED = f"""{ACCEPTED}
2026-08-04 10:00 Ann expected by hub 2026-08-06 10:00
2026-08-06 11:00 Ann missed by hub
"""
LATE = f"""{ACCEPTED}
2026-08-04 10:00 Ann expected by hub 2026-09-02 10:00
2026-09-02 11:00 Ann came to hub
"""
UNSAID = f"""{ACCEPTED}
2026-08-04 10:00 Ann expected by hub 2026-08-06 10:00
"""
SAID = "2026-08-20 10:00 Ann ended-early by hub DRUG=unknown MH=unknown\n"
KNOWN = "2026-08-20 10:00 Ann completed by hub DRUG=better MH=unknown\n"
R, N, Y, U = Standing.REACHED, Standing.NOT_REACHED, Standing.NOT_YET, Standing.UNKNOWN


def at(text: str, stories, story: str = "") -> dict[str, Standing]:
    """Where the one stay of a story stands at each step that it came to, at a moment."""
    stories.play(story)
    found = tallied(period_of("2026-Q3"), World(moment(text)))[EVERYBODY][""]
    return {
        code: next(where for where, number in tally.stays.items() if number)
        for code, tally in found.items()
        if sum(tally.stays.values())
    }


@pytest.mark.parametrize(
    ("story", "when", "step", "where"),
    [
        (BOOKED, "2026-08-03 10:00", "asked", Y),
        (BOOKED + "2026-08-03 09:30 Ann not-fit\n", "2026-08-03 10:00", "asked", Y),
        (BOOKED + "2026-08-03 09:30 Ann not-fit\n" + RELEASED, "2026-08-03 15:00", "asked", N),
        (BOOKED + "2026-08-03 09:30 Ann put-off\n", "2026-08-03 10:00", "agreed", Y),
        (BOOKED + "2026-08-03 09:30 Ann put-off\n" + RELEASED, "2026-08-03 15:00", "agreed", N),
        (BOOKED + "2026-08-03 09:30 Ann declined\n", "2026-08-03 10:00", "agreed", N),
        (OPENING, "2026-08-03 10:00", "referred", Y),
        (REFERRED, "2026-08-03 11:00", "accepted", Y),
        (ACCEPTED, "2026-08-31 09:59", "engaged", Y),
        (ACCEPTED, "2026-08-31 10:00", "engaged", U),
        (STARTED, "2026-08-07 10:00", "engaged", R),
        (LATE, "2026-09-30 10:00", "engaged", N),
        (MISSED, "2026-09-30 10:00", "engaged", U),
        (MISSED + SAID, "2026-08-21 10:00", "engaged", N),
        (UNSAID + SAID, "2026-08-21 10:00", "engaged", Y),
        (UNSAID + SAID, "2026-09-30 10:00", "engaged", U),
        (STARTED, "2026-10-26 08:59", "outcome", Y),
        (STARTED, "2026-10-26 09:00", "outcome", U),
        (STARTED + KNOWN, "2026-08-20 10:00", "outcome", R),
        (STARTED + KNOWN.replace("2026-08-20", "2026-11-20"), "2026-12-01 10:00", "outcome", N),
    ],
)
def test_where_somebody_stands(stories, story, when, step, where):
    assert at(when, stories, story)[step] is where


@pytest.mark.parametrize("name", LADDERS)
def test_all_who_reached_a_step_stand_somewhere_at_the_next(stories, name):
    stories.play(LADDERS[name])
    for when in ("2026-08-04 12:00", "2026-09-15 12:00", "2027-01-31 12:00"):
        found = tallied(period_of("2026-Q3"), World(moment(when)))[EVERYBODY][""]
        for before, step in pairwise(STEPS):
            reached, then = found[before.code], found[step.code]
            assert sum(then.people.values()) == reached.people[R]
            assert sum(then.stays.values()) == reached.stays[R]
            assert then.people[R] <= then.stays[R]


def test_of_two_stays_of_one_person_the_one_that_came_further_stands_for_them(stories):
    stories.play(f"""{OPENING}
2026-08-03 14:00 Ann released
2026-08-10 09:00 Bea booked at Govan
2026-08-10 09:30 Bea declined
2026-08-10 12:00 Bea same-as Ann
""")
    agreed = tallied(period_of("2026-Q3"), World(moment("2026-09-01 12:00")))[EVERYBODY][""][
        "agreed"
    ]
    assert agreed.people == {R: 1, Y: 0, U: 0, N: 0}
    assert agreed.stays == {R: 1, Y: 0, U: 0, N: 1}
