"""No small count is told, and none can be reckoned from all that is told."""

import pytest
from published.attack import ranges, too_much
from published.nations import QUARTERS, Nation

from referral.published.audiences import Audience
from referral.published.cells import AtMost, Cells, Sum, people
from referral.published.withholding import CannotBeHidden, small, withheld

PUBLIC = Audience.PUBLIC
TEN = 10


def test_one_small_part_takes_another_with_it_and_the_smallest_that_will_do():
    parts = {"a": 3, "b": 40, "c": 25}
    cells = Cells(parts | {"all": 68}, [Sum("all", ("a", "b", "c"))])
    assert withheld(cells, PUBLIC) == {"a", "c"}
    assert ranges(cells, {"a", "c"})["a"] == (0, 28)


def test_what_is_great_enough_is_all_told():
    cells = Cells({"a": 30, "b": 40, "all": 70}, [Sum("all", ("a", "b"))])
    assert withheld(cells, PUBLIC) == set()


def test_partners_are_told_smaller_counts_and_who_works_with_them_all():
    cells = Cells({"a": 7, "b": 40, "all": 47}, [Sum("all", ("a", "b"))])
    assert len(withheld(cells, PUBLIC)) == 2
    assert withheld(cells, Audience.PARTNER) == set()
    few = Cells({"a": 1, "b": 0, "all": 1}, [Sum("all", ("a", "b"))], parents={"b": "all"})
    assert withheld(few, Audience.PARTNER) == {"a", "b", "all"}
    assert withheld(few, Audience.OWN) == set()


def test_two_small_parts_hide_each_other_only_where_their_sum_leaves_room():
    close = Cells({"a": 3, "b": 4, "c": 30, "all": 37}, [Sum("all", ("a", "b", "c"))])
    assert withheld(close, PUBLIC) == {"a", "b", "c"}  # together seven: no room for ten
    apart = Cells({"a": 6, "b": 7, "c": 30, "all": 43}, [Sum("all", ("a", "b", "c"))])
    assert withheld(apart, PUBLIC) == {"a", "b"}


def test_of_a_small_parent_not_even_a_zero_is_told():
    counts = {"asked": 1, "yes": 1, "no": 0, "of yes": 0}
    parents = {"yes": "asked", "no": "asked", "of yes": "yes"}
    cells = Cells(counts, [Sum("asked", ("yes", "no"))], parents=parents)
    assert small(cells, TEN) == set(counts)
    large = Cells({"asked": 50, "yes": 50, "no": 0}, [Sum("asked", ("yes", "no"))],
                  parents={"yes": "asked", "no": "asked"})  # fmt: skip
    assert withheld(large, PUBLIC) == set()


def test_people_who_stand_in_several_parts_bound_the_whole_too():
    several = [*people("all", ("a", "b")), AtMost("a", ("asked",))]
    cells = Cells({"a": 9, "b": 12, "all": 17, "asked": 12}, bounds=several)
    assert too_much(cells, {"a"}, TEN) == {"a": (5, 12)}
    gone = withheld(cells, PUBLIC)
    assert "a" in gone
    assert not too_much(cells, gone, TEN)


def test_a_bound_that_the_counts_break_is_said():
    assert list(Cells({"a": 3, "b": 2}, bounds=[AtMost("a", ("b",))]).wrong())
    assert list(Cells({"a": 3, "b": 2, "all": 4}, [Sum("all", ("a", "b"))]).wrong())
    assert not list(Cells({"a": 3, "b": 2, "all": 5}, [Sum("all", ("a", "b"))]).wrong())


def test_what_was_shown_cannot_be_withheld_any_more():
    cells = Cells({"a": 3, "b": 40, "all": 43}, [Sum("all", ("a", "b"))])
    assert withheld(cells, PUBLIC, shown={"b"}) == {"a", "all"}
    assert withheld(cells, PUBLIC, shown={"all"}) == {"a", "b"}
    with pytest.raises(CannotBeHidden) as refused:
        withheld(cells, PUBLIC, shown={"b", "all"})
    assert refused.value.key == "a"
    with pytest.raises(CannotBeHidden):
        withheld(cells, PUBLIC, shown={"a"})


def test_what_was_withheld_stays_withheld():
    cells = Cells({"a": 30, "b": 40, "all": 70}, [Sum("all", ("a", "b"))])
    gone = withheld(cells, PUBLIC, hidden={"a"})
    assert "a" in gone
    assert not too_much(cells, gone, TEN)


@pytest.mark.parametrize("seed", range(2))
def test_eight_quarters_one_after_the_other_give_nothing_away(seed):
    nation = Nation(seed)
    shown, hidden = set(), set()
    for number in range(1, len(QUARTERS) + 1):
        cells = nation.published(QUARTERS[:number])
        assert not list(cells.wrong())
        hidden = withheld(cells, PUBLIC, shown, hidden)
        assert not hidden & shown
        shown = cells.counts.keys() - hidden
    assert not too_much(cells, hidden, TEN)
    first = small(cells, TEN)
    assert first <= hidden
    assert any(cells.counts[key] for key in too_much(cells, first, TEN)), "the attack sees nothing"
