"""Records that may be of one person, and records that were made one or parted again.

What a desk was shown, and what came to it in a file, are tables of a chapter above this one: they
are read by their names.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from referral.custody.doors import Door
from referral.custody.models import Booking
from referral.custody.queries import COUNTS
from referral.db import Model, db
from referral.directory.areas import SCOTLAND, Area
from referral.directory.queries import centres
from referral.journey.models import StayFacts
from referral.merging.joining.models import Joining
from referral.people.models import Person, ToldApart
from referral.published.tables import Code, Column, Entry, Given, Key, Row, Table
from referral.reports.laying import PEOPLE, Laid, key_of
from referral.reports.scopes_queries import held_in
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import stays_in


def lay_doubles(laid: Laid, wanted: Wanted) -> None:
    """Double records that wait for somebody, as they stand now; joinings and partings in the time.

    Everybody booked must be laid already.
    """
    period = wanted.period.name
    place = wanted.area.code
    booked = key_of("booked", place, period)
    rows: list[Row[Entry]] = []
    for code, (title, unit, how_many) in OPEN.items():
        cell: Entry = Given(None, Code.NONE)
        if wanted.world.known is None:
            cell = laid.count((f"double/{code}", unit, place, period), how_many(wanted), booked)
        rows.append(Row(code, title, (cell,)))
    for code, (title, moment) in DONE.items():
        key: Key = (f"double/{code}", JOININGS, place, period)
        rows.append(Row(code, title, (laid.count(key, _done(wanted, moment)),)))
    columns = (Column("number", "Number", ""),)
    laid.tables.append(Table("doubles", "Double records", ABOUT, "what", columns, tuple(rows)))


def _second(wanted: Wanted) -> int:
    """Of how many people the desk was shown two records that were surely theirs, both still there.

    One was chosen, and nobody said since that the other is somebody else's.
    """
    shown = Model.metadata.tables["suggestion"].c
    record = func.coalesce(Person.merged_into_id, Person.id)
    also = (
        select(shown.booking_id)
        .join(Person, Person.id == shown.person_id)
        .join(Booking, Booking.id == shown.booking_id)
        .where(shown.booking_id == StayFacts.booking_id, shown.confident, ~shown.chosen)
        .where(record != Booking.person_id, ~_told_apart(record, Booking.person_id))
        .correlate(StayFacts)
    )
    mine = stays_in(wanted.period, wanted.world, held_in(wanted.area), also.exists())
    return db.session.scalar(mine.with_only_columns(func.count(StayFacts.person.distinct()))) or 0


def _told_apart(one: Any, other: Any) -> ColumnElement[bool]:
    """Whether somebody said so of two records, or of what was joined into them since."""
    said = select(ToldApart.one_id)
    ways = [
        said.where(ToldApart.one_id.in_(_all_of(first)), ToldApart.other_id.in_(_all_of(second)))
        for first, second in ((one, other), (other, one))
    ]
    return or_(*(way.correlate(Person, Booking).exists() for way in ways))


def _all_of(number: Any) -> Select[Any]:
    part = aliased(Person)
    mine = select(part.id).where(or_(part.id == number, part.merged_into_id == number))
    return mine.correlate(Person, Booking)


def _unsaid(wanted: Wanted) -> int:
    """How many stays came in a file, and nobody has said yet who they are."""
    came = Model.metadata.tables["from_register"].c
    open_yet = select(came.booking_id).where(
        came.booking_id == StayFacts.booking_id, came.said_at.is_(None)
    )
    mine = stays_in(wanted.period, wanted.world, held_in(wanted.area), open_yet.exists())
    return db.session.scalar(mine.with_only_columns(func.count())) or 0


def _done(wanted: Wanted, moment: Any) -> int:
    """How many joinings were made, or undone, in the time, of people who were held here."""
    until = min(wanted.period.ends, wanted.world.known or wanted.world.at)
    survivor = select(func.coalesce(Person.merged_into_id, Person.id))
    survivor = survivor.where(Person.id == Joining.survivor_id).correlate(Joining)
    stays = select(Booking.id).where(Booking.person_id == survivor.scalar_subquery(), COUNTS)
    here = stays.where(Booking.door == Door.CUSTODY, *_in(wanted.area)).correlate(Joining)
    counted = select(func.count()).where(
        moment >= wanted.period.starts, moment < until, here.exists()
    )
    return db.session.scalar(counted.select_from(Joining)) or 0


def _in(area: Area) -> list[ColumnElement[bool]]:
    """The stays in the custody centres of an area; in Scotland all."""
    if area.code == SCOTLAND[0]:
        return []
    there = [one.id for one in centres() if one.council_code in area.councils]
    return [Booking.centre_id.in_(area.centres or there)]


JOININGS = "joinings"
OPEN: Mapping[str, tuple[str, str, Callable[[Wanted], int]]] = {
    "second": ("People with a second record that is surely theirs too", PEOPLE, _second),
    "unsaid": (
        "Stays that came in a file, of which nobody said yet whose they are",
        "stays",
        _unsaid,
    ),
}
DONE = {
    "joined": ("Times that two records were made one", Joining.joined_at),
    "parted": ("Times that one was made two again", Joining.parted_at),
}
ABOUT = (
    "Who has two records may be counted twice. Either the desk was shown both and chose one, and "
    "nobody joined them or told them apart since; or a stay came in a file and the desk has not "
    "asked who it is. Both are counted as they stand today. Below them is what was joined and "
    "parted in this time, of people held here."
)
