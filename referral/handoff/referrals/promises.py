"""By when a referral must move on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from referral.casework.cases.next_steps import NextStep
from referral.directory.deadlines import Deadlines, Kind, Stay
from referral.handoff.referrals.states import ENDED_STATES, MOVES, Move, ReferralState

S = ReferralState
KINDS: Mapping[ReferralState, Kind] = {
    S.DRAFT: Kind.CONFIRM,
    S.REQUESTED: Kind.ACKNOWLEDGE,
    S.IN_PROGRESS: Kind.OUTCOME,
    S.ON_HOLD: Kind.PAUSED,
} | dict.fromkeys(ENDED_STATES, Kind.DECIDE)

NEXT_ACT: Mapping[ReferralState, NextStep] = {
    S.DRAFT: NextStep.CONFIRM,
    S.REQUESTED: NextStep.CHASE,
    S.ACCEPTED: NextStep.FOLLOW_UP,
    S.IN_PROGRESS: NextStep.FOLLOW_UP,
    S.ON_HOLD: NextStep.FOLLOW_UP,
}


CALLS = 3  # give the service more time each; a further one gains none, and it goes up


def calls_lately(moves: Sequence[Move]) -> int:
    """How often the service was rung since the referral last moved on."""
    calls = 0
    for move in moves:
        if MOVES[move].target:
            calls = 0
        calls += move is Move.CHASE
    return calls


def due_of(
    state: ReferralState, urgent: bool, stay: Stay, deadlines: Deadlines, at: datetime
) -> datetime:
    """By when a referral that came into a state at a moment must move on.

    First contact counts from the release where there was one, and a late yes from itself.
    """
    if state is S.ACCEPTED:
        return deadlines.first_contact(stay.released_at, stay, at)
    return deadlines.due(KINDS[state], at, stay, urgent=urgent)


def due_after_a_call(
    due_at: datetime, calls: int, urgent: bool, stay: Stay, deadlines: Deadlines, at: datetime
) -> datetime:
    """By when a service that was rung must move on: it has as long again, but not for ever."""
    if calls >= CALLS:
        return due_at
    return max(due_at, deadlines.due(Kind.ACKNOWLEDGE, at, stay, urgent=urgent))
