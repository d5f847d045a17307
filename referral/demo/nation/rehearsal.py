"""Lives that the real actions have played, read as rows, and taken back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Table, Text, cast, select

from referral import db as numbering
from referral.audit.models import AuditEvent
from referral.audit.trail import waiting
from referral.custody.doors import Door
from referral.custody.models import Booking
from referral.db import Model, db
from referral.demo.nation.calibration import CHILDREN
from referral.demo.story import rehearse
from referral.journey.facts import AllFacts
from referral.journey.queries import facts_of_people
from referral.people.models import Person, PersonKey, PersonTraits

SPAN = timedelta(days=540)
MORE_CHILDREN = 2 * CHILDREN  # so that there are some to choose among
APART = {"joining", "joined_value", "told_apart"}  # of two people at once
RECOGNISED = {PersonKey.__tablename__, PersonTraits.__tablename__}

Row = dict[str, Any]


@dataclass(frozen=True)
class Life:
    """All that was written of one person: rows by table, facts, and what stood in the trail."""

    person: Row
    rows: Mapping[str, Sequence[Row]]
    traits: str  # the line that they are recognised by
    facts: AllFacts
    trail: Sequence[Row]

    @property
    def stays(self) -> Sequence[Row]:
        """Its bookings, in the order in which they were made."""
        return self.rows[Booking.__tablename__]


def lives(bookings: int, seed: int, now: datetime) -> list[Life]:
    """Play so many bookings, read what became of each person, and take all of it back."""
    dice = Random(f"rehearsal {seed}")  # noqa: S311 - invented lives, not secrets
    with numbered(dice):
        rehearse(bookings, dice, SPAN, MORE_CHILDREN, now)
    found = list(_lives())
    db.session.rollback()
    return found


@contextmanager
def numbered(dice: Random) -> Iterator[None]:
    """Meanwhile new rows have their numbers from the dice: the same seed writes the same."""

    def number() -> UUID:
        return UUID(int=dice.getrandbits(128), version=4)

    before = numbering.numbers
    numbering.numbers = number
    try:
        yield
    finally:
        numbering.numbers = before


def _lives() -> Iterator[Life]:
    tables = {table.name: _rows(table) for table in Model.metadata.sorted_tables}
    trail = [plain(entry) for entry in waiting()]
    owners = _owners(tables)
    people = {row["id"]: row for row in tables[Person.__tablename__]}
    facts = facts_of_people(list(people))
    lines = {row["person_id"]: row["line"] for row in tables[PersonTraits.__tablename__]}
    by_person: dict[UUID, dict[str, list[Row]]] = {number: {} for number in people}
    for name, rows in tables.items():
        for row in rows:
            owner = _owner(row, owners)
            if owner and name not in RECOGNISED:
                by_person[owner].setdefault(name, []).append(row)
    events: dict[UUID, list[Row]] = {number: [] for number in people}
    for row in trail:
        owner = owners.get(row["subject_id"]) or owners.get(row["record_id"])
        if owner:
            events[owner].append(row)
    for number, person in people.items():
        mine = by_person[number]
        if _is_plain(mine):
            yield Life(person, mine, lines[number], facts[number], events[number])


def _is_plain(rows: Mapping[str, Sequence[Row]]) -> bool:
    """Whether it is one person's alone, and all their stays began in custody."""
    stays = rows.get(Booking.__tablename__, ())
    return bool(stays) and APART.isdisjoint(rows) and all(s["door"] == Door.CUSTODY for s in stays)


def _rows(table: Table) -> list[Row]:
    """The rows as they are kept; a JSON value as its text."""
    if table.name == AuditEvent.__tablename__ or table.name in {"audit_head", "person_key"}:
        return []
    wanted = [
        cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column
        for column in table.columns
    ]
    rows = db.session.execute(select(*wanted).order_by(*table.primary_key)).mappings()
    return sorted((dict(row) for row in rows), key=_in_turn)


def _in_turn(row: Row) -> tuple[int, list[str]]:
    """In the order of writing where it is kept, else by all that a row says but its own number."""
    said = [str(value) for name, value in row.items() if name != "id"]
    return row.get("order") or row.get("number") or 0, said


def _owners(tables: Mapping[str, Collection[Row]]) -> dict[UUID, UUID]:
    """Whose each row is, by its number: whoever owns a row that it points at."""
    owners = {row["id"]: row["id"] for row in tables[Person.__tablename__]}
    rows = [row for some in tables.values() for row in some if isinstance(row.get("id"), UUID)]
    before = -1
    while before != len(owners):
        before = len(owners)
        for row in rows:
            if row["id"] not in owners and (owner := _owner(row, owners)):
                owners[row["id"]] = owner
    return owners


def _owner(row: Row, owners: Mapping[UUID, UUID]) -> UUID | None:
    return next(
        (owners[value] for value in row.values() if isinstance(value, UUID) and value in owners),
        None,
    )


def plain(entry: AuditEvent) -> Row:
    """What an event says, without its place in the trail."""
    names = ("at", "tag", "actor_id", "organisation_id", "subject_id", "record_id")
    return {name: getattr(entry, name) for name in (*names, "recipient_id", "reason")}
