"""What is not enough to be offered as the same person."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from support.said import HEARD

from referral.accounts.users.models import User
from referral.clock import now
from referral.db import db
from referral.people.actions import identify, tell_apart
from referral.people.certainty import THOUGHT_OF, Namesakes, confident
from referral.people.comparison import Comparison, NameLikeness
from referral.people.identity import Identity
from referral.people.likeness import Like
from referral.people.queries import candidates
from referral.people.traits import Called, birth
from referral.people.weights import shipped_weights

WEIGHTS = shipped_weights()


def nobody(_):
    return Namesakes(0, 0)


SAME = NameLikeness(0, Like.SAME, Like.SAME, Like.UNKNOWN, chance=-20.0)
KHAN = Called("mohammed", "", "khan")
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
        ([compared(WEIGHTS.sure - 0.1)._replace(s_number=Like.SAME)], False),  # one for two
    ],
)
def test_the_first_is_the_same_only_where_nobody_else_is_near(others, sure):
    assert confident([compared(HIGH), *others], False, WEIGHTS, nobody) is sure


def test_whom_the_rule_or_the_score_does_not_reach_is_not_the_same():
    assert not confident([], False, WEIGHTS, nobody)
    assert not confident([compared(WEIGHTS.sure - 0.1)], False, WEIGHTS, nobody)
    assert not confident([compared(HIGH, ROSS)], False, WEIGHTS, nobody)


@pytest.mark.parametrize("year", [1900, 1901, 1911, 1970, 2000, 9999])
def test_a_birth_date_that_stands_for_unknown_says_nothing(year):
    assert birth(date(year, 1, 1)) == ""
    assert birth(None) == ""
    assert birth(date(1879, 5, 17)) == ""
    assert birth(date(1971, 1, 2)) == "19710102"


NEAR = SAME._replace(forename=Like.NEAR)


@pytest.mark.parametrize(
    ("name", "others", "bits"),
    [
        (SAME, 0, 7.644),  # a two-hundredth of what was thought
        (SAME, 15, -1.977),  # four times as many
        (NEAR, 0, 0.0),  # others are as like, by other names
        (NEAR, 15, -1.977),
    ],
)
def test_how_many_on_record_have_both_names_is_evidence(name, others, bits):
    asked = []

    def namesakes(who):
        asked.append(who)
        return Namesakes(others, 4_000_000 - THOUGHT_OF)

    for more, sure in ((0.01, True), (-0.01, False)):
        found = compared(WEIGHTS.sure - bits + more, name._replace(theirs=KHAN))
        assert confident([found], False, WEIGHTS, namesakes) is sure
    assert asked == [KHAN, KHAN]


def test_a_name_that_many_on_record_have_needs_more_than_the_birth_date(app):
    """Nothing is known of the name but how many people have it."""
    with app.app_context():
        asked = Identity("Torcuil", "Quennell", date(1988, 3, 7))
        identify(asked, None, HEARD)
        db.session.flush()
        assert candidates(asked)[0].confident
        for day in range(1, 29):
            identify(replace(asked, date_of_birth=date(1966, 5, day)), None, HEARD)
        db.session.flush()
        assert not candidates(asked)[0].confident


def test_a_double_who_was_told_apart_is_remembered(app):
    """Either of two who look alike may be at the desk again."""
    first = Identity("Ruaridh", "Gillanders", date(1988, 3, 7), postcode="G12 8QQ")
    with app.app_context():
        one = identify(first, None, HEARD)
        db.session.flush()
        assert candidates(first)[0].confident
        other = identify(
            replace(first, forename="Ruari", postcode="EH1 1AA", middle="Iain"), None, HEARD
        )
        known = db.session.scalars(select(User)).first()
        tell_apart(one.id, other.id, known.actor, now())
        db.session.flush()
        found = candidates(first)
        assert {found[0].person, found[1].person} == {one, other}
        assert not any(like.confident for like in found)
        assert candidates(replace(first, forename="Eilidh", surname="Baxter")) != []


def test_what_was_said_of_a_record_holds_for_the_one_it_was_joined_into(app):
    """Whoever was told apart from a third is so still, under the number of another record."""
    first = Identity("Ruaridh", "Gillanders", date(1988, 3, 7), postcode="G12 8QQ")
    other = replace(first, forename="Ruari", postcode="EH1 1AA", middle="Iain")
    with app.app_context():
        one = identify(first, None, HEARD)
        second = identify(other, None, HEARD)
        third = identify(replace(first, forename="Eilidh", sex="F"), None, HEARD)
        db.session.flush()
        known = db.session.scalars(select(User)).first()
        tell_apart(second.id, third.id, known.actor, now())
        db.session.flush()
        assert candidates(first)[0].confident
        third.merged_into_id = one.id
        db.session.flush()
        assert not any(like.confident for like in candidates(first))
