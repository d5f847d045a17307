"""The states of a referral and its legal moves.

The ten codes and the arrows are those of the HL7 Gravity project's SDOH Clinical Care guide (FHIR
Task for referral management). Its diagram lacks the arrow from in-progress to on-hold, although
it defines on-hold as "started but paused"; the arrow is legal here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ReferralState(StrEnum):
    """Where a referral stands."""

    DRAFT = "draft"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    FAILED = "failed"
    COMPLETED = "completed"
    ENTERED_IN_ERROR = "entered-in-error"


class Side(StrEnum):
    """The acting side: the team that asked, or the service that was asked."""

    REQUESTER = "requester"
    TARGET = "target"


class Move(StrEnum):
    """A step that somebody takes with a referral."""

    SEND = "send"
    ACCEPT = "accept"
    REJECT = "reject"
    CANCEL = "cancel"
    START = "start"
    HOLD = "hold"
    RESUME = "resume"
    COMPLETE = "complete"
    FAIL = "fail"
    MARK_ERROR = "mark_error"
    ASK = "ask"
    REPLY = "reply"
    TAKE_BACK = "take_back"
    CHASE = "chase"


@dataclass(frozen=True)
class Rule:
    """From where, to where, by whom; and the code list that a reason must come from, if any.

    Without a target the referral stays where it is. A started referral ends with an outcome.
    """

    sources: frozenset[ReferralState]
    target: ReferralState | None
    sides: frozenset[Side]
    reason_list: str | None = None
    note_required: bool = False
    outcome_required: bool = False


S = ReferralState
TAKEN_ON = frozenset({S.ACCEPTED, S.IN_PROGRESS, S.ON_HOLD})
_TEAM = frozenset({Side.REQUESTER})
_SERVICE = frozenset({Side.TARGET})
_BOTH = _TEAM | _SERVICE

MOVES: Mapping[Move, Rule] = {
    Move.SEND: Rule(frozenset({S.DRAFT}), S.REQUESTED, _TEAM),
    Move.ACCEPT: Rule(frozenset({S.REQUESTED}), S.ACCEPTED, _SERVICE),
    Move.REJECT: Rule(frozenset({S.REQUESTED}), S.REJECTED, _SERVICE, "service_decline"),
    Move.CANCEL: Rule(TAKEN_ON | {S.REQUESTED}, S.CANCELLED, _BOTH, "cancel"),
    Move.START: Rule(frozenset({S.ACCEPTED}), S.IN_PROGRESS, _SERVICE),
    Move.HOLD: Rule(frozenset({S.ACCEPTED, S.IN_PROGRESS}), S.ON_HOLD, _SERVICE, "hold"),
    Move.RESUME: Rule(frozenset({S.ON_HOLD}), S.IN_PROGRESS, _SERVICE),
    Move.COMPLETE: Rule(TAKEN_ON, S.COMPLETED, _SERVICE, "close", outcome_required=True),
    Move.FAIL: Rule(TAKEN_ON, S.FAILED, _SERVICE, "fail", outcome_required=True),
    Move.MARK_ERROR: Rule(
        frozenset(S) - {S.ENTERED_IN_ERROR}, S.ENTERED_IN_ERROR, _TEAM, note_required=True
    ),
    Move.ASK: Rule(TAKEN_ON | {S.REQUESTED}, None, _SERVICE, note_required=True),
    Move.REPLY: Rule(TAKEN_ON | {S.REQUESTED}, None, _TEAM, note_required=True),
    # an act of its own, with its own rules: no form and no program moves by it
    Move.TAKE_BACK: Rule(frozenset(), None, frozenset()),
    Move.CHASE: Rule(TAKEN_ON | {S.REQUESTED}, None, _TEAM, note_required=True),
}

ENDED_STATES = frozenset({S.REJECTED, S.CANCELLED, S.FAILED, S.COMPLETED, S.ENTERED_IN_ERROR})

OPEN_STATES = frozenset(S) - ENDED_STATES

LABELS: Mapping[ReferralState, str] = {
    S.DRAFT: "Not sent yet",
    S.REQUESTED: "Waiting for the service to answer",
    S.ACCEPTED: "Accepted",
    S.REJECTED: "The service could not take it",
    S.CANCELLED: "Withdrawn",
    S.IN_PROGRESS: "With the service",
    S.ON_HOLD: "Paused",
    S.FAILED: "Ended early",
    S.COMPLETED: "Completed",
    S.ENTERED_IN_ERROR: "Recorded by mistake",
}


MOVE_LABELS: Mapping[Move, str] = {
    Move.SEND: "Send",
    Move.ACCEPT: "We have it",
    Move.REJECT: "We can't take it",
    Move.CANCEL: "Withdraw",
    Move.START: "They have started with us",
    Move.HOLD: "Pause",
    Move.RESUME: "Go on after a pause",
    Move.COMPLETE: "Completed",
    Move.FAIL: "Ended early",
    Move.MARK_ERROR: "Recorded by mistake",
    Move.ASK: "Ask the team a question",
    Move.REPLY: "Reply to the service",
    Move.TAKE_BACK: "Said by mistake, taken back",
    Move.CHASE: "We have rung them",
}


HAPPENED: Mapping[Move, str] = {  # a move as it is told afterwards, by whoever reads it
    Move.SEND: "Sent",
    Move.ACCEPT: "Taken on",
    Move.REJECT: "Said no",
    Move.CANCEL: "Withdrawn",
    Move.START: "They came",
    Move.HOLD: "Paused",
    Move.RESUME: "Gone on after a pause",
    Move.COMPLETE: "Completed",
    Move.FAIL: "Ended early",
    Move.MARK_ERROR: "Recorded by mistake",
    Move.ASK: "The service asked",
    Move.REPLY: "The team replied",
    Move.TAKE_BACK: "An answer was taken back",
    Move.CHASE: "The team rang",
}


def moves_from(state: ReferralState, side: Side) -> tuple[Move, ...]:
    """The moves one side may make from a state, in the order of the table."""
    return tuple(m for m, rule in MOVES.items() if state in rule.sources and side in rule.sides)
