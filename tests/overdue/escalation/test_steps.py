"""How far something late has gone, at each moment."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from referral.directory.deadlines import Deadlines
from referral.overdue.escalation.steps import Step, course

DUE = datetime(2026, 11, 24, 17, tzinfo=UTC)  # a Tuesday; 30 November is St Andrew's Day


def taken_at(at: datetime, urgent: bool = False) -> list[tuple[Step, datetime]]:
    return list(course(DUE, 0, at, Deadlines(), None, urgent=urgent).steps)


def test_nothing_happens_before_the_time_is_over():
    found = course(DUE, 0, DUE, Deadlines(), None)
    assert found.steps == ()
    assert found.next_at == DUE


def test_the_owner_then_the_lead_then_the_managers_are_told_two_working_days_apart():
    lead, managers = DUE + timedelta(days=2), DUE + timedelta(days=7)
    assert taken_at(DUE + timedelta(minutes=1)) == [(Step.OWNER, DUE)]
    assert taken_at(lead + timedelta(minutes=1))[1:] == [(Step.LEAD, lead)]
    everybody = course(DUE, 0, managers + timedelta(minutes=1), Deadlines(), None)
    assert everybody.steps[2:] == ((Step.MANAGERS, managers),)
    assert everybody.next_at is None


def test_what_is_urgent_reaches_the_managers_within_a_working_day():
    next_day = DUE + timedelta(days=1)
    assert [step for step, _ in taken_at(next_day + timedelta(minutes=1), urgent=True)] == [*Step]


@given(st.integers(0, 3), st.lists(st.integers(1, 4000), max_size=12), st.booleans())
def test_however_often_it_runs_each_step_is_taken_once_and_in_order(taken, pauses, urgent):
    at, steps = DUE, []
    reached = taken
    for pause in pauses:
        at += timedelta(minutes=pause)
        found = course(DUE, reached, at, Deadlines(), None, urgent=urgent)
        steps += [step for step, _ in found.steps]
        reached = max([reached, *(step for step, _ in found.steps)])
        assert all(moment < at for _, moment in found.steps)
        assert found.next_at is None or found.next_at >= at
    assert steps == [step for step in Step if taken < step <= reached]
