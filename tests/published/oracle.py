"""The fewest counts of a table to withhold, by the optimal suppression of Tau-Argus.

`python oracle.py SEED` in a process of its own, since the engine answers once in each. Development
only (pytauargus, EUPL-1.2): nothing of it is in the product.
"""

import json
import os
import subprocess
import sys
import tempfile
from random import Random

from pytauargus import protect

Table = dict[tuple[str, str], int]


def table(seed: int) -> Table:
    """Rows and columns of counts, a good part of them small."""
    dice = Random(seed)
    rows, columns = dice.randint(4, 9), dice.randint(3, 6)
    mean = dice.choice([15, 30, 60])
    return {(f"r{row}", f"c{column}"): int(dice.expovariate(1 / mean))
            for row in range(rows) for column in range(columns)}  # fmt: skip


def fewest(seed: int, least: int = 10) -> int:
    """How many counts, totals too, the optimal suppression withholds of the table of a seed."""
    asked = [sys.executable, __file__, str(seed), str(least)]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return int(json.loads(told.splitlines()[-1])["withheld"])


def _ask(seed: int, least: int) -> None:
    counts = table(seed)
    of_each = [key for key, count in counts.items() for _ in range(count)]
    micro = {"row": [row for row, _ in of_each], "column": [column for _, column in of_each],
             "one": [1.0] * len(of_each)}  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        rule = f"FREQ({least},20)"
        made = protect(micro, ["row", "column"], response="one", safety_rules=rule,
                       suppress="OPT(1)", workdir=folder)  # fmt: skip
        shown = list(made.tables[0].safe())
    print(json.dumps({"withheld": shown.count("x")}))


if __name__ == "__main__":
    _ask(*map(int, sys.argv[1:]))
