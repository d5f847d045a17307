"""Each step by who people are: everybody stands in one group of each cut, known or not."""

from datetime import date

import pytest
from reports.stories import STARTED
from reports.test_national import counted, own, values
from support.stories import moment

from referral.db import db
from referral.journey.actions import keep_what_changed
from referral.people.actions import reindex
from referral.people.detail_actions import Heard, say
from referral.people.details import Detail, HeardIn
from referral.people.models import Person
from referral.reports.equity import AGES
from referral.reports.grouping import OF_WHOM

STORY = (
    STARTED.replace("booked at Govan", "booked at Govan from S12000049")
    + """
2026-08-03 10:00 Ann says-of-herself ethnicity=W-POL disability=LOT
2026-08-05 09:00 Bob booked at Govan from S12000036
2026-08-05 09:30 Bob declined
2026-08-06 09:00 Cat booked at Govan
2026-09-05 09:00 Cat booked at Govan from S12000049
2026-09-05 09:30 Cat agreed
2026-09-05 10:00 Cat says-of-herself ethnicity=A-IND
"""
)


@pytest.fixture
def told(stories):
    """The report of three people."""
    stories.play(STORY)
    return own(name="equity")


def test_people_stand_in_the_groups_that_they_say_they_are_in(told):
    assert values(told, "asked", "all")[:3] == [3, 3, 0]
    assert values(told, "asked", "ethnicity:W")[:3] == [1, 1, 0]
    assert values(told, "asked", "ethnicity:unknown")[:3] == [1, 1, 0]
    assert values(told, "asked", "disability:LOT")[:3] == [1, 1, 0]
    assert values(told, "engaged", "disability:LOT")[:3] == [1, 1, 0]
    assert values(told, "engaged", "disability:NONE")[:3] == [0, 0, 0]


def test_what_one_stay_does_not_say_another_may(told):
    assert values(told, "asked", "ethnicity:A")[:3] == [1, 1, 0]
    assert values(told, "asked", "home:same")[0] == 2
    assert values(told, "asked", "home:away")[0] == 1
    assert values(told, "asked", "home:unknown")[0] == 0


def test_each_cut_has_everybody_once(told):
    for step in OF_WHOM:
        table = next(one for one in told.tables if one.code == step)
        whole = [cell.value for cell in table.row("all").cells[:5]]
        for cut in ("sex", "age", "ethnicity", "disability", "language", "home"):
            rows = [row for row in table.rows if row.code.startswith(f"{cut}:")]
            parts = [[cell.value for cell in row.cells[:5]] for row in rows]
            assert [sum(numbers) for numbers in zip(*parts, strict=True)] == whole


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2008-08-04", "under-18"), ("2008-08-03", "18-24"), ("2001-08-04", "18-24"),
        ("2001-08-03", "25-34"), ("1981-08-03", "45-54"), ("1971-08-04", "45-54"),
        ("1971-08-03", "55-more"), (None, "unknown"),
    ],
)  # fmt: skip
def test_an_age_is_that_at_the_start_of_the_stay(stories, born, band):
    stories.play("2026-08-03 09:00 Ann booked at Govan")

    person = db.session.get(Person, stories.came["Ann"].person_id)
    person.date_of_birth = date.fromisoformat(born) if born else None
    db.session.flush()
    keep_what_changed(db.session())
    counts = counted("equity").counts
    found = [
        one
        for one in (*AGES, "unknown")
        if counts["booked/reached", "people", f"age:{one}", "2026-Q3"]
    ]
    assert found == [band]


def test_a_language_counts_as_it_was_said_last_and_none_as_english(stories):
    stories.play(STORY)
    bob = db.session.get(Person, stories.came["Bob"].person_id)
    for language in ("pl", "ro"):
        heard = Heard(HeardIn.STAY, stories.officer, moment("2026-08-05 10:00"))
        say(bob, {Detail.LANGUAGE: language}, heard)
    reindex(bob)
    keep_what_changed(db.session())
    told = own(name="equity")
    assert values(told, "asked", "language:ro")[:3] == [1, 1, 0]
    assert values(told, "asked", "language:pl")[:3] == [0, 0, 0]
    assert values(told, "asked", "language:en")[:3] == [2, 2, 0]
    assert "language:unknown" not in [row.code for row in told.tables[0].rows]
