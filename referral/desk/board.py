"""The custody centre now: one row a person, those first whose time runs out first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from referral.custody.queue import Queue, in_queues

if TYPE_CHECKING:
    from referral.custody.models import Booking

REVIEW = timedelta(hours=6)
MOST = timedelta(hours=12)  # of custody without charge: Criminal Justice (Scotland) Act 2016, s. 12
NEAR = timedelta(hours=1)
PATIENT = timedelta(hours=1)


@dataclass(frozen=True)
class Worker:
    """What the team has done about somebody who said yes: told at, seen at, by whom."""

    told_at: datetime
    seen_at: datetime | None
    name: str


@dataclass(frozen=True)
class Row:
    """What the desk sees of one person at a glance; no word of health, and no name."""

    booking: Booking
    at: datetime
    worker: Worker | None
    alike: int  # so many here have these initials

    @property
    def held(self) -> timedelta:
        """How long they are in custody."""
        return self.at - self.booking.authorised_at

    @property
    def part(self) -> float:
        """How much of the twelve hours is gone, from 0 to 1."""
        return min(max(self.held / MOST, 0.0), 1.0)

    @property
    def next_mark(self) -> tuple[int, datetime] | None:
        """The hours of the mark that comes next, and when; None once both are past."""
        began = self.booking.authorised_at
        coming = [mark for mark in (REVIEW, MOST) if began + mark > self.at]
        return (coming[0] // timedelta(hours=1), began + coming[0]) if coming else None

    @property
    def mark_is_near(self) -> bool:
        """Whether less than an hour is left to it."""
        return self.next_mark is not None and self.next_mark[1] - self.at < NEAR

    @property
    def ends_at(self) -> datetime:
        """When they may be gone: expected to leave, or else at the twelve hours."""
        return self.booking.leg.expected_at or self.booking.authorised_at + MOST

    @property
    def asked(self) -> int:
        """How often they were asked in this stay."""
        return len(self.booking.offers)

    @property
    def waits_long(self) -> bool:
        """Whether they said yes, and no worker came for an hour."""
        waits = self.worker is not None and self.worker.seen_at is None
        return waits and self.worker is not None and self.at - self.worker.told_at > PATIENT

    @property
    def untold(self) -> bool:
        """Whether a danger was ticked that nobody has been told of."""
        return bool(self.booking.untold(self.at))

    @property
    def healthcare_knows(self) -> datetime | None:
        """Since when healthcare has said that it knows of every danger; None while it has not."""
        return self.booking.healthcare_knows(self.at)

    @property
    def to_do(self) -> Iterator[tuple[str, datetime | None]]:
        """What waits to be done with them, each with its time; None for at once."""
        offer = self.booking.last_offer
        if self.untold:
            yield "A danger is not told yet: look at the screen, tell healthcare", None
        if offer is None:
            yield "Not asked yet", self.ends_at
        elif offer.ask_again_at:
            yield f"Ask again ({offer.answer})", offer.ask_again_at
        if self.waits_long:
            yield "No worker has come yet: ring the team", self.ends_at


@dataclass(frozen=True)
class Board:
    """Everybody who is here, by what is to be done with them."""

    groups: Mapping[Queue, Sequence[Row]]

    @property
    def rows(self) -> list[Row]:
        """All of them, in the order of the page."""
        return [row for rows in self.groups.values() for row in rows]

    @property
    def untold(self) -> list[Row]:
        """Those with a danger that nobody has been told of: the one thing to do at once."""
        return [row for row in self.rows if row.untold]

    @property
    def in_danger(self) -> list[Row]:
        """Those of whom a danger stands, whoever has been told of it."""
        return [row for row in self.rows if row.booking.dangers_at_desk(row.at)]

    @property
    def to_ask(self) -> int:
        """How many are to be asked now."""
        return len(self.groups[Queue.TO_ASK])

    @property
    def left_to_do(self) -> list[tuple[Row, str, datetime | None]]:
        """What the next shift does first: what is to be done at once, then by its time."""
        found = [(row, what, by) for row in self.rows for what, by in row.to_do]
        return sorted(found, key=lambda one: (one[2] is not None, one[2] or one[0].at))

    @property
    def seen(self) -> int:
        """How many of those who said yes a worker has seen."""
        accepted = self.groups[Queue.ACCEPTED]
        return sum(1 for row in accepted if row.worker and row.worker.seen_at)


def board_of(bookings: Iterable[Booking], workers: Mapping[UUID, Worker], at: datetime) -> Board:
    """The board of these stays, with what is known of the worker for each."""
    queues = in_queues(bookings, at)
    here = [booking for waiting in queues.values() for booking in waiting]
    alike = Counter(booking.person.initials for booking in here)
    groups = {
        queue: [_row(booking, queue, workers, alike, at) for booking in waiting]
        for queue, waiting in queues.items()
    }
    groups[Queue.TO_ASK].sort(key=lambda row: row.ends_at)
    return Board(groups)


def _row(
    booking: Booking,
    queue: Queue,
    workers: Mapping[UUID, Worker],
    alike: Mapping[str, int],
    at: datetime,
) -> Row:
    said_yes = workers.get(booking.id) if queue is Queue.ACCEPTED else None
    return Row(booking, at, said_yes, alike[booking.person.initials])
