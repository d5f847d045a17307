"""What was told stays told, what was withheld stays withheld; a new release adds to neither."""

from dataclasses import replace

import pytest
from published.attack import too_much
from published.test_telling import ASKED, NOT_ASKED, PEOPLE, counted

from referral.published.audiences import Audience
from referral.published.cells import Cells, Sum
from referral.published.register import (
    Contradicts,
    Register,
    Revised,
    release_of,
    revised,
    to_withhold,
    too_little_changed,
)
from referral.published.tables import Count
from referral.published.telling import Counted
from referral.published.withholding import CannotBeHidden

YEAR, FIRST, SECOND = ("made", "year"), ("made", "first"), ("made", "second")


def one_number(key, count: int) -> Counted:
    of = counted(Audience.PUBLIC, Count(key, count))
    return replace(of, counts={key: count}, people=key, sums=(), parents={})


def released(*numbers):
    return [release_of(one, set()) for one in numbers]


def test_a_half_that_would_follow_from_the_year_and_the_other_half_is_refused():
    made_of = ([Sum(YEAR, (FIRST, SECOND))], [])
    before = released(one_number(YEAR, 43), one_number(FIRST, 40))
    with pytest.raises(CannotBeHidden):
        to_withhold(one_number(SECOND, 3), before, made_of)
    assert to_withhold(one_number(SECOND, 3), before) == {SECOND}
    before = released(one_number(YEAR, 70), one_number(FIRST, 40))
    assert to_withhold(one_number(SECOND, 30), before, made_of) == set()


def test_what_was_withheld_does_not_follow_from_what_is_new():
    made_of = ([Sum(YEAR, (FIRST, SECOND))], [])
    half = one_number(SECOND, 3)
    before = [release_of(half, {SECOND}), *released(one_number(FIRST, 40))]
    gone = to_withhold(one_number(YEAR, 43), before, made_of)
    assert gone == {YEAR}
    cells = Cells({YEAR: 43, FIRST: 40, SECOND: 3}, made_of[0])
    assert not too_much(cells, gone | {SECOND}, 10)
    assert too_much(cells, {SECOND}, 10)


def test_a_count_that_is_another_now_is_a_revision():
    with pytest.raises(Contradicts) as found:
        to_withhold(one_number(YEAR, 44), released(one_number(YEAR, 43)))
    assert found.value.key == YEAR


def test_a_small_change_is_a_small_number():
    before = release_of(one_number(YEAR, 43), set())
    changes = revised(one_number(YEAR, 47), before)
    assert changes == [Revised(YEAR, 43, 47)]
    assert too_little_changed(changes, Audience.PUBLIC) == changes
    assert not too_little_changed(changes, Audience.OWN)
    assert not too_little_changed(revised(one_number(YEAR, 53), before), Audience.PUBLIC)
    assert not revised(one_number(YEAR, 43), before)


def test_of_what_was_withheld_no_change_is_told():
    before = release_of(one_number(YEAR, 3), {YEAR})
    assert not revised(one_number(YEAR, 30), before)


def test_the_register_holds_what_was_withheld_too():
    of = counted(Audience.PUBLIC, Count(ASKED, 300), Count(NOT_ASKED, 4), none=4)
    found = release_of(of, {NOT_ASKED})
    assert found.shown == {ASKED}
    assert found.counts[NOT_ASKED] == 4
    assert found.counts[PEOPLE] == of.counts[PEOPLE]


def test_beside_a_correction_stands_all_that_it_does_not_change():
    before = release_of(one_number(YEAR, 43), set())
    other = release_of(one_number(FIRST, 40), set())
    both = counted(Audience.PUBLIC, Count(YEAR, 55), Count(SECOND, 30))
    of_the_period = release_of(replace(both, counts={YEAR: 43, SECOND: 30}, sums=(), people=YEAR),
                               set())  # fmt: skip
    register = Register([before], [of_the_period], [other])
    changes = register.changed_by(one_number(YEAR, 55))
    assert {(one.key, one.was, one.now) for one in changes} == {(YEAR, 43, 55)}
    known, apart = register.beside(changes)
    assert known == other
    assert apart.counts == {SECOND: 30}
    assert apart.shown == {SECOND}
