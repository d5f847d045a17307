"""The words under which somebody is found, and what may be meant by what was typed.

Both sides go through the one folding of a name, so that whatever is written as recorded, without
accents, with Mac for Mc, in one word or in several, is found.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, pairwise
from typing import NamedTuple

from referral.people.names import fold
from referral.people.traits import Traits, distinct, phone, s_number
from referral.web.reading import Unreadable, birth_date

MOST_WORDS = 4  # of a search; more are read as written in one word with the last
LEAST_DIGITS = 4  # of a telephone number
APART = re.compile(r"[\s\-‐‑–,.]+")
DAY = re.compile(r"(?<!\d)\d{1,4}[ ./-]\d{1,2}[ ./-]\d{2,4}(?!\d)")
MAC = re.compile(r"^mac")
OWN = re.compile(r"['’]s?(?!\w)")  # of somebody
RUN = re.compile(r"(?<!\d)\+?\d[\d ]{5,}\d")
POLICE = re.compile(r"\b[sS]\d[\dA-Za-z/]{4,}")


class Typed(NamedTuple):
    """What was typed into a search: each reading is a row of words, each of them in its spellings.

    `names` and `born` are what the matcher of the desk is asked, `digits` what a telephone number
    may end with.
    """

    readings: tuple[tuple[tuple[str, ...], ...], ...]
    reference: str
    names: tuple[str, ...]
    born: date | None
    digits: str = ""


def words_of(names: Iterable[str], births: Iterable[date | None], numbers: Traits) -> str:
    """All words under which somebody is found, each after a space: parts of names and numbers."""
    folded = (word for name in names for word in _spelt(name))
    days = (day.strftime("%Y%m%d") for day in births if day)
    other = (number.lower() for number in (*numbers.phones, *numbers.s_numbers))
    return "".join(f" {word}" for word in distinct([*folded, *days, *other]))


def _spelt(name: str) -> Iterator[str]:
    yield fold(name).replace("-", "")
    yield from (fold(part) for part in APART.split(name))


def typed(text: str, today: date) -> Typed:
    """Everything that may be meant: names in any order, a birth date, a number, a reference."""
    said = DAY.search(text)
    born = _born(said[0], today) if said else None
    rest = DAY.sub(" ", text) if born else text
    number = _number(rest)
    parts = [] if number else [part for part in APART.split(rest) if fold(part)]
    day = ((born.strftime("%Y%m%d"),),) if born else ()
    rows: tuple[tuple[tuple[str, ...], ...], ...] = (((number,), *day),)
    if not number:
        rows = tuple((*map(_spellings, words), *day) for words in _joined(parts))
    names = tuple(name for name in rest.split() if fold(name) and not number)
    digits = number if number.isdigit() else ""
    return Typed(rows if rows != ((),) else (), rest.strip().upper(), names, born, digits)


def tells_who(text: str, today: date) -> Iterator[tuple[str, ...]]:
    """Each row of words in a text by which somebody is known: two names in a row, a day, a number.

    They are spelt as in the words under which somebody is found.
    """
    plain = OWN.sub(" ", text)
    yield from pairwise(filter(None, map(fold, APART.split(plain))))
    days = (_born(said[0], today) for said in DAY.finditer(plain))
    yield from ((day.strftime("%Y%m%d"),) for day in days if day)
    yield from ((phone(run),) for run in RUN.findall(plain))
    yield from ((s_number(run).lower(),) for run in POLICE.findall(plain))


def ends_so(words: str, digits: str) -> bool:
    """Whether a telephone number among the words of somebody ends with these digits.

    Birth dates and S-numbers stand there too, and none of them begins as a number does.
    """
    return any(word.startswith("0") and word.endswith(digits) for word in words.split())


def _joined(parts: list[str]) -> list[tuple[str, ...]]:
    """The parts as they stand, and every way to write some that follow each other in one word."""
    first, last = parts[: MOST_WORDS - 1], parts[MOST_WORDS - 1 :]
    words = [*first, "".join(last)] if last else first
    cuts = [cut for many in range(len(words)) for cut in combinations(range(1, len(words)), many)]
    rows = []
    for cut in cuts:
        edges = (0, *cut, len(words))
        rows.append(tuple("".join(words[start:end]) for start, end in pairwise(edges)))
    return rows or [()]


def _spellings(word: str) -> tuple[str, ...]:
    """A word folded; the beginning of a Mac is that of a Mc too."""
    folded = fold(word)
    return distinct([folded, MAC.sub("mc", folded)])


def _number(text: str) -> str:
    """A telephone or S-number, as it is kept; empty where a name or reference was typed."""
    if re.fullmatch(r"[\d+() ./-]+", text.strip()) and len(phone(text)) >= LEAST_DIGITS:
        return phone(text)
    return s_number(text).lower() if re.fullmatch(r"[sS]\d[\d/ A-Za-z]*", text.strip()) else ""


def _born(text: str, today: date) -> date | None:
    """The birth date that was typed among names, read as in every form; None for none."""
    try:
        return birth_date(text, today)
    except Unreadable:
        return None
