"""Where it stands that a service stops using what it was told of a person."""

from collections.abc import Mapping
from enum import StrEnum


class StopState(StrEnum):
    """How far it has come: the service does not know yet, knows, has stopped, or need not."""

    TO_TELL = "to tell"
    TOLD = "told"
    CONFIRMED = "confirmed"
    LIFTED = "lifted"


class StopMove(StrEnum):
    """A step in the life of a stop."""

    TELL = "tell"
    LOSE = "lose"
    CONFIRM = "confirm"
    LIFT = "lift"


S = StopState
OPEN = frozenset({S.TO_TELL, S.TOLD})

# A service can say that it has stopped before anybody has told it. It is lost when the address that
# it was told at is not the service's any more. A new yes of the person lifts it.
MOVES: Mapping[StopMove, tuple[frozenset[StopState], StopState]] = {
    StopMove.TELL: (OPEN, S.TOLD),
    StopMove.LOSE: (OPEN, S.TO_TELL),
    StopMove.CONFIRM: (OPEN, S.CONFIRMED),
    StopMove.LIFT: (OPEN, S.LIFTED),
}

LABELS: Mapping[StopState, str] = {
    S.TO_TELL: "Ring them",
    S.TOLD: "Told, not confirmed yet",
    S.CONFIRMED: "Confirmed",
    S.LIFTED: "No longer needed: the person agreed again",
}
