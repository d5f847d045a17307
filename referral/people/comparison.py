"""One person beside another: in which respects they are alike."""

from typing import NamedTuple

from referral.people.likeness import Like
from referral.people.traits import Called

AGREES = {Like.SAME, Like.FORM, Like.NEAR, Like.PART}


class NameLikeness(NamedTuple):
    """How a name as typed is like one name of a person, and what that weighs in bits."""

    weight: float
    forename: Like
    surname: Like
    middle: Like
    swapped: bool = False
    by_middle: bool = False
    earlier: bool = False
    besides: bool = False  # the forename is one that they give besides, under the same surname
    theirs: Called = Called("", "", "")  # the name it is like
    chance: float = 0.0  # the logarithm of the share of people whose names are as like
    rare: bool = False  # the same surname, and few people have it

    @property
    def a_twins(self) -> bool:
        """Whether the forename is not the one they go by now, and a twin may be called so."""
        return self.by_middle or self.besides


class Comparison(NamedTuple):
    """A person as typed beside a person as kept: each likeness and the sum of their weights."""

    score: float
    name: NameLikeness
    birth: Like
    sex: Like
    postcode: Like
    phone: Like
    s_number: Like
