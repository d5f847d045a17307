"""Which life comes next, so that the shares stay as they were published, and where it is held."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
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
DRAWN = 12  # times a place is drawn among all before only those are looked at where there is room
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
        self.stays = [one.stays for one in lives]
        self.had = [[(n, had) for n, had in enumerate(one.sums) if had] for one in lives]
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
        return min(found, key=self._off(wanted))

    def count(self, number: int, passed: float) -> None:
        """This life is written, so that another share is due."""
        one = self.lives[number]
        due = zip(self.owed, shares(passed), one.sums, self.most_owed, strict=True)
        self.owed = [
            max(-most, min(most, owed + share * one.stays - had)) for owed, share, had, most in due
        ]

    def _off(self, wanted: Sequence[float]) -> Callable[[int], float]:
        """How far off the shares are after a life, less what is the same for each of them.

        That is the sum of (owed + share x stays - had)^2 / share, multiplied out, since hardly
        any life has much of anything. No debt presses more than another, however old.
        """
        owed = [max(-AT_ONCE, min(AT_ONCE, much)) for much in self.owed]
        a_stay = 2 * sum(owed)
        shares_in_all = sum(wanted)
        pressing = [2 * much / share for much, share in zip(owed, wanted, strict=True)]
        had_of = self.had
        stays_of = self.stays

        def off(number: int) -> float:
            stays = stays_of[number]
            found = stays * (a_stay + shares_in_all * stays)
            for measure, had in had_of[number]:
                found += had * (had / wanted[measure] - pressing[measure] - 2 * stays)
            return found

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
) -> Sequence[tuple[int, int]]:
    """Which life is written, and how many seconds ago it begins, about the latest first.

    It is made from today on backwards: of the last year there are few lives to choose among, and
    what they leave owing the years before make up for.
    """
    in_all = 30 + MOST_OWED * bookings
    most_owed = (*(in_all for _ in DISCLOSED), AT_ONCE, AT_ONCE, in_all, in_all)
    choice = Choice(lives, dice, now, most_owed)
    found: list[tuple[int, int]] = []
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
        found.append((number, int((now - at).total_seconds())))
    return found


class Rooms:
    """How many stays of each year are still to begin at each centre: each year is as published."""

    def __init__(self, stays: Mapping[int, int], dice: Random) -> None:
        self.left = dict(_by_year(stays))
        self.open = {year: [max(0, one) for one in left] for year, left in self.left.items()}
        self.dice = dice

    def held(self, stays: Sequence[Sequence[int]]) -> list[int]:
        """A centre for each place where somebody was held, in which years the stays there begin.

        They are in one region where there is room; where there is room nowhere, one has too many.
        """
        found: list[int] = []
        for years in stays:
            place = self._room(years, found)
            found.append(place)
            for year in years:
                self.left[year][place] -= 1
                self.open[year][place] = max(0, self.left[year][place])
        return found

    def _room(self, years: Sequence[int], taken: Sequence[int]) -> int:
        """A place by its room: drawn among all of them, and again where it does not suit."""
        region = CENTRES[taken[0]].region if taken else None
        sums = list(accumulate(self.open[years[0]]))
        for _ in range(DRAWN if sums[-1] else 0):
            place = bisect_right(sums, self.dice.random() * sums[-1])
            suits = region in {None, CENTRES[place].region} and place not in taken
            if suits and self._most(years, place):
                return place
        return self._any_room(years, taken, region)

    def _any_room(self, years: Sequence[int], taken: Sequence[int], region: str | None) -> int:
        free = [
            0 if number in taken else self._most(years, number) for number in range(len(CENTRES))
        ]
        near = [
            room if region in {None, CENTRES[number].region} else 0
            for number, room in enumerate(free)
        ]
        room = list(accumulate(near if any(near) else free))
        if room[-1]:
            return self.dice.choices(range(len(room)), cum_weights=room)[0]
        apart = [number for number in range(len(CENTRES)) if number not in taken]
        return max(apart, key=lambda number: min(self.left[year][number] for year in years))

    def _most(self, years: Sequence[int], place: int) -> int:
        """How often stays of these years can be at a place."""
        return min(self.open[year][place] // years.count(year) for year in years)


def _by_year(stays: Mapping[int, int]) -> Iterator[tuple[int, list[int]]]:
    """How many stays begin at each centre in each year: what is rounded off comes later."""
    so_far = 0
    before = sizes(0)
    for year in sorted(stays):
        so_far += stays[year]
        after = sizes(so_far)
        yield year, [all_of - had for all_of, had in zip(after, before, strict=True)]
        before = after
