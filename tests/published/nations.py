"""Small nations by seed: areas that overlap, a ladder with four answers a step, eight quarters."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

from referral.published.cells import Cells, Sum

QUARTERS = tuple(f"2025-Q{n}" if n < 5 else f"2026-Q{n - 4}" for n in range(1, 9))
STATES = ("reached", "not reached", "not yet", "unknown")
STEPS = ("asked", "agreed")


class Nation:
    """What happened, by council and quarter; every table of it can be asked for."""

    def __init__(self, seed: int, councils: int = 4) -> None:
        dice = Random(seed)
        self.councils = [f"council {n}" for n in range(councils)]
        middle = dice.randint(1, councils - 1)
        other = dice.sample(self.councils, councils)
        self.areas: dict[str, Sequence[str]] = {one: [one] for one in self.councils}
        self.areas |= {"board A": self.councils[:middle], "board B": self.councils[middle:]}
        self.areas |= {"division A": other[:2], "division B": other[2:]}
        self.areas |= {"Scotland": self.councils}
        self.counts: dict[tuple[str, str, str], int] = {}
        for council in self.councils:
            size = dice.choice([1, 4, 15, 60])
            for quarter in QUARTERS:
                self._play(dice, council, quarter, int(dice.expovariate(1 / size)))

    def _play(self, dice: Random, council: str, quarter: str, booked: int) -> None:
        self.counts[council, "booked", quarter] = left = booked
        for step in STEPS:
            said = [dice.choices(STATES, (5, 3, 1, 1))[0] for _ in range(left)]
            for state in STATES:
                self.counts[council, f"{step} {state}", quarter] = said.count(state)
            left = said.count("reached")

    def published(self, quarters: Sequence[str]) -> Cells:
        """All that stands in the tables of these quarters, and in those of each whole year."""
        names = list(dict.fromkeys(name for _, name, _ in self.counts))
        periods = {one: [one] for one in quarters}
        for year in ("2025", "2026"):
            if len(of_year := [one for one in quarters if one.startswith(year)]) == 4:
                periods[year] = of_year
        counts, sums, parents = {}, [], {}
        for area, councils in self.areas.items():
            for name in names:
                for period, months in periods.items():
                    key = (area, name, period)
                    counts[key] = sum(self.counts[c, name, m] for c in councils for m in months)
                    if councils != [area]:
                        sums.append(Sum(key, tuple((one, name, period) for one in councils)))
                    if months != [period]:
                        sums.append(Sum(key, tuple((area, name, one) for one in months)))
            for period in periods:
                for whole, parts in ladder():
                    told = tuple((area, part, period) for part in parts)
                    sums.append(Sum((area, whole, period), told))
                    parents |= dict.fromkeys(told, (area, whole, period))
        return Cells(counts, sums, parents=parents)


def ladder() -> Iterator[tuple[str, list[str]]]:
    """Each step with the answers that add up to it."""
    for before, step in pairwise(("booked", *STEPS)):
        whole = before if before == "booked" else f"{before} reached"
        yield whole, [f"{step} {state}" for state in STATES]
