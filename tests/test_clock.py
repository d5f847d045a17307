"""Which day it is, in Scotland."""

from datetime import UTC, date, datetime

import pytest

from referral.clock import day_of

MOMENTS = (
    (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
    (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),  # summer time
    (datetime(2026, 12, 1, 23, 59, tzinfo=UTC), date(2026, 12, 1)),
    (datetime(2026, 12, 2, 0, 0, tzinfo=UTC), date(2026, 12, 2)),
)


@pytest.mark.parametrize(("moment", "day"), MOMENTS)
def test_a_day_begins_at_midnight_in_scotland(moment, day):
    assert day_of(moment) == day
