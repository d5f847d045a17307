"""Medians and ninetieth percentiles, exact, from how many took how many whole hours or days."""

from collections.abc import Mapping


def within_which(many: Mapping[int, int], percent: int) -> float | None:
    """The value within which so many in a hundred lie; None of nobody.

    Where it falls between two values it is the middle of both, so that 50 is the median:
    definition 2 of Hyndman and Fan, Sample quantiles in statistical packages (1996).
    """
    total = sum(many.values())
    if not total:
        return None
    place, over = divmod(total * percent, 100)
    low = _value_at(many, place if over else max(place - 1, 0))
    high = _value_at(many, min(place, total - 1))
    return low if low == high else (low + high) / 2


def _value_at(many: Mapping[int, int], place: int) -> int:
    """The value at a place, counted from nought, of all put in order."""
    before = 0
    for value, number in sorted(many.items()):
        before += number
        if place < before:
            return value
    raise IndexError(place)
