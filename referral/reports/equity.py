"""For whom: ethnicity in the six groups of Scotland’s census of 2022, limits by disability,
and the language in which to speak with them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

# by how the codes of the list begin; one that an administrator adds stands where it says it does
GROUPS: Mapping[str, str] = {
    "W": "White",
    "M": "Mixed or multiple ethnic groups",
    "A": "Asian, Scottish Asian or British Asian",
    "F": "African, Scottish African or British African",
    "C": "Caribbean or Black",
    "O": "Other ethnic group",
}
NOT_ASKED = "Not asked"
SEXES: Mapping[str, str] = {"F": "Female", "M": "Male", "X": "Another way"}
# by the lowest age
AGES: Mapping[str, tuple[int, str]] = {
    "under-18": (0, "under 18"),
    "18-24": (18, "18 to 24"),
    "25-34": (25, "25 to 34"),
    "35-44": (35, "35 to 44"),
    "45-54": (45, "45 to 54"),
    "55-more": (55, "55 or older"),
}
ENGLISH = "en"  # as which a person counts of whom nobody said another language
HOMES: Mapping[str, str] = {
    "same": "in the council of the custody centre",
    "near": "elsewhere in its police division",
    "away": "elsewhere in Scotland",
}


def group_of(code: str, names: Mapping[str, str]) -> str:
    """The group of an ethnicity by its code; what is in none is called as the list calls it."""
    start, dash, _ = code.partition("-")
    return GROUPS[start] if dash and start in GROUPS else names.get(code, code)


def last_said(rows: Iterable[tuple[UUID, str | None]], named: Mapping[str, str]) -> dict[str, int]:
    """People by the latest answer that each gave, in words; the later rows come later."""
    said: dict[UUID, str | None] = {}
    for person_id, code in rows:
        said[person_id] = code or said.get(person_id)
    counted = Counter(named.get(code, code) if code else NOT_ASKED for code in said.values())
    return dict(sorted(counted.items(), key=lambda one: (one[0] == NOT_ASKED, one[0])))
