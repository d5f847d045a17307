"""The period of a report, in Scottish calendar days."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from referral.clock import midnight
from referral.errors import RuleBroken


class NoSuchPeriod(RuleBroken):
    """Type the period as 2026, 2026-Q3, 2026-09, or 2025-26 for a year from April to March."""


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both in."""

    name: str
    first: date
    last: date

    @property
    def starts(self) -> datetime:
        """The first moment that belongs to it."""
        return midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The first moment that belongs to it no more."""
        return midnight(self.last + timedelta(days=1))

    @property
    def words(self) -> str:
        """'1 July 2026 to 30 September 2026'."""
        return in_words(self.first, self.last)


def period_of(text: str) -> Period:
    """The period that is meant. Raises NoSuchPeriod."""
    wanted = text.strip().upper()
    if found := re.fullmatch(r"(20\d\d)", wanted):
        return _months(wanted, int(found[1]), 1, 12)
    if found := re.fullmatch(r"(20\d\d)-Q([1-4])", wanted):
        return _months(wanted, int(found[1]), int(found[2]) * 3 - 2, 3)
    if (found := re.fullmatch(r"(20\d\d)-(\d\d)", wanted)) and 1 <= int(found[2]) <= 12:
        return _months(wanted, int(found[1]), int(found[2]), 1)
    if (found := re.fullmatch(r"20(\d\d)-(\d\d)", wanted)) and int(found[2]) == int(found[1]) + 1:
        return _months(wanted, 2000 + int(found[1]), 4, 12)
    raise NoSuchPeriod


def last_quarter(today: date) -> str:
    """The latest quarter that is over: what a report shows first."""
    quarter = (today.month - 1) // 3
    return f"{today.year}-Q{quarter}" if quarter else f"{today.year - 1}-Q4"


def quarters(today: date, count: int = 8) -> list[str]:
    """The running quarter and those before it, the latest first."""
    found = []
    year = today.year
    quarter = (today.month - 1) // 3 + 1
    for _ in range(count):
        found.append(f"{year}-Q{quarter}")
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    return found


def whole_months(year: int, month: int, count: int) -> tuple[date, date]:
    """The first and the last day of so many months; month 13 is the first of the year after."""
    first = year * 12 + month - 1
    return _begins(first), _begins(first + count) - timedelta(days=1)


def in_words(first: date, last: date) -> str:
    """'1 July 2026 to 30 September 2026'."""
    return f"{day_in_words(first)} to {day_in_words(last)}"


def _months(name: str, year: int, month: int, count: int) -> Period:
    return Period(name, *whole_months(year, month, count))


def _begins(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def day_in_words(day: date) -> str:
    """'1 July 2026'."""
    return f"{day.day} {day:%B %Y}"
