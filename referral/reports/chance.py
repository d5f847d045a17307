"""How far a share, or the difference of two, may be off by chance alone.

Of a share the score interval: Wilson, Probable inference, the law of succession, and statistical
inference, Journal of the American Statistical Association 22 (1927), 209-212. Of a difference that
made of two of these: Newcombe, Interval estimation for the difference between independent
proportions, Statistics in Medicine 17 (1998), 873-890, method 10. Both take people one by one.
"""

from math import ceil, floor, sqrt

SURE = 1.959964  # standard deviations to each side, so that it holds 95 times in 100


def exactly(part: int, of: int) -> tuple[float, float]:
    """Between which of 0 and 1 the share lies, 95 times in 100; `of` is not nought."""
    share = part / of
    spread = SURE**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = SURE * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return middle - half, middle + half


def between(part: int, of: int) -> tuple[int, int]:
    """The whole percents between which the share lies, 95 times in 100; `of` is not nought."""
    low, high = exactly(part, of)
    return max(floor(100 * low), 0), min(ceil(100 * high), 100)


def more_by(part: int, of: int, before: int, of_before: int) -> tuple[int, int]:
    """The whole points between which a share is greater than that of before, 95 times in 100."""
    low, high = exactly(part, of)
    low_before, high_before = exactly(before, of_before)
    share = part / of
    was = before / of_before
    down = sqrt((share - low) ** 2 + (high_before - was) ** 2)
    up = sqrt((high - share) ** 2 + (was - low_before) ** 2)
    return max(floor(100 * (share - was - down)), -100), min(ceil(100 * (share - was + up)), 100)
