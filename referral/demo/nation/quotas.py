"""Which life comes next, so that the shares stay as they were published, and where it is held."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import accumulate
from random import Random

from referral.demo.nation.calibration import (
    AGREED,
    CENTRES,
    CHILDREN,
    DISCLOSED,
    RETURNS,
    SPAN,
    referred,
    sizes,
)

YOUNGER = 0.6  # of its age a life may be younger than it should, while it goes on
DAY = timedelta(days=1)
DONE = timedelta(days=400)  # from then on everything of a life is over
MOST_OWED = (
    0.01  # of all bookings: what cannot be had is not made up for by all that is had besides
)
AT_ONCE = 5.0  # stays: no more of a debt presses, and what grows over the years owes no more
TRIED = 8  # of so many lives and half as many more the one that fits best comes next


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

    def __init__(
        self, lives: Sequence[Counted], dice: Random, now: datetime, most_owed: Sequence[float]
    ) -> None:
        self.dice = dice
        self.most_owed = most_owed
        self.now = now
        self.lives = lives
        self.owed = [0.0] * len(shares(0))
        kinds: Sequence[Callable[[Counted], bool]] = (
            lambda one: not one.agreed,
            *(partial(_adds, measure) for measure in range(len(self.owed))),
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
        tried = self._tried(at)
        found = [n for n in tried if self.lives[n].stays <= most]
        if not found:
            return None
        return min(found, key=lambda n: self._off(self.lives[n], wanted))

    def count(self, number: int, passed: float) -> None:
        """This life is written, so that another share is due."""
        one = self.lives[number]
        due = zip(self.owed, shares(passed), one.sums, self.most_owed, strict=True)
        self.owed = [
            max(-most, min(most, owed + share * one.stays - had)) for owed, share, had, most in due
        ]

    def _off(self, one: Counted, wanted: Sequence[float]) -> float:
        """How far off the shares are after it. No debt presses more than another however old."""
        off = 0.0
        for owed, share, had in zip(self.owed, wanted, one.sums, strict=True):
            after = max(-AT_ONCE, min(AT_ONCE, owed)) + share * one.stays - had
            off += after * after / share
        return off

    def _tried(self, at: datetime) -> list[int]:
        """Some who said no, and some of those who have a thing that is owed."""
        found: list[int] = []
        owed = [1 + measure for measure, much in enumerate(self.owed) if much > 0] or [0]
        for kind, many in ((0, TRIED), (self.dice.choice(owed), TRIED // 2)):
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
        return self.kinds[kind][
            first : max(bisect_right(begins, at + (self.now - at) * YOUNGER), first + 1)
        ]


def _adds(measure: int, one: Counted) -> bool:
    """Whether a life has what a share counts."""
    return one.sums[measure] > 0


def plan(
    bookings: int, lives: Sequence[Counted], dice: Random, now: datetime
) -> Iterator[tuple[int, int]]:
    """Which life is written, and how many seconds ago it begins, the earliest first.

    It is made from today on backwards: of the last year there are few lives to choose among, and
    what they leave owing the years before make up for.
    """
    in_all = 30 + MOST_OWED * bookings
    most_owed = (*(in_all for _ in DISCLOSED), AT_ONCE, AT_ONCE, in_all, in_all)
    choice = Choice(lives, dice, now, most_owed)
    numbers = array("H")
    ago = array("l")
    left = bookings
    while left:
        passed = left / bookings
        at = now - SPAN * (1 - passed) - SPAN / bookings * dice.random()
        number = choice.next(at, passed, left)
        while number is None:  # nobody so young was rehearsed
            at -= DAY * dice.random()
            number = choice.next(at, passed, left)
        choice.count(number, passed)
        left -= lives[number].stays
        numbers.append(number)
        ago.append(int((now - at).total_seconds()))
    return zip(reversed(numbers), reversed(ago), strict=True)


class Cells:
    """How many stays are still to begin at each centre."""

    def __init__(self, bookings: int, dice: Random) -> None:
        self.left = sizes(bookings)
        self.dice = dice

    def held(self, stays: Sequence[int]) -> list[int]:
        """A centre for each place where somebody was held, as many stays at each.

        They are in one region where there is room; where there is room nowhere, one has too many.
        """
        found: list[int] = []
        for many in stays:
            place = self._room(many, found)
            found.append(place)
            self.left[place] -= many
        return found

    def _room(self, many: int, taken: Sequence[int]) -> int:
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
        if room[-1]:
            return self.dice.choices(range(len(room)), cum_weights=room)[0]
        apart = [number for number in range(len(free)) if number not in taken]
        return max(apart, key=lambda number: self.left[number])
