"""The part of the day in which a stay began, on the clock in Scotland."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case

from referral.clock import day_of, here, midnight
from referral.journey.facts import whole_seconds
from referral.journey.models import StayFacts
from referral.published.periods import Period

PARTS: Mapping[str, str] = {
    "00": "Midnight to 6 am",
    "06": "6 am to noon",
    "12": "Noon to 6 pm",
    "18": "6 pm to midnight",
}


def part_of_day(period: Period) -> ColumnElement[Any]:
    """By its first hour the quarter of the day in which a stay of a period began."""
    changes = list(_changes(period))
    ahead: Any = changes[0][1]
    if changes[1:]:
        later = [(StayFacts.booked_at >= second, more) for second, more in reversed(changes[1:])]
        ahead = case(*later, else_=ahead)
    into_day = (StayFacts.booked_at + ahead) % 86400
    *early, last = PARTS
    return case(*((into_day < 3600 * (int(one) + 6), one) for one in early), else_=last)


def _changes(period: Period) -> Iterator[tuple[int, int]]:
    """From which second on the clock in Scotland is how many seconds ahead, in a period."""
    before = _ahead(period.starts)
    yield whole_seconds(period.starts), before
    day = period.first
    while day <= period.last:
        start = midnight(day)
        day = day_of(start + timedelta(hours=36))
        if _ahead(midnight(day)) != before:
            change = next(m for m in _hours_from(start) if _ahead(m) != before)
            before = _ahead(change)
            yield whole_seconds(change), before


def _hours_from(moment: datetime) -> Iterator[datetime]:
    while True:
        yield moment
        moment += timedelta(hours=1)


def _ahead(moment: datetime) -> int:
    return int((here(moment).utcoffset() or timedelta()).total_seconds())
