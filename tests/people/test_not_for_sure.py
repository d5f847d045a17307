"""What is not enough to be offered as the same person."""

from dataclasses import replace
from datetime import date
from math import log2

import pytest
from sqlalchemy import select

from referral.accounts.users.models import User
from referral.clock import now
from referral.db import db
from referral.people.actions import identify, tell_apart
from referral.people.comparison import Comparison, NameLikeness
from referral.people.identity import Identity
from referral.people.likeness import Like
from referral.people.matching import SCOTLAND, _confident
from referral.people.queries import candidates
from referral.people.traits import birth
from referral.people.weights import shipped_weights

WEIGHTS = shipped_weights()
SAME = NameLikeness(0, Like.SAME, Like.SAME, Like.UNKNOWN, chance=-20.0)
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
    assert birth(date(1971, 1, 2)) == "19710102"


def test_of_a_common_combination_others_are_expected():
    """As many as one in thirty-two, and no more."""
    born = WEIGHTS.chance("birth", Like.SAME)
    edge = WEIGHTS.elsewhere - log2(SCOTLAND) - born
    for chance, sure in ((edge, True), (edge + 0.01, False)):
        assert _confident([compared(HIGH, SAME._replace(chance=chance))], False, WEIGHTS) is sure


def test_a_double_who_was_told_apart_is_remembered(app):
    """Either of two who look alike may be at the desk again."""
    first = Identity("Ruaridh", "Gillanders", date(1988, 3, 7), postcode="G12 8QQ")
    with app.app_context():
        one = identify(first, None)
        db.session.flush()
        assert candidates(first)[0].confident
        other = identify(replace(first, forename="Ruari", postcode="EH1 1AA", middle="Iain"), None)
        known = db.session.scalars(select(User)).first()
        tell_apart(one.id, other.id, known.actor, now())
        db.session.flush()
        found = candidates(first)
        assert {found[0].person, found[1].person} == {one, other}
        assert not any(like.confident for like in found)
        assert candidates(replace(first, forename="Eilidh", surname="Baxter")) != []
