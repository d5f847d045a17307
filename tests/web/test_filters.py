"""Whatever moment or day is stored, it is written on the page and breaks none."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from referral.web.filters import counted, day, held, hour, left, month, weekday, when

ENDS = [
    datetime.min.replace(tzinfo=UTC),
    datetime.max.replace(tzinfo=UTC),
    datetime(26, 3, 1, 12, tzinfo=UTC),
    datetime(9998, 7, 1, 12, tzinfo=UTC),
    datetime.max.replace(tzinfo=timezone(timedelta(hours=-14))),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
]


@pytest.mark.parametrize("moment", ENDS)
def test_a_moment_at_the_end_of_the_calendar_is_written(moment):
    assert str(moment.year)[-2:] in when(moment)
    assert month(moment)
    assert weekday(moment)
    assert hour(moment)
    for other in ENDS:
        assert held(moment, other)
        assert left(moment, other)


@pytest.mark.parametrize("value", [date.min, date.max, None])
def test_a_day_at_the_end_of_the_calendar_is_written(value):
    assert day(value)


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 stays, 0 people"), (1, "1 stay, 1 person"), (2, "2 stays, 2 people")],
)
def test_one_of_something_is_not_said_as_many(number, said):
    assert f"{counted(number, 'stay')}, {counted(number, 'person', 'people')}" == said
