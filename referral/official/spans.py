"""The days that a published figure is about, as people write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from referral.published.periods import NoSuchPeriod, in_words, period_of, whole_months
from referral.web import reading

HOW = "Type 2023-24, 2024, 2024-Q3 or 2024-07, or two days with “to” between them"


class NoSpan(ValueError):
    """It names no period; the text is the sentence for who wrote it."""


class Days(Protocol):
    """From a first day to a last, both in."""

    @property
    def first(self) -> date:
        """The first day."""

    @property
    def last(self) -> date:
        """The last day."""


@dataclass(frozen=True)
class Span:
    """From the first day to the last, both in."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """'1 April 2023 to 31 March 2024'."""
        return in_words(self.first, self.last)


def span_of(typed: str, today: date) -> Span:
    """The days that are meant: a period as a report names it, or two days. Raises NoSpan."""
    wanted = " ".join(typed.split())
    try:
        period = period_of(wanted)
    except NoSuchPeriod:
        first, between, last = wanted.partition(" to ")
        if not between:
            raise NoSpan(HOW) from None
        return _between(first, last, today)
    return Span(period.first, period.last)


def months(year: int, month: int, count: int) -> Span:
    """So many whole months from this one on; month 13 is the first of the year after."""
    return Span(*whole_months(year, month, count))


def day_after(day: date) -> date:
    """The next day."""
    return day + timedelta(days=1)


def quarters_in(days: Days) -> Sequence[Span]:
    """The quarters of the calendar that make a period up exactly; none where they do not."""
    found = []
    begins = days.first
    while begins <= days.last and begins.month % 3 == 1:
        quarter = months(begins.year, begins.month, 3)
        found.append(quarter)
        begins = day_after(quarter.last)
    exact = found and found[0].first == days.first and found[-1].last == days.last
    return found if exact else []


def _between(first: str, last: str, today: date) -> Span:
    try:
        found = Span(reading.day(first, today), reading.day(last, today))
    except reading.Unreadable as wrong:
        raise NoSpan(str(wrong)) from None
    if found.last < found.first:
        raise NoSpan("The last day lies before the first. Check the two days")
    return found
