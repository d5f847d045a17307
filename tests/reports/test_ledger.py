"""Needs that nobody could take, by week."""

from datetime import date

from referral.directory.weeks import week_of, weeks_until
from referral.reports.ledger import ledger_of

WEEKS = weeks_until(date(2026, 11, 24), 3)
NOTED = [("DEBT", date(2026, 11, 23))] * 7 + [("MH", date(2026, 11, 9))] * 3
OLD = [("ALC", date(2026, 8, 1))] * 9


def test_weeks_begin_on_monday():
    assert week_of(date(2026, 11, 29)) == date(2026, 11, 23) == week_of(date(2026, 11, 23))
    assert [date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)] == WEEKS


def test_the_most_frequent_need_stands_first_and_what_is_older_is_left_out():
    ledger = ledger_of(NOTED + OLD, WEEKS)
    assert [row.need for row in ledger.rows] == ["DEBT", "MH"]
    assert [row.weeks for row in ledger.rows] == [(0, 0, 7), (3, 0, 0)]
    assert [row.whole for row in ledger.rows] == [7, 3]
