"""The first contact after a release and each step of what is late, a second before and after."""

from datetime import UTC, datetime, timedelta

import pytest
from support.stays import in_danger

from referral.directory.deadlines import Deadlines
from referral.overdue.escalation.steps import Step, course

SECOND = timedelta(seconds=1)
OUT = datetime(2026, 10, 23, 12, tzinfo=UTC)  # a Friday; the clocks go back on the Sunday
DUE = datetime(2026, 11, 26, 17, tzinfo=UTC)  # a Thursday; the Monday is St Andrew's Day


def reach_by(overdose: bool, late_by: timedelta, released: datetime | None = OUT) -> datetime:
    """By when, if the release is written down so long after it."""
    stay = in_danger(OUT, *(["overdose"] if overdose else []))
    return Deadlines().first_contact(released, stay, OUT + late_by)


@pytest.mark.parametrize(("overdose", "hours"), [(False, 72), (True, 24)])
def test_the_first_contact_is_hours_that_pass_and_counts_from_the_release(overdose, hours):
    promised = timedelta(hours=hours)
    assert reach_by(overdose, timedelta()) == OUT + promised
    assert reach_by(overdose, promised - SECOND) == OUT + promised
    # what is past when it is written down counts from then
    assert reach_by(overdose, promised) == OUT + 2 * promised
    assert reach_by(overdose, promised + SECOND) == OUT + 2 * promised + SECOND
    assert reach_by(overdose, timedelta(hours=1), None) == OUT + timedelta(hours=1) + promised


# how long after it was due each step is taken: working days, or working hours where it is urgent
STEPS = [
    (False, Step.OWNER, timedelta()),
    (False, Step.LEAD, timedelta(days=5)),  # Friday, and then Tuesday
    (False, Step.MANAGERS, timedelta(days=7)),
    (True, Step.OWNER, timedelta()),
    (True, Step.LEAD, timedelta(hours=20)),  # Friday at one
    (True, Step.MANAGERS, timedelta(days=1)),  # Friday at five
]


@pytest.mark.parametrize(("urgent", "step", "after"), STEPS)
def test_a_step_is_taken_a_second_after_its_time_and_not_at_it(urgent, step, after):
    def taken(at: datetime) -> list[Step]:
        return [one for one, _ in course(DUE, 0, at, Deadlines(), None, urgent=urgent).steps]

    assert step not in taken(DUE + after - SECOND)
    assert step not in taken(DUE + after)
    assert taken(DUE + after + SECOND)[-1] is step
