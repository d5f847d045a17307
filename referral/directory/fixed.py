"""The codes on which rules of the product hang, as `codelists.csv` marks them.

They can be called something else, and neither ended nor had twice. A list of which every code is
marked is closed: there is no rule for a code more.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

LISTS = Path(__file__).parent / "data" / "codelists.csv"


def _marked() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    fixed: dict[str, set[str]] = {}
    free = set()
    with LISTS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            codes = fixed.setdefault(row["list"], set())
            if row["fixed"]:
                codes.add(row["code"])
            else:
                free.add(row["list"])
    return {name: frozenset(codes) for name, codes in fixed.items()}, frozenset(fixed.keys() - free)


_FIXED, CLOSED = _marked()
FIXED: Mapping[str, frozenset[str]] = _FIXED


def is_fixed(list_name: str, code: str) -> bool:
    """Whether a rule of the product hangs on a code of a list."""
    return code in FIXED.get(list_name, ())
