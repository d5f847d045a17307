"""What is not enough to be offered as the same person."""

from datetime import date

import pytest

from referral.people.comparison import Comparison, NameLikeness
from referral.people.likeness import Like
from referral.people.matching import _confident
from referral.people.traits import birth
from referral.people.weights import shipped_weights

WEIGHTS = shipped_weights()
SAME = NameLikeness(0, Like.SAME, Like.SAME, Like.UNKNOWN)
ROSS = NameLikeness(0, Like.OTHER, Like.SAME, Like.UNKNOWN)


def compared(score: float, name=SAME, born=Like.SAME) -> Comparison:
    return Comparison(score, name, born, Like.SAME, Like.UNKNOWN, Like.UNKNOWN, Like.UNKNOWN)


HIGH = WEIGHTS.sure + WEIGHTS.ahead


@pytest.mark.parametrize(
    ("others", "sure"),
    [
        ([], True),
        ([compared(HIGH - WEIGHTS.ahead - 0.1, ROSS)], True),
        ([compared(HIGH - WEIGHTS.ahead + 0.1, ROSS)], False),  # a brother is as near
        ([compared(WEIGHTS.sure)], False),  # the rule holds for them too
        ([compared(WEIGHTS.sure - 0.1)], True),
    ],
)
def test_the_first_is_the_same_only_where_nobody_else_is_near(others, sure):
    assert _confident([compared(HIGH), *others], False, WEIGHTS) is sure


def test_whom_the_rule_or_the_score_does_not_reach_is_not_the_same():
    assert not _confident([], False, WEIGHTS)
    assert not _confident([compared(WEIGHTS.sure - 0.1)], False, WEIGHTS)
    assert not _confident([compared(HIGH, ROSS)], False, WEIGHTS)


@pytest.mark.parametrize("year", [1900, 1901, 1911, 1970, 2000, 9999])
def test_a_birth_date_that_stands_for_unknown_says_nothing(year):
    assert birth(date(year, 1, 1)) == ""
    assert birth(None) == ""
    assert birth(date(1879, 5, 17)) == ""
    assert birth(date(1971, 1, 1)) == "19710101"
