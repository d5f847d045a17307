"""The inbox falls into the parts in which a service works."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from referral.handoff.followup.worklist import Part, in_parts
from referral.handoff.referrals.states import ReferralState

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


@dataclass
class Line:
    state: ReferralState
    meets_at: datetime | None = None
    asked: bool = False
    cannot_come: bool = False


@pytest.mark.parametrize(
    ("state", "hours", "part"),
    [
        ("requested", None, Part.NEW),
        ("accepted", None, Part.DAY),
        ("accepted", 3, Part.COMING),
        ("accepted", -3, Part.CAME),
        ("accepted", 0, Part.CAME),
        ("in-progress", None, Part.WITH_US),
        ("on-hold", None, Part.PAUSED),
        ("on-hold", -3, Part.CAME),
        ("rejected", None, Part.ENDED),
        ("completed", -3, Part.ENDED),
        ("cancelled", 3, Part.ENDED),
    ],
)
def test_a_referral_stands_where_the_service_looks_for_it(state, hours, part):
    meets = None if hours is None else NOW + timedelta(hours=hours)
    line = Line(ReferralState(state), meets)
    assert in_parts([line], NOW) == {part: [line]}


def test_the_parts_keep_the_order_in_which_the_lines_came():
    lines = [Line(ReferralState.REQUESTED) for _ in range(3)]
    assert in_parts(lines, NOW)[Part.NEW] == lines
