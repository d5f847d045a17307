"""By when a thing must be done: a table of moments, and what an administrator changes."""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from support.stays import in_danger

from referral.access.permissions import Role
from referral.clock import SCOTLAND, now, today
from referral.custody.models import Booking
from referral.db import db
from referral.directory.deadlines import (
    FASTER,
    SHIPPED,
    WORDS,
    Amount,
    Calendar,
    Deadlines,
    Haste,
    Kind,
    Unit,
    due,
)
from referral.directory.models import DeadlineAmount
from referral.directory.queries import deadlines_at

D, H, PLAIN, DAYS, WEEKS = (
    Unit.WORKING_DAYS,
    Unit.WORKING_HOURS,
    Unit.HOURS,
    Unit.DAYS,
    Unit.WEEKS,
)
TABLE = (  # all times are those of a clock in Scotland
    # an ordinary week
    ("2026-11-24 10:00", 1, D, "2026-11-25 17:00"),
    ("2026-11-24 23:59", 1, D, "2026-11-25 17:00"),
    ("2026-11-25 00:00", 1, D, "2026-11-26 17:00"),
    ("2026-11-24 10:00", 2, D, "2026-11-26 17:00"),
    # the same day, and when that is over
    ("2026-11-24 08:00", 0, D, "2026-11-24 17:00"),
    ("2026-11-24 16:59", 0, D, "2026-11-24 17:00"),
    ("2026-11-24 17:00", 0, D, "2026-11-25 17:00"),
    ("2026-11-21 10:00", 0, D, "2026-11-23 17:00"),
    # weekends
    ("2026-11-20 10:00", 1, D, "2026-11-23 17:00"),
    ("2026-11-21 10:00", 1, D, "2026-11-23 17:00"),
    ("2026-11-22 23:30", 1, D, "2026-11-23 17:00"),
    # St Andrew's Day: on a Monday, and its substitute when it falls on a weekend
    ("2026-11-27 10:00", 1, D, "2026-12-01 17:00"),
    ("2026-11-30 10:00", 0, D, "2026-12-01 17:00"),
    ("2024-11-29 10:00", 1, D, "2024-12-03 17:00"),
    ("2025-11-28 10:00", 1, D, "2025-12-02 17:00"),
    ("2027-11-29 10:00", 1, D, "2027-12-01 17:00"),
    # Christmas, with Boxing Day on a Saturday; the turn of the year with 1 and 2 January
    ("2026-12-24 12:00", 1, D, "2026-12-29 17:00"),
    ("2021-12-24 12:00", 1, D, "2021-12-29 17:00"),
    ("2025-12-31 10:00", 1, D, "2026-01-05 17:00"),
    ("2026-12-31 10:00", 1, D, "2027-01-05 17:00"),
    ("2020-12-31 10:00", 1, D, "2021-01-05 17:00"),
    ("2021-12-31 10:00", 1, D, "2022-01-05 17:00"),
    ("2024-12-31 10:00", 1, D, "2025-01-03 17:00"),
    # Easter: Good Friday is off, Easter Monday is worked
    ("2026-04-02 10:00", 1, D, "2026-04-06 17:00"),
    ("2027-03-25 10:00", 1, D, "2027-03-29 17:00"),
    # summer: the August holiday is the first Monday, not the last as in England
    ("2026-07-31 10:00", 1, D, "2026-08-04 17:00"),
    ("2026-08-28 10:00", 1, D, "2026-08-31 17:00"),
    # the clocks go forward (29 March 2026, 01:00 to 02:00) and back (25 October, 02:00 to 01:00)
    ("2026-03-27 12:00", 72, PLAIN, "2026-03-30 13:00"),
    ("2026-10-23 12:00", 72, PLAIN, "2026-10-26 11:00"),
    ("2026-03-28 12:00", 24, PLAIN, "2026-03-29 13:00"),
    ("2026-10-24 12:00", 24, PLAIN, "2026-10-25 11:00"),
    ("2026-03-27 12:00", 1, D, "2026-03-30 17:00"),
    ("2026-10-23 12:00", 1, D, "2026-10-26 17:00"),
    ("2026-03-01 10:00", 8, WEEKS, "2026-04-26 10:00"),
    ("2026-10-01 10:00", 8, WEEKS, "2026-11-26 10:00"),
    ("2026-03-28 01:30", 1, DAYS, "2026-03-29 02:30"),  # 01:30 does not exist on that day
    # working hours: over a night, a weekend, a holiday, and the clocks
    ("2026-11-24 15:00", 4, H, "2026-11-25 11:00"),
    ("2026-11-20 16:00", 2, H, "2026-11-23 10:00"),
    ("2026-11-27 16:30", 1, H, "2026-12-01 09:30"),
    ("2026-11-24 03:00", 3, H, "2026-11-24 12:00"),
    ("2026-03-27 16:00", 9, H, "2026-03-30 17:00"),
    ("2026-11-24 09:00", 8, H, "2026-11-24 17:00"),
)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SCOTLAND)


