"""Is this the person who was here before? A judge after Fellegi and Sunter (1969).

Every field that agrees or differs adds the logarithm of how much more often it does so between
two records of one person than between two people. A rare name that agrees counts for more than a
common one. The sum ranks; whether the first may be offered as *the same person* is a rule that can
be read: `_rule` below.
"""

from collections.abc import Callable, Sequence
from heapq import nlargest
from math import log2
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler

from referral.people import likeness
from referral.people.comparison import AGREES, Comparison, NameLikeness
from referral.people.likeness import Like
from referral.people.names import sound
from referral.people.reasons import in_words
from referral.people.traits import Called, Traits, of_line
from referral.people.weights import Weights, shipped_weights

MOST = 10
MOST_COMPARED = 40
NOWHERE = "none"  # stands in no line of traits
LEAST = 2.0  # bits; who is less alike is not worth showing to anybody


class Judge:
    """Compares one person as typed with many as kept; remembers what it has compared."""

    def __init__(self, asked: Traits, weights: Weights | None = None) -> None:
        self.weights = weights or shipped_weights()
        self.asked = asked
        self._bits = self.weights.bits
        self._seen: dict[tuple[str, str, str], tuple[Like, float]] = {}
        self._births: dict[tuple[str, ...], tuple[Like, float]] = {}

    def compare(self, kept: Traits) -> Comparison:
        """How alike the two are, in every respect."""
        asked, bits = self.asked, self._bits
        name = self._names(kept)
        birth, birth_bits = self._birth(kept.births)
        sex = _sexes(asked.sex, kept.sex)
        postcode = self._postcode(kept.postcodes)
        phone = self._number("phone", asked.phones, kept.phones)
        s_number = self._number("s_number", asked.s_numbers, kept.s_numbers)
        score = name.weight + birth_bits + bits["sex"][sex] + bits["postcode"][postcode]
        score += bits["phone"][phone] + bits["s_number"][s_number]
        return Comparison(score, name, birth, sex, postcode, phone, s_number)

    def _names(self, kept: Traits) -> NameLikeness:
        mine = self.asked.names[0]
        if len(kept.names) == 1:
            return self._name(mine, kept.names[0])
        each = [self._name(mine, theirs) for theirs in kept.names]
        place = max(range(len(each)), key=lambda number: each[number].weight)
        best = each[place]
        return best._replace(weight=best.weight - log2(len(each)), earlier=place > 0)

    def _name(self, mine: Called, theirs: Called) -> NameLikeness:
        forename, forename_bits = self._part("forename", mine.forename, theirs.forename)
        surname, surname_bits = self._part("surname", mine.surname, theirs.surname)
        middle = likeness.of_middles(mine.middle, theirs.middle)
        weight = forename_bits + surname_bits + self._bits["middle"][middle]
        best = NameLikeness(weight, forename, surname, middle)
        if forename is Like.OTHER and (
            _begin_alike(mine.forename, theirs.middle) or _begin_alike(mine.middle, theirs.forename)
        ):
            best = max(best, self._by_middle(mine, theirs, surname, surname_bits))
        if surname not in AGREES and (
            _begin_alike(mine.forename, theirs.surname)
            or _begin_alike(mine.surname, theirs.forename)
        ):
            best = max(best, self._swapped(mine, theirs, middle))
        return best

    def _by_middle(
        self, mine: Called, theirs: Called, surname: Like, surname_bits: float
    ) -> NameLikeness:
        """They go by their middle name."""
        one = self._part("forename", mine.forename, theirs.middle)
        other = self._part("forename", mine.middle, theirs.forename)
        forename, bits = max(one, other, key=lambda part: part[1])
        weight = bits + surname_bits + self._bits["order"]["middle"]
        return NameLikeness(weight, forename, surname, Like.UNKNOWN, by_middle=True)

    def _swapped(self, mine: Called, theirs: Called, middle: Like) -> NameLikeness:
        """The surname was written where the forename belongs."""
        forename, forename_bits = self._part("forename", mine.surname, theirs.forename)
        surname, surname_bits = self._part("surname", mine.forename, theirs.surname)
        weight = forename_bits + surname_bits + self._bits["middle"][middle]
        weight += self._bits["order"]["swapped"]
        return NameLikeness(weight, forename, surname, middle, swapped=True)

    def _part(self, role: str, mine: str, theirs: str) -> tuple[Like, float]:
        key = (role, mine, theirs)
        if (known := self._seen.get(key)) is None:
            compared = likeness.of_forenames if role == "forename" else likeness.of_surnames
            like = compared(mine, theirs)
            if like is Like.NEAR and self._two_names(role, mine, theirs):
                like = Like.USUAL
            known = self._seen[key] = like, self.weights.of_name(role, like, theirs)
        return known

    def _two_names(self, role: str, mine: str, theirs: str) -> bool:
        """Whether both are usual names, as Sean and Dean or Hunt and Hunter: not only a slip."""
        usual = self.weights.forenames if role == "forename" else self.weights.surnames
        return mine in usual and theirs in usual and sound(mine) != sound(theirs)

    def _birth(self, kept: tuple[str, ...]) -> tuple[Like, float]:
        if not self.asked.births or not kept:
            return Like.UNKNOWN, 0.0
        if (known := self._births.get(kept)) is None:
            likes = [likeness.of_births(self.asked.births[0], born) for born in kept]
            best = max(likes, key=self._bits["birth"].__getitem__)
            known = self._births[kept] = best, self._bits["birth"][best]
        return known

    def _postcode(self, kept: tuple[str, ...]) -> Like:
        if not self.asked.postcodes or not kept:
            return Like.UNKNOWN
        likes = [likeness.of_postcodes(self.asked.postcodes[0], code) for code in kept]
        return max(likes, key=self._bits["postcode"].__getitem__)

    def _number(self, role: str, asked: tuple[str, ...], kept: tuple[str, ...]) -> Like:
        if not asked or not kept:
            return Like.UNKNOWN
        likes = [likeness.of_numbers(asked[0], number) for number in kept]
        return max(likes, key=self._bits[role].__getitem__)


