"""Reports of two numbers, of whatever period is asked; nothing is played for them."""

from collections.abc import Mapping

from referral.published.tables import Column, Row, Table
from referral.published.telling import Counted
from referral.reports.laying import Laid
from referral.reports.wanted import Wanted


def counted_of(wanted: Wanted, numbers: Mapping[str, int], people: Mapping[str, int]) -> Counted:
    """A report of so many referrals and people by period."""
    period = wanted.period.name
    laid = Laid(wanted.about("national", "National"))
    booked = ("booked/reached", "people", "S92000003", period)
    everybody = laid.count(booked, people.get(period, 90))
    sent = laid.count(("referral", "referrals", "S92000003", period), numbers.get(period, 0))
    for code, title, entry in (("ladder", "Booked", everybody), ("indicator", "Referrals", sent)):
        row = Row("number", "Number", (entry,))
        column = Column("number", "Number", "people")
        laid.tables.append(Table(code, title, "", "count", (column,), (row,)))
    return laid.report(booked, {})
