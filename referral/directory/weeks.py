"""Calendar weeks, by the Monday on which each begins."""

from datetime import date, timedelta


def week_of(day: date) -> date:
    """The Monday of the week in which a day lies."""
    return day - timedelta(days=day.weekday())


def weeks_until(day: date, count: int) -> list[date]:
    """The week of a day and those before it, so many in all, the earliest first."""
    last = week_of(day)
    return [last - timedelta(weeks=back) for back in reversed(range(count))]
