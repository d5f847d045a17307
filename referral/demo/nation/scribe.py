"""Who writes a nation: which life comes next, where, when and of whom."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from referral.clock import day_of, midnight
from referral.demo.nation.calibration import AT_HOME, CENTRES
from referral.demo.nation.cells import Cells
from referral.demo.nation.copies import Copyist, Counters, Event, Place, Sheets, Told
from referral.demo.nation.people import someone
from referral.demo.nation.quotas import Rooms, plan
from referral.demo.nation.regions import Land
from referral.demo.nation.scores import Score
from referral.demo.nation.templates import Template
from referral.demo.nation.turns import InTurn
from referral.journey.facts import whole_seconds

LATELY = 28 * 24 * 60 * 60  # seconds: acts of these weeks can be taken back
SETTLED = 400 * 24 * 60 * 60
WEEK = 7 * 24 * 60 * 60
TWO_HOURS = 2 * 60 * 60
A_BOOK = 1_000  # bookings
# The last day of the small demo tells of these days; what the nation did in them waits for it.
UNDER_WAY = timedelta(days=41)


@dataclass(frozen=True)
class Book:
    """Some bookings as the engine takes them, and the events whose turn has come.

    `held` are the events that wait for the last day of the demo: the last book has them.
    """

    bookings: int
    sheets: Mapping[str, Any]
    columns: Mapping[str, tuple[str, ...]]
    trail: Sequence[Event]
    orders: int  # the last number of any table that counts its rows, and of the traits
    traits: int
    held: Sequence[Event] = ()


class Begins(NamedTuple):
    """A planned life: how many seconds ago it begins, its number, and how far it is moved."""

    ago: int
    number: int
    shift: int


@dataclass
class Scribe:
    """Writes so many bookings in books. It needs no database and can work anywhere."""

    bookings: int
    scores: Sequence[Score]
    land: Land
    cells: Cells
    counters: Counters
    dice: Random
    now: datetime

    def books(self) -> Iterator[Book]:
        """All of them, the earliest lives first."""
        self.desks = [self._place(number) for number in range(len(CENTRES))]
        self.templates: dict[tuple[int, bool, str], Template] = {}
        self.since = [self._ago(score.first) for score in self.scores]
        self.held = [
            [[self._ago(began) for began in place] for place in score.held] for score in self.scores
        ]
        self.new_years = [-self._ago(first) for first in new_years(self.now)]
        self.turns = InTurn()
        copyist = Copyist(self.cells, self.counters, self.dice, whole_seconds(self.now))
        wanted = A_BOOK
        many = 0
        planned = self._planned()
        years = Counter(year for life in planned for place in self._years(life) for year in place)
        self.free = Rooms(years, self.dice)
        for life in planned:
            if many >= wanted:
                yield self._book(copyist, many, self._day_before(life.ago))
                many = 0
            many += self._life(copyist, life)
        yield self._last(copyist, many)

    def _planned(self) -> Sequence[Begins]:
        lives = plan(self.bookings, [one.counted for one in self.scores], self.dice, self.now)
        begins = [self._begins(number, ago) for number, ago in lives]
        return sorted(begins, key=lambda one: one.ago, reverse=True)

    def _begins(self, number: int, ago: int) -> Begins:
        """Into the past by whole weeks and some minutes; of those who began lately, exactly."""
        shift = min(self.since[number] - ago, 0)
        if ago > SETTLED:
            shift = shift // WEEK * WEEK + self.dice.randrange(TWO_HOURS)
        return Begins(self.since[number] - shift, number, shift)

    def _years(self, life: Begins) -> Sequence[Sequence[int]]:
        """At each place where a life is held, in which financial years its stays begin."""
        shift = life.shift
        return [
            [bisect_right(self.new_years, shift - ago) for ago in place]
            for place in self.held[life.number]
        ]

    def _ago(self, moment: datetime) -> int:
        """How many seconds ago it was, or one less."""
        return int((self.now - moment) // timedelta(seconds=1))

    def _life(self, copyist: Copyist, life: Begins) -> int:
        """The next one of the plan; how many bookings it has."""
        found = self.scores[life.number]
        held = self.free.held(self._years(life))
        shift = life.shift
        lately = min(map(min, self.held[life.number])) - shift < LATELY
        template = self._template(life.number, lately, CENTRES[held[0]].region)
        copyist.write(template, found.known_by, self._told(found, held, shift), found.began)
        return found.counted.stays

    def _told(self, found: Score, held: Sequence[int], shift: int) -> Told:
        centre = CENTRES[held[0]]
        areas = self.land.regions[centre.region].homes
        homes = [self.dice.choice(areas) for _ in range(found.homes)]
        if homes and self.dice.random() < AT_HOME:
            homes[0] = centre.council
        moved = timedelta(seconds=shift)
        born = found.born + timedelta(days=moved.days) if found.born else None
        who = someone(self.dice, born, day_of(found.first + moved), found.phones, found.texts)
        return Told(who, shift, [self.desks[number] for number in held], homes)

    def _template(self, number: int, lately: bool, region: str) -> Template:
        key = (number, lately, region)
        if key not in self.templates:
            here = self.land.regions[region]
            known: dict[Any, Any] = {**here.numbers, **here.words}
            self.templates[key] = Template(self.scores[number].pattern(lately), self.cells, known)
        return self.templates[key]

    def _place(self, number: int) -> Place:
        desk = self.land.desks[number]
        cell = self.cells.of
        return Place(
            cell(desk.number), str(desk.number), cell(desk.officer), str(desk.officer),
            desk.officer_name,
        )  # fmt: skip

    def _day_before(self, ago: int) -> str:
        """Before this day no life says anything that begins so many seconds ago or later."""
        lead = max(score.first - score.earliest for score in self.scores)
        moment = self.now - timedelta(seconds=ago + 1) - lead
        return min(moment, self.now - UNDER_WAY).date().isoformat()

    def _last(self, copyist: Copyist, many: int) -> Book:
        """The book of the last lives."""
        until = (self.now - UNDER_WAY).date().isoformat()
        return self._book(copyist, many, until, ends=True)

    def _book(self, copyist: Copyist, many: int, until: str, *, ends: bool = False) -> Book:
        """What the copyist wrote, and what happened before a day."""
        done = copyist.sheets
        copyist.sheets = Sheets()
        self.turns.take(done.trail)
        count = self.cells.count
        keys = [(count(key), count(number)) for key, number in done.keys]
        rows = {**done.rows, "person_traits": done.traits, "person_key": keys}
        trail = self.turns.before(until)
        return Book(
            many,
            {table: self.cells.sheet(some) for table, some in rows.items()},
            {**done.columns, **RECOGNISED},
            trail,
            max(self.counters.orders.values()),
            self.counters.traits,
            self.turns.rest() if ends else (),
        )


def new_years(now: datetime) -> Sequence[datetime]:
    """When the financial years began in which somebody can have been booked."""
    return [midnight(date(year, 4, 1)) for year in range(now.year - 14, now.year + 1)]


RECOGNISED = {
    "person_traits": ("number", "person_id", "line"),
    "person_key": ("key", "number"),
}
