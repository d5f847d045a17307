"""Which services fit a person, those with room first, and how long one really waits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING
from uuid import UUID

from referral.people.ages import Young

if TYPE_CHECKING:
    from referral.directory.models import Service


ORDER = ("capacity", "waitlist", "additional-assessment-required", "no-capacity")
FRESH = timedelta(days=90)


FEWEST_WAITS = 5  # fewer say nothing about the next person


@dataclass(frozen=True)
class Room:
    """Places left of those that a service gave for this week, and how many days people waited.

    None stands for what is not known: no word this week, or too few who waited.
    """

    left: int | None = None
    said_at: datetime | None = None
    wait_days: int | None = None


NOT_SAID = Room()


@dataclass(frozen=True)
class Wanted:
    """The facts a service must fit: needs by code, home council, age in years and sex if known.

    Where the person is `young`, a service has to say that it takes them.
    """

    needs: Collection[str]
    council: str | None
    age: int | None
    sex: str
    young: Young | None = None


@dataclass(frozen=True)
class Fit:
    """A service that takes such a person, the needs that it meets, and whether its word is old."""

    service: Service
    met: tuple[str, ...]
    stale: bool
    room: Room = NOT_SAID

    @property
    def full(self) -> bool:
        """Whether nobody else can be taken: it says so, or this week's places are gone."""
        return self.service.capacity == "no-capacity" or self.room.left == 0


def fitting(
    services: Iterable[Service],
    wanted: Wanted,
    at: datetime,
    rooms: Mapping[UUID, Room] | None = None,
) -> list[Fit]:
    """The services that fit, those with places first; what is not known shuts no adult out."""
    known = rooms or {}
    found = [
        Fit(service, _met(service, wanted), _stale(service, at), known.get(service.id, NOT_SAID))
        for service in services
        if _takes(service, wanted) and (_met(service, wanted) or not wanted.needs)
    ]
    return sorted(found, key=_open_first)


def routed(fits: Sequence[Fit]) -> tuple[list[Fit], list[Fit]]:
    """The fits to offer, and the full ones that another fit stands in for.

    A full service is offered only where no other with room meets the same needs.
    """
    free = [fit for fit in fits if not fit.full]
    passed = [f for f in fits if f.full and any(set(f.met) <= set(o.met) for o in free)]
    return [fit for fit in fits if fit not in passed], passed


def without_room(needs: Iterable[str], fits: Iterable[Fit]) -> list[str]:
    """The needs that no service with room meets."""
    met = {need for fit in fits if not fit.full for need in fit.met}
    return [need for need in needs if need not in met]


def wait_of(waits: Sequence[timedelta]) -> int | None:
    """How many days half of the people waited at most; None where too few did."""
    return round(median(w.total_seconds() for w in waits) / 86400) if _enough(waits) else None


def _enough(waits: Sequence[timedelta]) -> bool:
    return len(waits) >= FEWEST_WAITS


def _open_first(fit: Fit) -> tuple[bool, int, str]:
    return fit.full, _turn(fit.service.capacity), fit.service.name


def _turn(capacity: str) -> int:
    """Where those with so much room come; last of all where nobody knows the word."""
    return ORDER.index(capacity) if capacity in ORDER else len(ORDER)


def _met(service: Service, wanted: Wanted) -> tuple[str, ...]:
    return tuple(row.need for row in service.needs if row.need in wanted.needs)


def _takes(service: Service, wanted: Wanted) -> bool:
    areas = {council.code for council in service.councils}
    if areas and wanted.council and wanted.council not in areas:
        return False
    if service.sexes and wanted.sex in {"F", "M"} and wanted.sex != service.sexes:
        return False
    if wanted.age is None:
        return True
    if wanted.young is Young.UNDER_16 and service.minimum_age is None:
        return False  # to say nothing of age is not to say that it takes children
    youngest, oldest = service.minimum_age or 0, service.maximum_age or 200
    return youngest <= wanted.age <= oldest


def _stale(service: Service, at: datetime) -> bool:
    return service.capacity_as_at is None or at - service.capacity_as_at > FRESH
