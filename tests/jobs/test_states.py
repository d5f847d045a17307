"""The whole matrix of states and moves, the waits between tries, and the rhythms."""

from datetime import UTC, datetime, timedelta

import pytest

from referral.jobs.models import Job, NotNow
from referral.jobs.retries import is_hopeless, wait_before_next
from referral.jobs.rhythms import every, weekdays_at
from referral.jobs.states import MOVES, JobMove, JobState

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
ACTS = {
    JobMove.CLAIM: lambda job: job.claim("me", AT),
    JobMove.FINISH: lambda job: job.finish(AT),
    JobMove.PUT_OFF: lambda job: job.put_off("Error", AT),
    JobMove.GIVE_UP: lambda job: job.give_up("Error", AT),
    JobMove.SEND_AGAIN: lambda job: job.send_again(AT),
    JobMove.SETTLE: lambda job: job.settle(),
    JobMove.RETURN: lambda job: job.come_back("CameBack", AT),
}


@pytest.mark.parametrize("move", JobMove)
@pytest.mark.parametrize("state", JobState)
def test_each_move_is_possible_from_its_states_and_no_others(state, move):
    job = Job(state=state.value, failures=0, lost=0)
    sources, target = MOVES[move]
    if state in sources:
        ACTS[move](job)
        assert job.state == target
        assert (job.leased_by is not None) == (target is JobState.RUNNING)
    else:
        with pytest.raises(NotNow):
            ACTS[move](job)
        assert job.state == state


def test_the_waits_double_up_to_four_minutes_and_luck_takes_off_up_to_half():
    seconds = [wait_before_next(n, 0).total_seconds() for n in (1, 2, 3, 4, 5, 6, 900)]
    assert seconds == [15, 30, 60, 120, 240, 240, 240]
    assert wait_before_next(6, 1) == timedelta(minutes=2)


def test_trying_goes_on_for_half_a_day():
    assert not is_hopeless(AT, AT + timedelta(hours=12))
    assert is_hopeless(AT, AT + timedelta(hours=12, seconds=1))


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-24T07:59+00:00", "2026-11-24T08:00+00:00"),  # a Tuesday
        ("2026-11-24T08:00+00:00", "2026-11-25T08:00+00:00"),
        ("2026-11-27T09:00+00:00", "2026-11-30T08:00+00:00"),  # from Friday to Monday
        ("2026-10-23T08:00+01:00", "2026-10-26T08:00+00:00"),  # the clocks go back between
        ("2026-03-27T09:00+00:00", "2026-03-30T08:00+01:00"),  # and forward
    ],
)
def test_weekdays_at_eight_is_eight_on_the_clock_on_the_wall(at, due):
    assert weekdays_at(8)(datetime.fromisoformat(at)) == datetime.fromisoformat(due)


def test_every_hour_is_an_hour_later():
    assert every(timedelta(hours=1))(AT) == AT + timedelta(hours=1)
