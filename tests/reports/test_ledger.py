"""Needs that nobody could take, by week, and never a number that points at a person."""

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
    ledger = ledger_of(NOTED + OLD, WEEKS, protected=False)
    assert [row.need for row in ledger.rows] == ["DEBT", "MH"]
    assert [shown.value for shown in ledger.rows[0].weeks] == [0, 0, 7]
    assert [shown.value for shown in ledger.rows[1].weeks] == [3, 0, 0]


def test_nobody_outside_is_told_a_number_below_five():
    ledger = ledger_of(NOTED, WEEKS, protected=True)
    told = [shown.value for row in ledger.rows for shown in (*row.weeks, row.whole)]
    assert told == [0, 0, 5, 5, None, 0, 0, None]
