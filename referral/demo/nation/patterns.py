"""A rehearsed life with places left open: who it was, when, where, under which numbers."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\+00:00")
OPENED = re.compile("\x02(\\d+)\x03")
PERSON = "person"
FACTS = ("stay_facts", "referral_facts", "need_facts")

Row = Mapping[str, Any]
Open = tuple[Any, ...]  # a kind and what it is of
Picked = Callable[[Sequence[Any]], tuple[Any, ...]]


@dataclass(frozen=True)
class Here:
    """What is this life's own, or its place's, among all that its rows name."""

    numbers: frozenset[UUID]  # of its rows
    centres: Sequence[UUID]  # where it was held, in the order of its stays
    officers: Mapping[UUID, UUID]  # the officer of each of these centres, and the centre
    officer_names: Mapping[str, UUID]
    staff: frozenset[UUID]  # who has a twin in other regions
    staff_words: frozenset[str]
    called: Mapping[str, str]  # each text that is of the person, and what it is
    references: frozenset[str]  # of its referrals
    phones: Sequence[str]
    homes: Sequence[str]
    born: date | None


@dataclass
class Pattern:
    """The open places, and each row as the places that it is made of, by table and columns."""

    places: list[Open] = field(default_factory=list)
    rows: list[tuple[str, tuple[str, ...], Picked]] = field(default_factory=list)
    trail: list[Picked] = field(default_factory=list)
    where: dict[Open, int] = field(default_factory=dict)

    def place(self, *what: Any) -> int:
        """The number of an open place; the same for what is the same."""
        key = (*what, type(what[-1]))
        if key not in self.where:
            self.where[key] = len(self.places)
            self.places.append(what)
        return self.where[key]


class Reader:
    """Reads the rows of one life into a pattern."""

    def __init__(self, here: Here) -> None:
        self.here = here
        self.pattern = Pattern()

    def row(self, table: str, row: Row) -> None:
        """Take in one row of a table."""
        read = self._fact if table in FACTS else self._cell
        found = [read(table, name, value, row) for name, value in row.items()]
        self.pattern.rows.append((table, tuple(row), itemgetter(*found)))

    def event(self, entry: Row) -> None:
        """Take in one event: moment, tag, the five numbers and the reason."""
        numbers = ("actor_id", "organisation_id", "subject_id", "record_id", "recipient_id")
        found = [self.pattern.place("plain moment", entry["at"])]
        found += [self.pattern.place("text", entry["tag"])]
        found += [self._plain(entry[name]) for name in numbers]
        found += [self.pattern.place("text", entry["reason"])]
        self.pattern.trail.append(itemgetter(*found))

    def _cell(self, table: str, name: str, value: Any, row: Row) -> int:
        place = self.pattern.place
        if isinstance(value, UUID):
            return place(*self._of(value))
        if isinstance(value, datetime):
            return place("moment", value)
        if name == "order":
            return place("order", table, value)
        if table == PERSON and name in {"words", "forename_key", "surname_key", "sex"}:
            return place("person", name)
        if name == "value" and row.get("detail") == "council_code":
            return place("home", self.here.homes.index(value))
        if name == "council_code" and value:
            return place("home", self.here.homes.index(value))
        if isinstance(value, date):
            return place("born") if value == self.here.born else place("day", value)
        if type(value) is str and value:
            return self._text(value)
        return place("always", value)

    def _of(self, number: UUID) -> Open:
        here = self.here
        if number in here.numbers:
            return "number", number
        if number in here.centres:
            return "centre", here.centres.index(number)
        if number in here.officers:
            return "officer", here.centres.index(here.officers[number])
        return ("staff", number) if number in here.staff else ("always", number)

    def _plain(self, number: UUID | None) -> int:
        if number is None:
            return self.pattern.place("text", "None")
        kind, what = self._of(number)
        if kind == "always":
            return self.pattern.place("text", str(number))
        return self.pattern.place(f"plain {kind}", what)

    def _text(self, value: str) -> int:
        here, place = self.here, self.pattern.place
        if value in here.called:
            return place("person", here.called[value])
        if value in here.references:
            return place("reference", value)
        if value in here.phones:
            return place("phone", here.phones.index(value))
        if value in here.officer_names:
            return place("officer name", here.centres.index(here.officer_names[value]))
        if value in here.staff_words:
            return place("staff word", value)
        try:
            opened = json.dumps(self._inside(json.loads(value)))
        except ValueError:  # not JSON, but words
            opened = self._open(value)
        parts = OPENED.split(opened.replace("\\u0002", "\x02").replace("\\u0003", "\x03"))
        if len(parts) == 1:
            return place("always", value)
        return place("joined", tuple(int(p) if n % 2 else p for n, p in enumerate(parts)))

    def _inside(self, value: Any, name: str = "") -> Any:
        """A value of a JSON text with its open places marked."""
        if isinstance(value, dict):
            return {key: self._inside(one, key) for key, one in value.items()}
        if isinstance(value, list):
            return [self._inside(one) for one in value]
        if not isinstance(value, str) or not value:
            return value
        here = self.here
        if name in {"sex", "words", "forename_key", "surname_key"}:
            return _mark(self.pattern.place("person", name))
        if value in here.called:
            return _mark(self.pattern.place("person", here.called[value]))
        if value in here.phones:
            return _mark(self.pattern.place("phone", here.phones.index(value)))
        if value in here.references:
            return _mark(self.pattern.place("reference", value))
        if value in here.homes:
            return _mark(self.pattern.place("home", here.homes.index(value)))
        if here.born and value == here.born.isoformat():
            return _mark(self.pattern.place("born"))
        return self._open(value)

    def _open(self, value: str) -> str:
        """A text with the numbers and moments in it marked."""

        def number(found: re.Match[str]) -> str:
            return _mark(self._plain(UUID(found[0])))

        def moment(found: re.Match[str]) -> str:
            return _mark(self.pattern.place("plain moment", datetime.fromisoformat(found[0])))

        return MOMENT.sub(moment, NUMBER.sub(number, value))

    def _fact(self, table: str, name: str, value: Any, row: Row) -> int:
        place = self.pattern.place
        if name == "person":
            return place("first stay")
        if name == "known_from":
            return place("known from")
        if name == "age":
            return place("age", row["booking_id"]) if value is not None else place("always", None)
        if name == "sex":
            return place("person", "sex")
        if name == "home" and value:
            return place("home", self.here.homes.index(value))
        if type(value) is int and (name.endswith("_at") or name == "unsaid_from"):
            return place("second", value)
        return self._cell(table, name, value, row)


def _mark(place: int) -> str:
    return f"\x02{place}\x03"
