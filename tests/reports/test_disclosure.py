"""Nothing that is shown gives a small count away."""

from itertools import product

from hypothesis import given, settings
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


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_no_withheld_part_can_be_worked_out_from_all_that_is_shown(parts):
    shown, whole = protect_parts({str(n): count for n, count in enumerate(parts)}, sum(parts))
    ranges = [range(low, high + 1) for low, high in (part.range for part in shown.values())]
    totals = {protect(n).value: set() for n in range(40)}
    for table in product(*ranges):
        totals.setdefault(protect(sum(table)).value, set()).add(table)
    possible = set().union(*totals.values()) if whole.value is None else totals[whole.value]
    for n, part in enumerate(shown.values()):
        if part.value is None:
            assert len({table[n] for table in possible}) > 1


def test_a_share_needs_a_whole_of_twenty():
    assert share(protect(10), protect(40)) == 25
    assert share(protect(10), protect(15)) is None
    assert share(protect(3), protect(40)) is None
