"""How far a share may be off by chance alone."""

from math import ceil, floor, sqrt

SURE = 1.959964  # standard deviations to each side, so that it holds 95 times in 100


def between(part: int, of: int) -> tuple[int, int]:
    """The whole percents between which the share lies, 95 times in 100; `of` is not nought.

    The score interval: Wilson, Probable inference, the law of succession, and statistical
    inference, Journal of the American Statistical Association 22 (1927), 209-212.
    """
    share = part / of
    spread = SURE**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = SURE * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(floor(100 * (middle - half)), 0), min(ceil(100 * (middle + half)), 100)
