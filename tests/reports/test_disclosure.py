"""Nothing that is shown gives a small count away."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from referral.reports.disclosure import LEAST, Status, protect, protect_parts, share

counts = st.integers(0, 40)


@given(counts)
def test_a_small_count_is_never_shown_and_every_other_is_near_the_truth(count):
    shown = protect(count)
    if 0 < count < LEAST:
        assert shown.value is None
        assert shown.status is Status.WITHHELD
    else:
        assert abs(shown.value - count) <= 2
        assert shown.value % 5 == 0


def test_no_withheld_part_can_be_worked_out_from_all_that_is_shown():
    """Of all ways in which up to three counts below ten stand together."""
    totals_of = {protect(n).value: set() for n in range(40)}
    for parts in (each for size in (1, 2, 3) for each in product(range(10), repeat=size)):
        shown, whole = protect_parts({str(n): count for n, count in enumerate(parts)}, sum(parts))
        ranges = [range(low, high + 1) for low, high in (part.range for part in shown.values())]
        totals = {value: set() for value in totals_of}
        for table in product(*ranges):
            totals.setdefault(protect(sum(table)).value, set()).add(table)
        every = set().union(*totals.values())
        possible = every if whole.value is None else totals[whole.value]
        for n, part in enumerate(shown.values()):
            if part.value is None:
                assert len({table[n] for table in possible}) > 1, parts


def test_a_share_needs_a_whole_of_twenty():
    assert share(protect(10), protect(40)) == 25
    assert share(protect(10), protect(15)) is None
    assert share(protect(3), protect(40)) is None
