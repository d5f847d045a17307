"""Counts rounded one by one: for a desk that hears what became of a month, and on the machine.

Counts from one to four are withheld and all others are rounded to the nearest five, each for
itself, so that no difference between shown counts gives a small one away. Both are common practice
in official statistics for small numbers; a true zero is shown, because nobody stands behind it.
Where a total would still leave one possible value for a withheld part, it is withheld too. Who
looks again when a count has grown can still learn more than one look tells: what others read is
made into editions, which are protected beside all that was published.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LEAST = 5
BASE = 5
FEWEST_FOR_A_SHARE = 20


class Status(StrEnum):
    """Why a number stands here, or does not."""

    EXACT = "exact"
    ROUNDED = "rounded"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Shown:
    """A count as it may be told: None where it is withheld."""

    value: int | None
    status: Status

    @property
    def range(self) -> tuple[int, int]:
        """The smallest and the largest count that it may stand for."""
        if self.value is None:
            return 1, LEAST - 1
        if self.value == 0 or self.status is Status.EXACT:
            return self.value, self.value
        half = BASE // 2
        return max(LEAST, self.value - half), self.value + half


def exact(count: int) -> Shown:
    """For those who work the cases and see them anyway."""
    return Shown(count, Status.EXACT)


def protect(count: int) -> Shown:
    """For everybody else."""
    if 0 < count < LEAST:
        return Shown(None, Status.WITHHELD)
    return Shown(max(LEAST, BASE * ((count + BASE // 2) // BASE)) if count else 0, Status.ROUNDED)


def protect_parts(parts: Mapping[str, int], total: int) -> tuple[dict[str, Shown], Shown]:
    """Parts that add up to a total, with the total."""
    shown = {name: protect(count) for name, count in parts.items()}
    whole = protect(total)
    if any(not _open(name, shown, whole) for name in shown if shown[name].value is None):
        whole = Shown(None, Status.WITHHELD)
    return shown, whole


def _open(name: str, shown: Mapping[str, Shown], whole: Shown) -> bool:
    """Whether at least two values are possible for a withheld part, given everything shown."""
    others = [part.range for other, part in shown.items() if other != name]
    least, most = whole.range
    low = max(1, least - sum(high for _, high in others))
    high = min(LEAST - 1, most - sum(low for low, _ in others))
    return high > low


def share(part: Shown, whole: Shown) -> int | None:
    """Whole percent; None where either is withheld or the whole is too small to speak of shares."""
    if part.value is None or whole.value is None or whole.value < FEWEST_FOR_A_SHARE:
        return None
    return min(100, round(100 * part.value / whole.value))
