"""The only callers of the system clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SCOTLAND = ZoneInfo("Europe/London")


def system() -> datetime:
    """The time on the machine's clock, aware, in UTC."""
    return datetime.now(UTC)


source = system  # a test that walks through weeks puts another one here


def now() -> datetime:
    """This moment, aware, in UTC."""
    return source()


def midnight(day: date) -> datetime:
    """The first moment of a day in Scotland, in UTC."""
    return datetime.combine(day, time(), SCOTLAND).astimezone(UTC)


def month_start() -> datetime:
    """The first moment of this month in Scotland, in UTC."""
    return midnight(today().replace(day=1))


def month_before() -> datetime:
    """The first moment of the month before this one."""
    return midnight((today().replace(day=1) - timedelta(days=1)).replace(day=1))


def here(moment: datetime) -> datetime:
    """In Scottish time; as it is at the ends of the calendar, where that would be no moment."""
    try:
        return moment.astimezone(SCOTLAND)
    except OverflowError:
        return moment


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in Scotland, where a day can begin at 23:00 UTC."""
    return here(moment).date()


def today() -> date:
    """The calendar day in Scotland."""
    return day_of(now())
