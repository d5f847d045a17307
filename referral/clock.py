"""The only callers of the system clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SCOTLAND = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Scotland."""
    return now().astimezone(SCOTLAND).date()
