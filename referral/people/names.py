"""Names as they are compared: one spelling, one sound, and the short forms that belong together."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from jellyfish import metaphone
from nicknames import NickNamer, name_triplets

KINDS = ("short", "spelling", "kin")
FORMS = Path(__file__).parent / "data" / "forms_of_names.toml"
WITHOUT_DECOMPOSITION = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
    | {"ħ": "h", "ŧ": "t", "ŋ": "n", "ə": "e"}
    | dict.fromkeys("’‘‛`´ʼʻʹʽ′＇ʾʿ", "'")
)
MAC = re.compile(r"^m(?:a?c|')[\s']*(?=\w{3})")
HYPHENS = re.compile(r"\s*[-‐‑‒–—−]+\s*")
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
# what is written where there is no name, as it is folded; it is nobody's name
NO_NAME = {
    *("unknown", "notknown", "nameunknown", "unknownname", "unknownmale", "unknownfemale"),
    *("refused", "refuses", "refusedname", "refusestosay", "refusedtosay", "notgiven"),
    *("notstated", "notdisclosed", "notrecorded", "nameless", "noname", "unnamed", "anonymous"),
    *("xx", "xxx"),
}
MOST_SOUNDS = 200_000


@lru_cache(MOST_SOUNDS)
def fold(name: str) -> str:
    """One spelling for Mac, Mc and M', O', accents and capitals; a hyphen between two names stays.

    The result has only letters, digits and single hyphens; in another script it stays as it is.
    """
    plain = unicodedata.normalize("NFKD", name.strip().casefold().translate(WITHOUT_DECOMPOSITION))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    parts = (_letters(MAC.sub("mc", part)) for part in HYPHENS.sub("-", plain).split("-"))
    return "-".join(part for part in parts if part)


def _letters(text: str) -> str:
    """Letters and digits of any script, and the vowel signs that some scripts write beside them."""
    return "".join(one for one in text if one.isalnum() or unicodedata.category(one)[0] == "M")


def is_named(folded: str) -> bool:
    """Whether it is a name, not the words for not knowing it or not being told it."""
    return folded.replace("-", "") not in NO_NAME


@lru_cache(MOST_SOUNDS)
def sound(folded: str) -> str:
    """How a folded name sounds, roughly: Docherty and Dougherty, Stewart and Steward are one."""
    said = folded.replace("-", "")
    if not said.isascii():
        return said
    for written, spoken in SPOKEN:
        said = said.replace(written, spoken)
    code = metaphone(said).translate(HARD).replace(" ", "")
    return (code[:1].translate(str.maketrans("AEIOU", "AAAAA")) + code[1:]) or said


@lru_cache(MOST_SOUNDS)
def forms(forename: str) -> frozenset[str]:
    """The names under which somebody of a folded forename may be recorded, itself among them.

    Wide, since it decides only where to look.
    """
    known = _listed().canonicals_of(forename) if forename else set()
    fulls = {full for kind in KINDS for full in _fulls(kind).get(forename, ())}
    spelt = (_table()["spelling"].get(one, ()) for one in {forename, *fulls})
    return frozenset({forename, *known, *fulls}).union(*spelt)


def one_spelling(one: str, other: str) -> bool:
    """Whether two folded forenames are spellings of one name: Euan and Ewan."""
    return _of_one_line("spelling", one, other)


def same_forename(one: str, other: str) -> bool:
    """Whether two folded forenames can be one name, as Bill and William.

    One line of the kept table must name both. Nothing follows from two lines.
    """
    return _of_one_line("short", one, other) or one_spelling(one, other)


def akin(one: str, other: str) -> bool:
    """Whether two folded forenames may belong together: no more than a reason to look.

    They are forms of one third name, stand together in a wide list, or one begins the other.
    """
    short, full = sorted((one, other), key=len)
    stem = ENDING.sub("", short)
    begins = len(stem) >= LEAST_STEM and full.startswith(stem)
    return begins or not forms(one).isdisjoint(forms(other))


@cache
def in_use() -> frozenset[str]:
    """The forenames that are in some list, so that they are hardly a slip for another."""
    tables = chain.from_iterable(_table()[kind].items() for kind in KINDS)
    kept = chain.from_iterable((full, *others) for full, others in tables)
    return frozenset(kept).union(*((one.name1, one.name2) for one in name_triplets()))


def _of_one_line(kind: str, one: str, other: str) -> bool:
    known = _fulls(kind)
    return other in known.get(one, ()) or one in known.get(other, ())


@cache
def _listed() -> NickNamer:
    return NickNamer()


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    written = tomllib.loads(FORMS.read_text(encoding="utf-8"))
    return {
        kind: {fold(full): [fold(other) for other in others] for full, others in lines.items()}
        for kind, lines in written.items()
    }


@cache
def _fulls(kind: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for full, others in _table()[kind].items():
        for other in others:
            found[other] = (*found.get(other, ()), full)
    return found
