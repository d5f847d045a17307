"""The days that a calendar shows: one, or a week from Monday to Sunday."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from referral.clock import midnight

T = TypeVar("T")
FIRST, LAST = date(1900, 1, 8), date(2199, 12, 20)  # so that every link leads to a day


@dataclass(frozen=True)
class Span:
    """Some days one after the other, from the first on."""

    first: date
    days: int

    @property
    def each(self) -> list[date]:
        """The days, in their order."""
        return [self.first + timedelta(days=number) for number in range(self.days)]

    @property
    def begins(self) -> datetime:
        """The first moment of it, in Scotland."""
        return midnight(self.each[0])

    @property
    def ends(self) -> datetime:
        """The first moment after it, in Scotland."""
        return midnight(self.after)

    @property
    def before(self) -> date:
        """A day of the span before this one."""
        return self.first - timedelta(days=1)

    @property
    def after(self) -> date:
        """A day of the span after this one."""
        return self.first + timedelta(days=self.days)

    @property
    def words(self) -> str:
        """'Thursday 26 November 2026', '23 to 29 November 2026' or '30 June to 6 July 2026'."""
        last = self.each[-1]
        if self.days == 1:
            return f"{named(last)} {last.year}"
        year = f" {self.first.year}" if self.first.year != last.year else ""
        month = f" {self.first:%B}{year}" if self.first.month != last.month else ""
        return f"{self.first.day}{month} to {last.day} {last:%B} {last.year}"


def span_of(day: date, whole_week: bool) -> Span:
    """The day, or the week in which it lies; at the ends of the calendar the last that there is."""
    day = min(max(day, FIRST), LAST)
    return Span(day - timedelta(days=day.weekday()), 7) if whole_week else Span(day, 1)


def named(day: date) -> str:
    """'Thursday 26 November'."""
    return f"{day:%A} {day.day} {day:%B}"


def called(day: date, today: date) -> str:
    """The same with the word for it, where there is one: 'Thursday 26 November, today'."""
    words = {-1: ", yesterday", 0: ", today", 1: ", tomorrow"}
    return named(day) + words.get((day - today).days, "")


def days_with(entries: Iterable[tuple[date, T]], span: Span) -> dict[date, list[T]]:
    """What is on each day, in the order in which it came; a day with nothing is there too."""
    found: dict[date, list[T]] = {day: [] for day in span.each}
    for day, entry in entries:
        found[day].append(entry)
    return found