def _begin_alike(one: str, other: str) -> bool:
    return bool(one) and one[:1] == other[:1]


def _sexes(one: str, other: str) -> Like:
    if one in {"M", "F"} and other in {"M", "F"}:
        return Like.SAME if one == other else Like.OTHER
    return Like.UNKNOWN


class Judgement(NamedTuple):
    """One person's likeness to the one asked for, with the reasons in plain words."""

    number: int
    score: float
    confident: bool
    why: tuple[str, ...]


class Kept(NamedTuple):
    """Somebody who shares keys with the person asked for: the worth of those keys, their traits."""

    number: int
    worth: int
    line: str


def judge(asked: Traits, kept: Sequence[Kept]) -> list[Judgement]:
    """The kept people, likeliest first, at most ten; only the first can be confidently the same."""
    judge_ = Judge(asked)
    compared = [(judge_.compare(of_line(one.line)), one.number) for one in _shortlist(asked, kept)]
    compared.sort(key=lambda pair: (-pair[0].score, pair[1]))
    shared = sum(comparison.phone is Like.SAME for comparison, _ in compared) > 1
    sure = _confident([comparison for comparison, _ in compared], shared, judge_.weights)
    return [
        Judgement(number, comparison.score, sure and not place, in_words(comparison, shared))
        for place, (comparison, number) in enumerate(compared[:MOST])
        if comparison.score >= LEAST
    ]


def _shortlist(asked: Traits, kept: Sequence[Kept]) -> Sequence[Kept]:
    """Those worth a full comparison: the likest at first sight.

    A birth date alone is shared with a hundred others among a million.
    """
    return nlargest(MOST_COMPARED, kept, _at_first_sight(asked)) if kept[MOST_COMPARED:] else kept


def _at_first_sight(asked: Traits) -> Callable[[Kept], float]:
    """How alike two people are in a hasty look.

    Numbered are the keys they share, their names as they are now, a same address and birth date.
    """
    forename, _, surname = asked.names[0]
    code = asked.postcodes[0] if asked.postcodes else NOWHERE
    born = asked.births[0] if asked.births else NOWHERE
    alike = JaroWinkler.similarity

    def look(one: Kept) -> float:
        _, worth, line = one
        theirs = line[: line.find("|")].split(";", 1)[0].split(",")
        seen = worth / 2 + alike(forename, theirs[0]) + alike(surname, theirs[2])
        return seen + 1.5 * (code in line) + 0.75 * (born in line)

    return look


def _confident(compared: Sequence[Comparison], shared: bool, weights: Weights) -> bool:
    """Whether the first may be offered as the same person: the rule holds for them alone."""
    if not compared or not _rule(compared[0], shared) or compared[0].score < weights.sure:
        return False
    rivals = compared[1:]
    if any(rival.score >= weights.sure and _rule(rival, shared) for rival in rivals):
        return False
    return not rivals or compared[0].score - rivals[0].score >= weights.ahead


def _rule(found: Comparison, shared_phone: bool) -> bool:
    """An S-number or a phone of their own and a name; or the birth date and both names.

    The birth date counts as typed or with day and month changed about. Same surname and birth date
    with another forename is a twin, who may bear it as a middle name; same names with another birth
    date is a father or a son, on one phone perhaps.
    """
    name = found.name
    if found.birth is Like.OTHER or found.s_number is Like.OTHER:
        return False
    if found.s_number is Like.SAME and (name.forename in AGREES or name.surname in AGREES):
        return True
    born = found.birth in {Like.SAME, Like.SWAPPED}
    surname = name.surname in AGREES
    if name.forename not in AGREES or name.by_middle:
        return False
    own_phone = found.phone is Like.SAME and not shared_phone
    return (born or surname) if own_phone else (born and surname)
