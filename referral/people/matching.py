"""Is this the person who was here before? A judge after Fellegi and Sunter (1969).

Every field that agrees or differs adds the logarithm of how much more often it does so between
two records of one person than between two people. A rare name that agrees counts for more than a
common one. The sum ranks; whether the first may be offered as *the same person* is a rule that can
be read, in `certainty`.
"""

from collections.abc import Callable, Sequence
from heapq import nlargest
from math import log2
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler

from referral.people import likeness
from referral.people.certainty import Namesakes, confident
from referral.people.comparison import AGREES, Comparison, NameLikeness
from referral.people.likeness import Like
from referral.people.names import in_use, same_forename, sound
from referral.people.reasons import in_words
from referral.people.traits import Called, Traits, of_line
from referral.people.weights import Weights, shipped_weights

MOST = 10
MOST_COMPARED = 40
NOWHERE = "none"  # stands in no line of traits
RARE = -13.0  # the logarithm of one in 8,000: a rare surname says as much as an address
LEAST = 2.0  # bits; who is less alike is not worth showing to anybody


class _Part(NamedTuple):
    """How one part of a name is like another; its weight, and the share of people as like."""

    like: Like
    bits: float
    chance: float


class Judge:
    """Compares one person as typed with many as kept; remembers what it has compared."""

    def __init__(self, asked: Traits, weights: Weights | None = None) -> None:
        self.weights = weights or shipped_weights()
        self.asked = asked
        self._bits = self.weights.bits
        self._seen: dict[tuple[str, str, str], _Part] = {}
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
        weight = best.weight - log2(len(each))
        return best._replace(weight=weight, earlier=place > 0, besides=_besides(each[0], best))

    def _name(self, mine: Called, theirs: Called) -> NameLikeness:
        forename = self._part("forename", mine.forename, theirs.forename)
        surname = self._part("surname", mine.surname, theirs.surname)
        middle = likeness.of_middles(mine.middle, theirs.middle)
        best = _called(theirs, forename, surname, middle, self._bits["middle"][middle])
        if forename.like is Like.OTHER and (
            _begin_alike(mine.forename, theirs.middle) or _begin_alike(mine.middle, theirs.forename)
        ):
            best = max(best, self._by_middle(mine, theirs, surname))
        if surname.like not in AGREES and (
            _begin_alike(mine.forename, theirs.surname)
            or _begin_alike(mine.surname, theirs.forename)
        ):
            best = max(best, self._swapped(mine, theirs, middle))
        return best

    def _by_middle(self, mine: Called, theirs: Called, surname: _Part) -> NameLikeness:
        """They go by their middle name."""
        one = self._part("forename", mine.forename, theirs.middle)
        other = self._part("forename", mine.middle, theirs.forename)
        forename = max(one, other, key=lambda part: part.bits)
        found = _called(theirs, forename, surname, Like.UNKNOWN, self._bits["order"]["middle"])
        return found._replace(by_middle=True)

    def _swapped(self, mine: Called, theirs: Called, middle: Like) -> NameLikeness:
        """The surname was written where the forename belongs."""
        forename = self._part("forename", mine.surname, theirs.forename)
        surname = self._part("surname", mine.forename, theirs.surname)
        more = self._bits["middle"][middle] + self._bits["order"]["swapped"]
        return _called(theirs, forename, surname, middle, more)._replace(swapped=True)

    def _part(self, role: str, mine: str, theirs: str) -> _Part:
        key = (role, mine, theirs)
        if (known := self._seen.get(key)) is None:
            compared = likeness.of_forenames if role == "forename" else likeness.of_surnames
            like = compared(mine, theirs)
            if like in {Like.NEAR, Like.FORM} and self._two_names(role, mine, theirs):
                like = Like.KIN if like is Like.FORM else Like.USUAL
            weighed = self.weights.of_name, self.weights.chance_of_name
            known = self._seen[key] = _Part(like, *(weigh(role, like, theirs) for weigh in weighed))
        return known

    def _two_names(self, role: str, mine: str, theirs: str) -> bool:
        """Whether people bear both by themselves: Sean and Dean, Hunt and Hunter, Tom and Thomas.

        Then they are not only a slip or a short form: one house may have a child of either name.
        """
        if role == "surname":
            usual = self.weights.surnames
            return mine in usual and theirs in usual and sound(mine) != sound(theirs)
        usual = self.weights.forenames
        short, full = sorted((mine, theirs), key=len)
        if (mine in usual and theirs in usual) or full == short + "a":  # Michael, Michaela
            return True
        both_listed = {mine, theirs} <= in_use()
        return both_listed and not same_forename(mine, theirs) and sound(mine) != sound(theirs)

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


def _called(
    theirs: Called, forename: _Part, surname: _Part, middle: Like, more: float
) -> NameLikeness:
    weight = forename.bits + surname.bits + more
    chance = forename.chance + surname.chance
    rare = surname.like is Like.SAME and surname.chance <= RARE
    return NameLikeness(
        weight, forename.like, surname.like, middle, theirs=theirs, chance=chance, rare=rare
    )


def _besides(now: NameLikeness, best: NameLikeness) -> bool:
    """Whether only a name that they give besides has the forename, under the surname of the house.

    It may be their twin who is called so. With a surname of its own it is a whole name of theirs.
    """
    own = now.forename in AGREES and not now.by_middle
    of_its_own = best.surname in AGREES and now.surname not in AGREES
    return best.forename in AGREES and not own and not of_its_own


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


def _of_nobody(_: Called) -> Namesakes:
    return Namesakes(0, 0)


def judge(
    asked: Traits,
    kept: Sequence[Kept],
    namesakes: Callable[[Called], Namesakes] = _of_nobody,
) -> list[Judgement]:
    """The kept people, likeliest first, at most ten; only the first can be confidently the same.

    `namesakes` counts the people on record who have a name.
    """
    judge_ = Judge(asked)
    compared = [(judge_.compare(of_line(one.line)), one.number) for one in _shortlist(asked, kept)]
    compared.sort(key=lambda pair: (-pair[0].score, pair[1]))
    shared = sum(comparison.phone is Like.SAME for comparison, _ in compared) > 1
    likes = [comparison for comparison, _ in compared]
    sure = confident(likes, shared, judge_.weights, namesakes)
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
