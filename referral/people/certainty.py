"""Whether the likeliest may be offered as the same person: a rule that can be read.

Three things together: the rule of what has to agree and what must not differ; nobody else who is
nearly as like; and enough evidence for all of Scotland. The last counts how common the combination
of both names is among the people on record, so that a John Smith needs more than a birth date.
"""

from collections.abc import Callable, Sequence
from math import log2
from typing import NamedTuple

from referral.people.comparison import AGREES, Comparison, NameLikeness
from referral.people.likeness import Like
from referral.people.traits import Called
from referral.people.weights import Weights

BORN = {Like.SAME, Like.SWAPPED}
# The shares of names that ship weigh as much as so many people on record: among a hundred, two of
# one name do not make it a common one.
THOUGHT_OF = 20_000


class Namesakes(NamedTuple):
    """How many people on record have both names besides one of them, and how many are on record."""

    others: int
    known: int


def confident(
    compared: Sequence[Comparison],
    shared_phone: bool,
    weights: Weights,
    namesakes: Callable[[Called], Namesakes],
) -> bool:
    """Whether the first may be offered as the same person: the rule holds for them alone.

    The best come first. `namesakes` counts the people on record who have a name.
    """
    if not compared or not _rule(compared[0], shared_phone):
        return False
    first, *rivals = compared
    if any(_sure(rival, shared_phone, weights) or _is_twin(rival) for rival in rivals):
        return False
    if rivals and first.score - rivals[0].score < weights.ahead:
        return False
    if first.s_number is Like.SAME:
        return True
    return _evidence(first, namesakes(first.name.theirs)) >= weights.sure


def _sure(found: Comparison, shared_phone: bool, weights: Weights) -> bool:
    """The rule holds, and enough speaks for it; an S-number is given to one person alone."""
    enough = found.score >= weights.sure or found.s_number is Like.SAME
    return enough and _rule(found, shared_phone)


def _is_twin(rival: Comparison) -> bool:
    """Whether a twin of theirs has the name that was given as middle name, or gives it besides."""
    return rival.name.a_twins and rival.name.surname in AGREES and rival.birth in BORN


def _evidence(found: Comparison, namesakes: Namesakes) -> float:
    """The bits that speak for it where so many people have these names.

    The score takes forename and surname to come together by chance. They do not: of the people
    called Mohammed many are called Khan. And what is in no list of frequent names may be rarer yet.
    Of names that are only alike others are as like too, so that the count can but take off.
    """
    name = found.name
    by_chance = 2.0**name.chance
    share = (namesakes.others + THOUGHT_OF * by_chance) / (namesakes.known + THOUGHT_OF)
    if name.forename is not Like.SAME or name.surname is not Like.SAME:
        share = max(share, by_chance)
    return found.score + name.chance - log2(share)


def _rule(found: Comparison, shared_phone: bool) -> bool:
    """An S-number or a phone of their own and a name; or the birth date and both names.

    Nothing recorded may contradict it: sex, S-number, birth date. The birth date counts as typed or
    with day and month changed about. Same surname and birth date with another forename is a twin,
    whom a middle name or one that is given besides may belong to; same names with another birth
    date, or with none, is a father or a son, at one address and on one phone perhaps. A new surname
    is made up for by the address or the phone, one small error in the birth date by those or the
    middle name.
    """
    name = found.name
    if _contradicted(found):
        return False
    forename, surname = name.forename in AGREES, name.surname in AGREES
    if found.s_number is Like.SAME and (forename or surname):
        return True
    if not forename or name.a_twins or _another_child(name):
        return False
    own_phone = found.phone is Like.SAME and not shared_phone
    if own_phone and surname:
        return True
    reached = own_phone + (found.postcode is Like.SAME)
    if found.birth in BORN:
        return surname or bool(reached)
    agreeing = reached + (name.middle is Like.SAME)
    if found.birth is Like.UNKNOWN or not agreeing:
        return False
    return surname and agreeing + name.rare > _slips(name)


def _another_child(name: NameLikeness) -> bool:
    """Whether the forename is only alike, and the middle name another: a brother or sister."""
    return name.forename is not Like.SAME and name.middle is Like.OTHER


def _contradicted(found: Comparison) -> bool:
    """Whether something that is recorded says that they are two people."""
    others = found.sex, found.s_number
    return Like.OTHER in others or found.birth in {Like.OTHER, Like.FAR}


def _slips(name: NameLikeness) -> int:
    """How many of the two names are not as recorded."""
    return (name.forename is not Like.SAME) + (name.surname is not Like.SAME)
