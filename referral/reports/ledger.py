"""The needs that nobody could take: by need and week for one team, and never by name."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from referral.directory.weeks import week_of


@dataclass(frozen=True)
class LedgerRow:
    """One need with its number in each week, and in all of them."""

    need: str
    weeks: tuple[int, ...]
    whole: int


@dataclass(frozen=True)
class Ledger:
    """The unmet needs of a team, the most frequent first; nothing where there was none."""

    weeks: tuple[date, ...]
    rows: tuple[LedgerRow, ...]


def ledger_of(noted: Iterable[tuple[str, date]], weeks: Sequence[date]) -> Ledger:
    """Count (need, day) pairs within these weeks."""
    counted = Counter((need, week_of(day)) for need, day in noted if week_of(day) in weeks)
    totals = Counter[str]()
    for (need, _), number in counted.items():
        totals[need] += number
    most_first = sorted(totals, key=lambda need: (-totals[need], need))
    rows = [
        LedgerRow(need, tuple(counted[need, week] for week in weeks), totals[need])
        for need in most_first
    ]
    return Ledger(tuple(weeks), tuple(rows))
