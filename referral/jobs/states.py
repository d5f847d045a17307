"""Where a piece of work stands, and the moves between."""

from collections.abc import Mapping
from enum import StrEnum


class JobState(StrEnum):
    """Where a piece of work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SETTLED = "settled"


class JobMove(StrEnum):
    """A step in the life of a piece of work."""

    CLAIM = "claim"
    FINISH = "finish"
    PUT_OFF = "put off"
    GIVE_UP = "give up"
    SEND_AGAIN = "send again"
    SETTLE = "settle"
    RETURN = "return"


S = JobState

# A running one can be claimed anew, because the worker that had it may be dead; the caller sees to
# it that its lease is over. What failed stays until a person sends it again or has dealt with it.
MOVES: Mapping[JobMove, tuple[frozenset[JobState], JobState]] = {
    JobMove.CLAIM: (frozenset({S.WAITING, S.RUNNING}), S.RUNNING),
    JobMove.FINISH: (frozenset({S.RUNNING}), S.DONE),
    JobMove.PUT_OFF: (frozenset({S.RUNNING}), S.WAITING),
    JobMove.GIVE_UP: (frozenset({S.RUNNING}), S.FAILED),
    JobMove.SEND_AGAIN: (frozenset({S.FAILED}), S.WAITING),
    JobMove.SETTLE: (frozenset({S.FAILED}), S.SETTLED),
    JobMove.RETURN: (frozenset({S.DONE}), S.FAILED),  # a mail that was taken, and came back
}

LABELS: Mapping[JobState, str] = {
    S.WAITING: "Waiting",
    S.RUNNING: "Being done",
    S.DONE: "Done",
    S.FAILED: "Could not be delivered",
    S.SETTLED: "Dealt with by somebody",
}
