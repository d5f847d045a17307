"""When work that comes again is due next. Days and hours are those of Scotland."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from referral.clock import SCOTLAND, day_of

Rhythm = Callable[[datetime], datetime]


def every(gap: timedelta) -> Rhythm:
    """Again and again after the same time."""
    return lambda at: at + gap


def weekdays_at(hour: int) -> Rhythm:
    """Monday to Friday at a full hour of the clock on the wall."""

    def due(at: datetime) -> datetime:
        day = day_of(at)
        moment = datetime.combine(day, time(hour), SCOTLAND).astimezone(UTC)
        while moment <= at or day.weekday() > 4:
            day += timedelta(days=1)
            moment = datetime.combine(day, time(hour), SCOTLAND).astimezone(UTC)
        return moment

    return due
