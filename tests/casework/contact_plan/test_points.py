"""When the points are, and what follows from a try."""

from datetime import datetime, timedelta

import pytest
from support.stays import in_danger

from referral.casework.contact_plan.points import (
    AFTER,
    ALWAYS,
    Consequence,
    Point,
    due_of,
    effect_of,
)
from referral.clock import SCOTLAND
from referral.custody.models import Booking
from referral.directory.deadlines import Deadlines

RELEASED = datetime(2026, 10, 5, 9, 30, tzinfo=SCOTLAND)  # summer time


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        (Point.H72, "2026-10-08 09:30"),
        (Point.D7, "2026-10-12 09:30"),
        (Point.D28, "2026-11-02 09:30"),  # the clock shows the same time in winter
        (Point.W12, "2026-12-28 09:30"),
        (Point.W26, "2027-04-05 09:30"),
        (Point.W52, "2027-10-04 09:30"),
    ],
)
def test_each_point_counts_from_the_release(point, expected):
    found = due_of(point, RELEASED, Booking(), Deadlines(), RELEASED)
    assert found.astimezone(SCOTLAND).strftime("%Y-%m-%d %H:%M") == expected


def test_after_an_overdose_the_first_contact_is_within_a_day():
    found = due_of(Point.H72, RELEASED, in_danger(RELEASED, "overdose"), Deadlines(), RELEASED)
    assert found - RELEASED == timedelta(hours=24)


def test_a_year_is_asked_for_by_choice_only():
    assert Point.W52 not in ALWAYS
    assert set(AFTER) == set(Point) - {Point.H72}


@pytest.mark.parametrize(
    ("result", "effect"),
    [
        ("reached", Consequence.REACHED),
        ("NOANS", Consequence.AGAIN),
        ("WRONG", Consequence.AGAIN),
        ("NFA", Consequence.AGAIN),
        ("message", Consequence.AGAIN),
        ("REMAND", Consequence.HOLD),
        ("HOSP", Consequence.HOLD),
        ("MOVED", Consequence.END),
        ("DECEASED", Consequence.END),
        ("a code of next year", Consequence.AGAIN),
    ],
)
def test_each_result_leads_where_the_field_says(result, effect):
    assert effect_of(result) is effect