@pytest.mark.parametrize(("start", "number", "unit", "expected"), TABLE)
def test_each_moment_of_the_table_is_due_when_it_says(start, number, unit, expected):
    assert due(Amount(number, unit), at(start), Calendar()) == at(expected)


def test_the_table_has_at_least_forty_moments():
    assert len({row[:3] for row in TABLE}) >= 40


def test_a_day_that_an_administrator_takes_away_or_gives_back_counts_so():
    fair = Calendar({date(2026, 11, 25): False, date(2026, 11, 30): True})
    assert due(Amount(1, D), at("2026-11-24 10:00"), fair) == at("2026-11-26 17:00")
    assert due(Amount(1, D), at("2026-11-27 10:00"), fair) == at("2026-11-30 17:00")


def test_every_kind_has_an_amount_and_words_and_what_the_field_asks_is_delivered():
    assert set(SHIPPED) == set(WORDS) == set(Kind)
    tuesday = at("2026-11-24 10:00")
    asked = {
        Kind.ACKNOWLEDGE: "2026-11-25 17:00",
        Kind.ACKNOWLEDGE_URGENT: "2026-11-24 17:00",
        Kind.FIRST_CONTACT: "2026-11-27 10:00",
        Kind.FIRST_CONTACT_OVERDOSE: "2026-11-25 10:00",
        Kind.OUTCOME: "2027-01-19 10:00",
    }
    assert {kind: Deadlines().due(kind, tuesday, None) for kind in asked} == {
        kind: at(expected) for kind, expected in asked.items()
    }


@pytest.mark.parametrize(("kind", "haste"), FASTER)
def test_what_goes_faster_does_so_when_it_must_and_only_then(kind, haste):
    overdose, urgent = haste is Haste.OVERDOSE, haste is Haste.URGENT
    start, calm = at("2026-11-24 10:00"), Booking()
    stay = in_danger(start, "overdose") if overdose else calm
    faster = Deadlines().due(kind, start, stay, urgent=urgent)
    assert faster == Deadlines().due(FASTER[kind, haste], start, calm)
    assert faster < Deadlines().due(kind, start, calm)


def test_of_two_reasons_to_hurry_the_earlier_moment_counts():
    start = at("2026-11-24 10:00")
    both = in_danger(start, "naloxone_given")
    found = Deadlines().due(Kind.NEXT_STEP, start, both, urgent=True)
    assert found == at("2026-11-24 14:00")


def test_an_administrator_sets_a_deadline_from_today_on_and_a_day_off(as_role, app):
    browser = as_role(Role.ADMINISTRATOR)
    said = {"number": "2", "unit": "working days"}
    assert browser.submit("/directory/deadlines/acknowledge", said).status_code == 303
    day = {"day": "2031-06-17", "works": "no", "reason": "Local holiday"}
    assert browser.submit("/directory/deadlines", day).status_code == 303
    page = browser.get("/directory/deadlines").text
    assert "2 working days" in page
    assert "Local holiday" in page
    with app.app_context():
        found = deadlines_at(now())
        assert found.amounts[Kind.ACKNOWLEDGE] == Amount(2, D)
        assert not found.calendar.works(date(2031, 6, 17))
        row = db.session.scalars(select(DeadlineAmount)).one()
        row.valid_from = date(today().year + 1, 1, 1)
        db.session.commit()
        assert deadlines_at(now()).amounts[Kind.ACKNOWLEDGE] == SHIPPED[Kind.ACKNOWLEDGE]
    again = day | {"works": "as is"}
    assert browser.submit("/directory/deadlines", again).status_code == 303
    assert "Local holiday" not in browser.get("/directory/deadlines").text


def test_a_wrong_deadline_gets_a_sentence(as_role):
    browser = as_role(Role.ADMINISTRATOR)
    wrong = browser.submit("/directory/deadlines/acknowledge", {"number": "x", "unit": "hours"})
    assert wrong.status_code == 422
    assert "Type a whole number from 0 to 1000" in wrong.text
    assert browser.get("/directory/deadlines/no-such-thing").status_code == 404
