"""One life written out of a pattern: rows of cells, ready for the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from referral.clock import day_of
from referral.demo.nation.cells import Cells
from referral.demo.nation.patterns import Pattern
from referral.demo.nation.people import Someone
from referral.people.ages import age_on
from referral.people.keys import keys_of
from referral.people.names import fold
from referral.people.searching import words_of
from referral.people.traits import Traits, birth, called, distinct, phone
from referral.web.letters import LETTERS

RANDOM_BITS = 60

Cell = Any
Rows = dict[str, list[tuple[Cell, ...]]]
Opened = Mapping[str, Sequence[tuple[int, Any]]]  # places by kind, and what each is of


@dataclass(frozen=True)
class Place:
    """A centre, its officer and their name."""

    centre: UUID
    officer: UUID
    officer_name: str


@dataclass(frozen=True)
class Told:
    """Of whom, when and where a life is written; `shift` is added to each of its moments."""

    who: Someone
    shift: timedelta
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
class Book:
    """What is written: rows by table, events of the trail, keys that people are found by."""

    cells: Cells
    known_from: int
    rows: Rows = field(default_factory=dict)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    trail: list[tuple[str, ...]] = field(default_factory=list)
    traits: list[tuple[Cell, ...]] = field(default_factory=list)
    keys: list[tuple[int, int]] = field(default_factory=list)


class Template:
    """A pattern as one engine and one region write it; what is always the same stands already."""

    def __init__(self, pattern: Pattern, cells: Cells, region: Mapping[Any, Any]) -> None:
        self.cells = cells
        self.pattern = pattern
        self.base: list[Cell] = [None] * len(pattern.places)
        self.open: dict[str, list[tuple[int, Any]]] = {}
        for number, (kind, *rest) in enumerate(pattern.places):
            what = rest[-1] if rest else None
            if kind in {"always", "text"}:
                self.base[number] = cells.of(what) if kind == "always" else what
            elif kind in {"staff", "staff word"}:
                self.base[number] = cells.of(region.get(what, what))
            elif kind == "plain staff":
                self.base[number] = str(region.get(what, what))
            else:
                self.open.setdefault(kind, []).append((number, self._of(kind, rest)))
        self.orders = self._orders()

    def _of(self, kind: str, rest: Sequence[Any]) -> Any:
        if kind == "joined":
            return [p if isinstance(p, int) else self.cells.of(p) for p in rest[0]]
        return tuple(rest) if kind == "order" else rest[0] if rest else None

    def _orders(self) -> dict[str, list[int]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for number, (table, order) in self.open.get("order", ()):
            found.setdefault(table, []).append((order, number))
        return {table: [number for _, number in sorted(some)] for table, some in found.items()}


class Copyist:
    """Writes lives into a book."""

    def __init__(self, book: Book, counters: Counters, dice: Random) -> None:
        self.book = book
        self.cells = book.cells
        self.counters = counters
        self.dice = dice

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
        opened = template.open
        numbers = self._numbers(made, opened)
        self._times(made, opened, told.shift)
        self._places(made, opened, told)
        first = self._orders(made, template.orders)
        for place, _ in opened.get("first stay", ()):
            made[place] = self.cells.count(first)
        for place, stay in opened.get("age", ()):
            began = day_of(stays[stay] + told.shift)
            age = age_on(told.who.born, None, began)
            made[place] = self.cells.of(age.years if age else None)
        mine = self._person(made, opened, known_by, told)
        for place, parts in opened.get("joined", ()):
            made[place] = "".join([part if isinstance(part, str) else made[part] for part in parts])
        self._rows(made, template.pattern)
        self._recognised(mine, numbers)

    def _numbers(self, made: list[Cell], opened: Opened) -> dict[UUID, str]:
        """New numbers for its rows: each table's in the order of writing, none to be guessed."""
        found: dict[UUID, str] = {}
        life = f"{self.counters.lives:012x}"
        start = f"{life[:8]}-{life[8:]}-4"
        draw = self.dice.getrandbits
        for kind in ("number", "plain number"):
            for place, old in opened.get(kind, ()):
                new = found.get(old)
                if new is None:
                    tail = f"{draw(RANDOM_BITS):015x}"
                    new = f"{start}{len(found):03x}-8{tail[:3]}-{tail[3:]}"
                    found[old] = new
                made[place] = self.cells.number(new) if kind == "number" else new
        return found

    def _times(self, made: list[Cell], opened: Opened, shift: timedelta) -> None:
        moment = self.cells.moment
        for place, was in opened.get("moment", ()):
            made[place] = moment(was + shift)
        for place, was in opened.get("plain moment", ()):
            made[place] = (was + shift).isoformat()
        seconds = int(shift.total_seconds())
        count = self.cells.count
        for place, was in opened.get("second", ()):
            made[place] = count(was + seconds)
        for place, was in opened.get("day", ()):
            made[place] = self.cells.of(was + timedelta(days=round(shift / timedelta(days=1))))
        for place, _ in opened.get("known from", ()):
            made[place] = count(self.book.known_from)

    def _places(self, made: list[Cell], opened: Opened, told: Told) -> None:
        named: Mapping[str, Callable[[int], Cell]] = {
            "centre": lambda n: self.cells.of(told.places[n].centre),
            "plain centre": lambda n: str(told.places[n].centre),
            "officer": lambda n: self.cells.of(told.places[n].officer),
            "plain officer": lambda n: str(told.places[n].officer),
            "officer name": lambda n: told.places[n].officer_name,
            "home": lambda n: told.homes[n],
            "phone": lambda n: told.who.phones[n],
            "reference": lambda _: self._reference(),
        }
        for kind, name in named.items():
            done: dict[Any, Cell] = {}
            for place, what in opened.get(kind, ()):
                if what not in done:
                    done[what] = name(what)
                made[place] = done[what]

    def _reference(self) -> str:
        while True:
            found = "R-" + "".join(self.dice.choices(LETTERS, k=6))
            if found not in self.counters.references:
                self.counters.references.add(found)
                return found

    def _orders(self, made: list[Cell], orders: Mapping[str, Sequence[int]]) -> int:
        """Number the rows in the order in which they were written; the number of the first stay."""
        count = self.cells.count
        last = self.counters.orders
        first = last.get("booking", 0) + 1
        for table, places in orders.items():
            number = last.get(table, 0)
            for place in places:
                number += 1
                made[place] = count(number)
            last[table] = number
        return first

    def _person(
        self, made: list[Cell], opened: Opened, known_by: Sequence[int], told: Told
    ) -> Traits:
        who = told.who
        mine = Traits(
            (called(who.forename, "", who.surname),),
            distinct([birth(who.born)]),
            who.sex if who.sex in {"M", "F"} else "",
            (),
            distinct(phone(who.phones[one]) for one in known_by),
        )
        said = {
            "forename": who.forename,
            "surname": who.surname,
            "name": f"{who.forename} {who.surname}",
            "sex": who.sex,
            "forename_key": fold(who.forename).replace("-", ""),
            "surname_key": fold(who.surname).replace("-", ""),
            "words": words_of((who.forename, who.surname), (who.born,), mine),
        }
        for place, what in opened.get("person", ()):
            made[place] = said[what]
        for place, _ in opened.get("born", ()):
            made[place] = self.cells.of(who.born)
        return mine

    def _rows(self, made: list[Cell], pattern: Pattern) -> None:
        rows = self.book.rows
        for table, columns, picked in pattern.rows:
            if table not in rows:
                rows[table] = []
                self.book.columns[table] = columns
            rows[table].append(picked(made))
        self.book.trail.extend([picked(made) for picked in pattern.trail])

    def _recognised(self, mine: Traits, numbers: Mapping[UUID, str]) -> None:
        self.counters.traits += 1
        number = self.counters.traits
        person = next(iter(numbers.values()))
        cells = self.cells
        self.book.traits.append((cells.count(number), cells.number(person), mine.line()))
        self.book.keys.extend([(key, number) for key in keys_of(mine)])
