"""Fill an empty database with a nation."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, inspect, select

from referral.audit.trail import chaining
from referral.clock import day_of
from referral.db import Model, Numbered, db
from referral.demo.nation.calibration import AT_HOME, CENTRES
from referral.demo.nation.copies import Book, Copyist, Counters, Place, Template, Told
from referral.demo.nation.people import someone
from referral.demo.nation.quotas import Cells, plan
from referral.demo.nation.regions import Land, settle
from referral.demo.nation.rehearsal import Life, lives, numbered
from referral.demo.nation.scores import Score, Staff, score
from referral.demo.nation.writing import Press, cells_here, go_on_counting
from referral.demo.story import last_day
from referral.journey.facts import whole_seconds
from referral.people.models import PersonTraits

LATELY = timedelta(days=28)  # acts of these weeks can be taken back
SETTLED = timedelta(days=400)
WEEK = timedelta(weeks=1)
TWO_HOURS = 2 * 60 * 60
A_BOOK = 1_000  # bookings
BOOKS = 5  # in a transaction


def rehearsed(bookings: int) -> int:
    """How many bookings are rehearsed for so many: more make it less alike, and take longer."""
    return max(80, min(400, bookings // 250))


def populate(bookings: int, seed: int, now: datetime) -> Iterator[int]:
    """Add so many bookings of ten years to the organisations of the demo.

    It stops after some of them, and says how many these are, for the caller to commit them. That
    nothing is slow meanwhile, the caller puts the indexes aside.
    """
    dice = Random(f"nation {seed}")  # noqa: S311 - invented lives, not secrets
    now = now.replace(microsecond=0)
    played = lives(rehearsed(bookings), seed, now)
    with numbered(dice):
        land = settle(dice)
    yield from Scribe(bookings, score_all(played, land), land, dice, now).write()


def end(seed: int, now: datetime) -> None:
    """The last day of the small demo, which happens once."""
    dice = Random(f"last day {seed}")  # noqa: S311 - invented lives, not secrets
    with numbered(dice):
        last_day(dice, now)


def score_all(played: Sequence[Life], land: Land) -> list[Score]:
    """Each rehearsed life, read for copying."""
    numbers = frozenset(one for region in land.regions.values() for one in region.numbers)
    words = frozenset(one for region in land.regions.values() for one in region.words)
    officers = {desk.number: (desk.officer, desk.officer_name) for desk in land.desks}
    tables = [table.name for table in Model.metadata.sorted_tables]
    return [score(life, Staff(officers, numbers, words), tables) for life in played]


class Scribe:
    """Writes so many bookings: which life, where, when, of whom."""

    def __init__(
        self, bookings: int, scores: Sequence[Score], land: Land, dice: Random, now: datetime
    ) -> None:
        self.bookings = bookings
        self.scores = scores
        self.land = land
        self.dice = dice
        self.now = now
        self.plan = plan(bookings, [one.counted for one in scores], dice, now)
        self.free = Cells(bookings, dice)
        self.cells = cells_here()
        self.counters = _counters()
        self.known: Mapping[str, Mapping[Any, Any]] = {
            name: {**region.numbers, **region.words} for name, region in land.regions.items()
        }
        self.templates: dict[tuple[int, bool, str], Template] = {}
        self.done = 0

    def write(self) -> Iterator[int]:
        """All of them; each time, how many are to be committed."""
        while self.done < self.bookings:
            before = self.done
            until = min(before + BOOKS * A_BOOK, self.bookings)
            with chaining() as chain:
                press = Press(db.session.connection())
                while self.done < until:
                    press.put(self._book(), chain)
                go_on_counting(max(self.counters.orders.values()), self.counters.traits)
            yield self.done - before

    def _book(self) -> Book:
        book = Book(self.cells, whole_seconds(self.now))
        copyist = Copyist(book, self.counters, self.dice)
        until = min(self.done + A_BOOK, self.bookings)
        while self.done < until:
            self._life(copyist)
        return book

    def _life(self, copyist: Copyist) -> None:
        """The next one of the plan."""
        number, ago = next(self.plan)
        at = self.now - timedelta(seconds=ago)
        held = self.free.held(self.scores[number].counted.held)
        found = self.scores[number]
        shift = self._shift(found, at)
        lately = any(began + shift > self.now - LATELY for began in found.began.values())
        template = self._template(number, lately, CENTRES[held[0]].region)
        copyist.write(template, found.known_by, self._told(found, held, shift), found.began)
        self.done += found.counted.stays

    def _shift(self, found: Score, at: datetime) -> timedelta:
        """Into the past by whole weeks and some minutes; of those who began lately, exactly."""
        back = min(at - found.first, timedelta())
        if self.now - at > SETTLED:
            late = timedelta(seconds=self.dice.randrange(TWO_HOURS))
            return back // WEEK * WEEK + late
        return timedelta(seconds=back // timedelta(seconds=1))

    def _told(self, found: Score, held: Sequence[int], shift: timedelta) -> Told:
        desks = [self.land.desks[number] for number in held]
        areas = self.land.regions[desks[0].centre.region].homes
        homes = [self.dice.choice(areas) for _ in range(found.homes)]
        if homes and self.dice.random() < AT_HOME:
            homes[0] = desks[0].centre.council
        born = found.born + timedelta(days=shift.days) if found.born else None
        began = day_of(found.first + shift)
        who = someone(self.dice, born, began, found.phones, found.texts)
        places = [Place(desk.number, desk.officer, desk.officer_name) for desk in desks]
        return Told(who, shift, places, homes)

    def _template(self, number: int, lately: bool, region: str) -> Template:
        key = (number, lately, region)
        if key not in self.templates:
            pattern = self.scores[number].pattern(lately)
            self.templates[key] = Template(pattern, self.cells, self.known[region])
        return self.templates[key]


def _counters() -> Counters:
    """Above what is there: of each table in SQLite, of all together in PostgreSQL."""
    kinds = [m.class_ for m in Model.registry.mappers if issubclass(m.class_, Numbered)]
    last = {
        inspect(kind).local_table.name: db.session.scalar(select(func.max(kind.order))) or 0
        for kind in kinds
    }
    if db.engine.dialect.name == "postgresql":
        last = dict.fromkeys(last, max(last.values()))
    traits = db.session.scalar(select(func.max(PersonTraits.number))) or 0
    return Counters(last, traits=traits)
