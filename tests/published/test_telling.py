"""What is told of a report: counts, shares and medians, each where all it is made of may be."""

from datetime import date

import pytest
from support.stories import moment

from referral.published.audiences import Audience
from referral.published.cells import Sum
from referral.published.tables import (
    About,
    Code,
    Column,
    Count,
    Given,
    Measured,
    Number,
    Row,
    Share,
    Table,
)
from referral.published.telling import Counted, told

AT = moment("2026-10-05 09:00")
PEOPLE = ("booked",)
ASKED = ("asked",)
NOT_ASKED = ("not asked",)
NOT_YET = ("not yet",)


def counted(audience: Audience = Audience.PUBLIC, *entries, asked=300, none=80, yet=20) -> Counted:
    about = About("n", "N", "2026-Q3", date(2026, 7, 1), date(2026, 9, 30), "S92000003",
                  "Scotland", audience, AT, AT, "1")  # fmt: skip
    counts = {PEOPLE: asked + none + yet, ASKED: asked, NOT_ASKED: none, NOT_YET: yet}
    columns = tuple(Column(str(n), str(n), "people") for n in range(len(entries)))
    table = Table("t", "T", "", "step", columns, (Row("r", "R", entries),))
    sums = (Sum(PEOPLE, (ASKED, NOT_ASKED, NOT_YET)),)
    return Counted(about, (table,), counts, PEOPLE, sums)


def numbers(of: Counted) -> list[Number]:
    return list(told(of).numbers)


def test_a_share_is_made_of_exact_counts_and_leaves_out_for_whom_it_is_not_over():
    share = Share(ASKED, PEOPLE, NOT_YET)
    assert numbers(counted(Audience.OWN, share, asked=2, none=28, yet=170)) == [Number(7)]
    assert numbers(counted(Audience.OWN, share, asked=1, none=399)) == [Number(0, Code.NEARLY_NONE)]
    assert numbers(counted(Audience.OWN, share, asked=3, none=8)) == [Number(None, Code.NOT_KNOWN)]
    assert numbers(counted(Audience.OWN, share, asked=0, none=0)) == [Number(None, Code.NONE)]
    early = Share(ASKED, PEOPLE, NOT_YET, Code.TOO_EARLY)
    assert numbers(counted(Audience.OWN, early)) == [Number(None, Code.TOO_EARLY)]


@pytest.mark.parametrize(
    "entry",
    [Count(NOT_ASKED, 8), Share(NOT_ASKED, PEOPLE), Share(ASKED, PEOPLE, NOT_ASKED),
     Measured(4.5, (PEOPLE, NOT_ASKED))],
)  # fmt: skip
def test_nothing_is_told_that_is_made_of_a_withheld_count(entry):
    assert numbers(counted(Audience.PUBLIC, entry, none=8)) == [Number(None, Code.WITHHELD)]
    assert numbers(counted(Audience.OWN, entry, none=28))[0].value is not None


def test_a_median_of_few_is_told_to_nobody_outside():
    few = Measured(4.5, (NOT_ASKED,))
    assert numbers(counted(Audience.PARTNER, few, none=9)) == [Number(None, Code.WITHHELD)]
    assert numbers(counted(Audience.OWN, few, none=9)) == [Number(4.5)]
    assert numbers(counted(Audience.OWN, Measured(None, ()))) == [Number(None, Code.NONE)]


def test_what_is_not_ours_is_told_as_it_is():
    given = Given(102179)
    missing = Given(None, Code.NONE)
    assert numbers(counted(Audience.PUBLIC, given, missing)) == [
        Number(102179), Number(None, Code.NONE),
    ]  # fmt: skip


def test_of_very_few_people_nothing_is_told_outside():
    nothing = told(counted(Audience.PARTNER, Count(ASKED, 20), asked=20, none=0, yet=0))
    assert nothing.tables == ()
    assert "Too few people" in nothing.sentences[0]
    own = told(counted(Audience.OWN, Count(ASKED, 20), asked=20, none=0, yet=0))
    assert own.numbers[0] == Number(20)


def test_every_number_knows_whether_it_is_withheld():
    of = told(counted(Audience.PUBLIC, Count(ASKED, 300), Count(NOT_ASKED, 4), none=4))
    assert of.withheld == 1
    assert of.tables[0].row("r").cells[0] == Number(300)
