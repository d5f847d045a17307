"""One life written out of a pattern: rows of cells, ready for the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from referral.clock import day_of
from referral.demo.nation.cells import Cells
from referral.demo.nation.people import Someone
from referral.demo.nation.templates import Cell, Template
from referral.people.ages import age_on
from referral.people.keys import keys_of
from referral.people.names import fold
from referral.people.searching import words_of
from referral.people.traits import Traits, birth, called, distinct, phone
from referral.web.letters import LETTERS

DIGITS = 15  # of a number, that are drawn
BITS = 4 * DIGITS
DAY = 24 * 60 * 60

Rows = dict[str, list[tuple[Cell, ...]]]
Event = tuple[str, ...]  # moment, tag, the five numbers, reason: in plain text


class Place(NamedTuple):
    """A centre, its officer and their name, as they stand in rows and in the trail."""

    centre: Cell
    plain_centre: str
    officer: Cell
    plain_officer: str
    officer_name: str


@dataclass(frozen=True, slots=True)
class Told:
    """Of whom, when and where a life is written: `shift` seconds are added to its moments."""

    who: Someone
    shift: int
    places: Sequence[Place]
    homes: Sequence[str]


@dataclass
class Counters:
    """The last number of each table that counts its rows, and of lives and traits."""

    orders: dict[str, int]
    lives: int = 0
    traits: int = 0
    references: set[str] = field(default_factory=set)


@dataclass
class Sheets:
    """What some lives left: rows by table, events, keys that people are found by."""

    rows: Rows = field(default_factory=dict)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    trail: list[Event] = field(default_factory=list)
    traits: list[tuple[Cell, ...]] = field(default_factory=list)
    keys: list[tuple[int, int]] = field(default_factory=list)


class Copyist:
    """Writes lives on sheets. All of it is known to reports from one second on."""

    def __init__(self, cells: Cells, counters: Counters, dice: Random, known_from: int) -> None:
        self.cells = cells
        self.counters = counters
        self.dice = dice
        self.known_from = cells.count(known_from)
        self.sheets = Sheets()

    def write(
        self,
        template: Template,
        known_by: Sequence[int],
        told: Told,
        stays: Mapping[UUID, datetime],
    ) -> None:
        """One life: `known_by` are its telephone numbers in the order in which they count.

        `stays` is when each of its stays began in the rehearsal, by number.
        """
        self.counters.lives += 1
        made = template.base[:]
        person = self._numbers(made, template)
        self._times(made, template, told.shift)
        self._places(made, template, told)
        first = self._orders(made, template)
        for place, _ in template.of("first stay"):
            made[place] = self.cells.count(first)
        for place, stay in template.of("age"):
            began = day_of(stays[stay] + timedelta(seconds=told.shift))
            age = age_on(told.who.born, None, began)
            made[place] = self.cells.of(age.years if age else None)
        mine = self._person(made, template, known_by, told.who)
        for place, text, picked in template.joined:
            made[place] = text % picked(made)
        self._rows(made, template)
        self._recognised(mine, person)

    def _numbers(self, made: list[Cell], template: Template) -> str:
        """New numbers for its rows: each table's in the order of writing, none to be guessed.

        The first is the person's.
        """
        numbers = template.numbers
        life = f"{self.counters.lives:012x}"
        start = f"{life[:8]}-{life[8:]}-4"
        drawn = f"{self.dice.getrandbits(BITS * len(numbers)):0{DIGITS * len(numbers)}x}"
        as_cell = self.cells.number
        at = 0
        for middle, cell, plain in numbers:
            new = f"{start}{middle}{drawn[at : at + 3]}-{drawn[at + 3 : at + DIGITS]}"
            at += DIGITS
            made[plain] = new
            made[cell] = as_cell(new)
        person: str = made[numbers[0][1]]
        return person

    def _times(self, made: list[Cell], template: Template, seconds: int) -> None:
        shift = timedelta(seconds=seconds)
        moment = self.cells.moment
        count = self.cells.count
        for was, cell, plain in template.moments:
            text = (was + shift).isoformat()
            made[plain] = text + "+00:00"
            made[cell] = moment(text)
        for place, second in template.of("second"):
            made[place] = count(second + seconds)
        for place, day in template.of("day"):
            made[place] = self.cells.of(day + timedelta(days=round(seconds / DAY)))
        for place, _ in template.of("known from"):
            made[place] = self.known_from

    def _places(self, made: list[Cell], template: Template, told: Told) -> None:
        places = told.places
        for place, n in template.of("centre"):
            made[place] = places[n].centre
        for place, n in template.of("plain centre"):
            made[place] = places[n].plain_centre
        for place, n in template.of("officer"):
            made[place] = places[n].officer
        for place, n in template.of("plain officer"):
            made[place] = places[n].plain_officer
        for place, n in template.of("officer name"):
            made[place] = places[n].officer_name
        for place, n in template.of("home"):
            made[place] = told.homes[n]
        for place, n in template.of("phone"):
            made[place] = told.who.phones[n]
        for place, _ in template.of("reference"):
            made[place] = self._reference()

    def _reference(self) -> str:
        while True:
            found = "R-" + "".join(self.dice.choices(LETTERS, k=6))
            if found not in self.counters.references:
                self.counters.references.add(found)
                return found

    def _orders(self, made: list[Cell], template: Template) -> int:
        """Number the rows in the order in which they were written; the number of the first stay."""
        count = self.cells.count
        last = self.counters.orders
        first = last.get("booking", 0) + 1
        for table, places in template.orders:
            number = last.get(table, 0)
            for place in places:
                number += 1
                made[place] = count(number)
            last[table] = number
        return first

    def _person(
        self, made: list[Cell], template: Template, known_by: Sequence[int], who: Someone
    ) -> Traits:
        mine = Traits(
            (called(who.forename, "", who.surname),),
            distinct([birth(who.born)]),
            who.sex if who.sex in {"M", "F"} else "",
            (),
            distinct([phone(who.phones[one]) for one in known_by]),
        )
        said = {
            "forename": who.forename,
            "surname": who.surname,
            "name": f"{who.forename} {who.surname}",
            "sex": who.sex,
            "forename_key": _key(who.forename),
            "surname_key": _key(who.surname),
            "words": words_of((who.forename, who.surname), (who.born,), mine),
        }
        for place, what in template.of("person"):
            made[place] = said[what]
        for place, _ in template.of("born"):
            made[place] = self.cells.of(who.born)
        return mine

    def _rows(self, made: list[Cell], template: Template) -> None:
        rows = self.sheets.rows
        for table, columns, picked in template.tables:
            if table not in rows:
                rows[table] = []
                self.sheets.columns[table] = columns
            rows[table] += [row(made) for row in picked]
        self.sheets.trail += [event(made) for event in template.trail]

    def _recognised(self, mine: Traits, person: str) -> None:
        self.counters.traits += 1
        number = self.counters.traits
        self.sheets.traits.append((self.cells.count(number), person, mine.line()))
        self.sheets.keys += [(key, number) for key in keys_of(mine)]


@lru_cache(10_000)
def _key(name: str) -> str:
    return fold(name).replace("-", "")


def as_event(said: Mapping[str, Any]) -> Event:
    """What the trail says of an event, as a copied life says it."""
    names = ("tag", "actor_id", "organisation_id", "subject_id", "record_id", "recipient_id")
    at: datetime = said["at"]
    return (at.astimezone(UTC).isoformat(), *(str(said[name]) for name in names), said["reason"])
