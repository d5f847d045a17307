"""Names as they are compared: one spelling, one sound, and the short forms that belong together."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from jellyfish import metaphone
from nicknames import NickNamer

FORMS = Path(__file__).parent / "data" / "forms_of_names.toml"
WITHOUT_DECOMPOSITION = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)
MAC = re.compile(r"^m(?:a?c|['’`´])[\s'’]*(?=\w{3})")
NOT_A_LETTER = re.compile(r"[^a-z0-9-]+")
# Scots and Gaelic spellings that an English phonetic code takes for other sounds
SPOKEN = (
    ("mh", "v"),
    ("bh", "v"),
    ("dh", "d"),
    ("gh", "k"),
    ("ch", "k"),
    ("th", "t"),
    ("ph", "f"),
    ("mps", "ms"),
    ("cz", "ch"),
    ("sz", "sh"),
)
HARD = str.maketrans("0BDGVZJX", "TPTKFSKS")  # heard through a cell door, b and p are one
ENDING = re.compile(r"(?:ie|y)$")
LEAST_STEM = 3
MOST_SOUNDS = 200_000


@lru_cache(MOST_SOUNDS)
def fold(name: str) -> str:
    """One spelling for Mac, Mc and M', O', accents and capitals; a hyphen between two names stays.

    The result has only the letters a to z, digits and single hyphens.
    """
    plain = unicodedata.normalize("NFKD", name.strip().casefold().translate(WITHOUT_DECOMPOSITION))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"\s*[-‐‑–]+\s*", "-", plain)
    parts = (NOT_A_LETTER.sub("", MAC.sub("mc", part)) for part in plain.split("-"))
    return "-".join(part for part in parts if part)


@lru_cache(MOST_SOUNDS)
def sound(folded: str) -> str:
    """How a folded name sounds, roughly: Docherty and Dougherty, Stewart and Steward are one."""
    said = folded.replace("-", "")
    for written, spoken in SPOKEN:
        said = said.replace(written, spoken)
    code = metaphone(said).translate(HARD).replace(" ", "")
    return (code[:1].translate(str.maketrans("AEIOU", "AAAAA")) + code[1:]) or said


@lru_cache(MOST_SOUNDS)
def forms(forename: str) -> frozenset[str]:
    """The full names that a folded forename may stand for, itself among them."""
    known = _known_forms().canonicals_of(forename) if forename else set()
    return frozenset({forename, *known, *_scots_forms().get(forename, ())})


def same_forename(one: str, other: str) -> bool:
    """Whether two folded forenames can be one name: Bill and William, Con and Connor.

    Where no list knows the short form, it is the beginning of the full one.
    """
    short, full = sorted((one, other), key=len)
    stem = ENDING.sub("", short)
    begins = len(stem) >= LEAST_STEM and full.startswith(stem)
    return begins or not forms(one).isdisjoint(forms(other))


@cache
def _known_forms() -> NickNamer:
    return NickNamer()


@cache
def _scots_forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for full, short_forms in tomllib.loads(FORMS.read_text(encoding="utf-8")).items():
        for short in short_forms:
            found.setdefault(short, []).append(full)
    return {short: tuple(full) for short, full in found.items()}
