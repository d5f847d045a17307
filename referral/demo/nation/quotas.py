"""Which life comes next, so that the shares stay as they were published, and where it is held."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from referral.demo.nation.calibration import (
    AGREED,
    CENTRES,
    CHILDREN,
    DISCLOSED,
    RETURNS,
    referred,
    sizes,
)

NEAR = timedelta(days=40)  # a life of the last year is that of one as old, or a little younger
DONE = timedelta(days=400)  # from then on everything of a life is over
MOST_OWED = 8.0  # what cannot be had is not made up for by all that is had besides
TRIED = 7  # of so many lives the one that fits best comes next


@dataclass(frozen=True)
class Counted:
    """What one rehearsed life adds to the shares: its stays, and of how many of them each is so."""

    began: datetime
    stays: int
    is_over: bool
    agreed: int
    referred: int
    children: int
    needs: tuple[int, ...]
    held: tuple[int, ...]  # stays at each place it was held

    @property
    def sums(self) -> tuple[float, ...]:
        """In the order of `shares`."""
        return (*self.needs, self.referred, self.agreed, self.children, self.stays - 1)


def shares(passed: float) -> tuple[float, ...]:
    """The shares wanted after a part of the ten years: needs, referred, agreed, children, back."""
    share = referred(passed)
    return (*DISCLOSED.values(), share, AGREED * share, CHILDREN, RETURNS)


class Choice:
    """Chooses among the rehearsed lives, and remembers how far the shares are from what is due."""

    def __init__(self, lives: Sequence[Counted], dice: Random, now: datetime) -> None:
        self.dice = dice
        self.now = now
        self.lives = lives
        self.owed = [0.0] * len(shares(0))
        kinds: Sequence[Callable[[Counted], bool]] = (
            lambda one: not one.agreed,
            lambda one: bool(one.referred),
            lambda one: bool(one.agreed) and not one.referred,
            lambda one: bool(one.children),
        )
        order = sorted(range(len(lives)), key=lambda n: lives[n].began)
        self.kinds = [[n for n in order if is_so(lives[n])] for is_so in kinds]
        self.over = [[n for n in some if lives[n].is_over] for some in self.kinds]
        self.begins = [[lives[n].began for n in some] for some in self.kinds]

    def next(self, at: datetime, passed: float, most: int) -> int | None:
        """The number of a life that may begin at a moment, with at most so many stays.

        None where there is none as young or as short as that.
        """
        wanted = shares(passed)
        found = [n for n in self._tried(at) if self.lives[n].stays <= most]
        if not found:
            return None
        return min(found, key=lambda n: self._off(self.lives[n], wanted))

    def count(self, number: int, passed: float) -> None:
        """This life is written, so that another share is due."""
        one = self.lives[number]
        self.owed = [
            max(-MOST_OWED, min(MOST_OWED, owed + share * one.stays - had))
            for owed, share, had in zip(self.owed, shares(passed), one.sums, strict=True)
        ]

    def _off(self, one: Counted, wanted: Sequence[float]) -> float:
        after: Iterable[float] = (
            (owed + share * one.stays - had) * (owed + share * one.stays - had) / share
            for owed, share, had in zip(self.owed, wanted, one.sums, strict=True)
        )
        return sum(after)

    def _tried(self, at: datetime) -> list[int]:
        found: list[int] = []
        for kind, many in enumerate((TRIED, 2, 1, 1)):
            some = self._of_age(kind, at)
            if some:
                found += self.dice.choices(some, k=many)
        return found

    def _of_age(self, kind: int, at: datetime) -> Sequence[int]:
        """Those who began then or later, so that nothing of them is still to come."""
        if self.now - at > DONE:
            return self.over[kind]
        begins = self.begins[kind]
        first = bisect_left(begins, at)
        return self.kinds[kind][first : max(bisect_right(begins, at + NEAR), first + 1)]


class Cells:
    """How many stays are still to begin at each centre."""

    def __init__(self, bookings: int, dice: Random) -> None:
        self.left = sizes(bookings)
        self.dice = dice

    def held(self, stays: Sequence[int]) -> list[int] | None:
        """A centre for each place where somebody was held, as many stays at each.

        They are in one region where there is room. None where there is room nowhere.
        """
        found: list[int] = []
        for many in stays:
            place = self._room(many, found)
            if place is None:
                for taken, count in zip(found, stays, strict=False):
                    self.left[taken] += count
                return None
            found.append(place)
            self.left[place] -= many
        return found

    def _room(self, many: int, taken: Sequence[int]) -> int | None:
        region = CENTRES[taken[0]].region if taken else None
        free = [
            left if left >= many and number not in taken else 0
            for number, left in enumerate(self.left)
        ]
        near = [
            room if region in {None, CENTRES[number].region} else 0
            for number, room in enumerate(free)
        ]
        room = list(accumulate(near if any(near) else free))
        return self.dice.choices(range(len(room)), cum_weights=room)[0] if room[-1] else None
