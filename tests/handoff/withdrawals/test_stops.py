"""The moves of what is to be stopped, each from each state."""

import pytest

from referral.clock import now
from referral.handoff.referrals.models import Stop
from referral.handoff.referrals.refusals import StopOver
from referral.handoff.referrals.stops import MOVES, StopMove, StopState

TABLE = """
            to tell    told
tell        told       told
lose        to tell    to tell
confirm     confirmed  confirmed
lift        lifted     lifted
"""
DOES = {
    StopMove.TELL: lambda stop: stop.tell("Ann", "Bob", now()),
    StopMove.LOSE: lambda stop: stop.lose(),
    StopMove.CONFIRM: lambda stop: stop.confirm("Bob", now()),
    StopMove.LIFT: lambda stop: stop.lift("Ann", now()),
}


def wanted() -> dict[tuple[str, str], str]:
    _, *rows = TABLE.strip().splitlines()
    cells = {row[:12].strip(): (row[12:23].strip(), row[23:].strip()) for row in rows}
    return {(m, s): cells[m][i] for m in cells for i, s in enumerate(("to tell", "told"))}


@pytest.mark.parametrize("state", list(StopState))
@pytest.mark.parametrize("move", list(StopMove))
def test_each_move_leads_where_the_table_says_and_nowhere_else(move, state):
    stop = Stop(state=state.value)
    if target := wanted().get((move.value, state.value)):
        DOES[move](stop)
        assert stop.state == target
        assert (stop.ended_at is not None) == (target in {"confirmed", "lifted"})
    else:
        with pytest.raises(StopOver):
            DOES[move](stop)
        assert stop.state == state
    assert set(MOVES) == set(DOES)
