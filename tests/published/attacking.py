"""Attack what would be published, and print what was found: `make attack-reports`.

So many nations by seed, eight quarters one after the other and their years, areas that overlap; the
same with one protection switched off, where the attack must find something; and single tables
beside the optimum. Ends with 1 where anything is given away.
"""

import sys
from collections.abc import Hashable

from published.attack import too_much
from published.nations import QUARTERS, Nation
from published.oracle import fewest, table

from referral.published.audiences import THRESHOLDS, Audience
from referral.published.cells import Cells, Sum
from referral.published.withholding import small, withheld

LEAST = THRESHOLDS[Audience.PUBLIC]
TABLES = 40
Hidden = set[Hashable]


def in_turn(nation: Nation, *, register: bool = True) -> tuple[Cells, Hidden]:
    """All that was published in the end, and what of it is withheld.

    Without the register each quarter is protected as if nothing had been published before it.
    """
    shown: Hidden = set()
    hidden: Hidden = set()
    for number in range(1, len(QUARTERS) + 1):
        cells = nation.published(QUARTERS[:number])
        known = (shown, hidden) if register else ()
        fresh = withheld(cells, Audience.PUBLIC, *known)
        hidden = fresh if register else fresh - shown
        shown = shown | (cells.counts.keys() - hidden)
    return cells, hidden


def two_way(seed: int) -> Cells:
    """One of the tables of the oracle, with its totals."""
    counts = dict(table(seed))
    rows, columns = ({key[n] for key in counts} for n in (0, 1))
    sums = [Sum((row, "all"), tuple((row, one) for one in columns)) for row in rows]
    sums += [Sum(("all", one), tuple((row, one) for row in rows)) for one in columns]
    sums += [Sum(("all", "all"), tuple((row, "all") for row in rows))]
    sums += [Sum(("all", "all"), tuple(("all", one) for one in columns))]
    for one in sums:
        counts[one.whole] = sum(counts[part] for part in one.parts)
    return Cells(counts, sums)


def attacked(seeds: range, *, whole: bool) -> int:
    """How many withheld counts are known better than to the threshold."""
    found = 0
    for seed in seeds:
        cells, hidden = in_turn(Nation(seed, councils=3 if whole else 4))
        found += len(given := too_much(cells, hidden, LEAST, whole=whole))
        for key, ends in given.items():
            print(f"seed {seed}: {key} lies in {ends}")
    return found


def switched_off(seed: int) -> dict[str, int]:
    """What is given away without each of the three protections."""
    nation = Nation(seed)
    cells, _ = in_turn(nation)
    alone = small(cells, LEAST)
    zeros = {key for key, count in cells.counts.items() if 0 < count < LEAST}
    told = withheld(Cells(cells.counts, cells.sums), Audience.PUBLIC)
    apart, hidden = in_turn(nation, register=False)
    return {
        "secondary suppression": len(too_much(cells, alone, LEAST)),
        "the rule of zeros": len(alone - zeros - told),
        "the register": len(too_much(apart, hidden, LEAST)),
    }


def main(sets: int, wholes: int) -> int:
    """Print the figures; 1 where something was given away, or nothing without a protection."""
    found = attacked(range(sets), whole=False)
    print(f"{sets} nations, linear: {found} withheld counts known to less than {LEAST}")
    exact = attacked(range(wholes), whole=True)
    print(f"{wholes} nations, whole numbers: {exact}")
    blind = 0
    for name, seen in switched_off(0).items():
        print(f"without {name}: {seen} given away")
        blind += not seen
    ours = sum(len(withheld(two_way(seed), Audience.PUBLIC)) for seed in range(TABLES))
    best = sum(fewest(seed) for seed in range(TABLES))
    print(f"{TABLES} single tables: {ours} withheld, the optimum {best}: {ours / best:.2f}")
    return 1 if found or exact or blind or ours > 1.2 * best else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
