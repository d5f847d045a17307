"""From which state a piece of work goes where, written down once more by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from referral.jobs.models import Job, NotNow

AT = datetime(2026, 8, 3, 9, tzinfo=UTC)
DOES = {
    "claim": lambda job: job.claim("one", AT),
    "finish": lambda job: job.finish(AT),
    "put off": lambda job: job.put_off("Busy", AT + timedelta(minutes=1)),
    "give up": lambda job: job.give_up("Gone", AT),
    "send again": lambda job: job.send_again(AT),
    "settle": lambda job: job.settle(),
    "come back": lambda job: job.come_back("CameBack", AT),
}
BECOMES = {
    "waiting": {"claim": "running"},
    "running": {
        "claim": "running",
        "finish": "done",
        "put off": "waiting",
        "give up": "failed",
    },
    "done": {"come back": "failed"},
    "failed": {"send again": "waiting", "settle": "settled"},
    "settled": {},
}


@pytest.mark.parametrize("state", BECOMES)
@pytest.mark.parametrize("deed", DOES)
def test_a_piece_of_work_goes_on_just_as_the_table_says(state, deed):
    job = Job(state=state, failures=0, lost=0)
    target = BECOMES[state].get(deed)
    if target is None:
        with pytest.raises(NotNow):
            DOES[deed](job)
        assert job.state == state
    else:
        DOES[deed](job)
        assert job.state == target
