"""By when half, and by when nine in ten, were done: from how many took how long."""

from collections.abc import Mapping

HALF, NINE_IN_TEN = (1, 2), (9, 10)


def middle(lengths: Mapping[int, int], share: tuple[int, int] = HALF) -> int | None:
    """The shortest length within which that share was done; None of nobody.

    `lengths` has how many took so many whole hours or days. The nearest rank is taken, so that it
    is a length that somebody took, and no fraction is rounded.
    """
    part, whole = share
    every = sum(lengths.values())
    done = 0
    for length in sorted(lengths):
        done += lengths[length]
        if every and done * whole >= every * part:
            return length
    return None
