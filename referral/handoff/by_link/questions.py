"""Which question a link may still ask, and on which days it is asked what became of somebody."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from referral.handoff.referrals.reasons import OURS
from referral.handoff.referrals.states import ENDED_STATES, TAKEN_ON, Move, ReferralState
from referral.post.links.purposes import LinkPurpose

S = ReferralState


class SentLink(Protocol):
    """A link, as far as its question matters."""

    purpose: LinkPurpose


STARTED = frozenset({S.IN_PROGRESS, S.ON_HOLD})

OPEN_IN: Mapping[LinkPurpose, frozenset[ReferralState]] = {
    LinkPurpose.ANSWER: frozenset({S.REQUESTED}),
    LinkPurpose.SEE: TAKEN_ON,
    LinkPurpose.CAME: frozenset({S.ACCEPTED}),
    LinkPurpose.CHANGED: STARTED,
    LinkPurpose.STOPPED: ENDED_STATES,
}
CHANGED_IN: Mapping[LinkPurpose, frozenset[ReferralState]] = {  # where an answer stands
    LinkPurpose.ANSWER: frozenset({S.ACCEPTED, S.REJECTED}),
    LinkPurpose.CAME: TAKEN_ON,
}
MAY_SAY: Mapping[LinkPurpose, Sequence[Move]] = {
    LinkPurpose.ANSWER: (Move.ACCEPT, Move.REJECT, Move.ASK),
    LinkPurpose.SEE: (Move.ASK, Move.CANCEL),
    LinkPurpose.CHANGED: (Move.COMPLETE, Move.FAIL),
}

REASONS: Mapping[LinkPurpose, tuple[str, frozenset[str]]] = {  # the list, without the team's own
    LinkPurpose.ANSWER: ("service_decline", frozenset()),
    LinkPurpose.SEE: ("cancel", OURS[Move.CANCEL]),
}


class Came(StrEnum):
    """What became of an appointment, as a service may answer by link."""

    YES = "yes"
    NO = "no"
    NOT_HELD = "not-held"
    MOVED = "moved"
    UNKNOWN = "unknown"  # an answer that was given is taken back, and no other takes its place


CAME_WORDS: Mapping[Came, str] = {
    Came.YES: "They came",
    Came.NO: "They did not come",
    Came.NOT_HELD: "It did not take place",
    Came.MOVED: "It was moved",
    Came.UNKNOWN: "We do not know: take our answer back",
}
YET_WORDS: Mapping[Came, str] = {  # where no appointment is over
    Came.YES: "They have come",
    Came.NO: "They have not come yet",
    Came.UNKNOWN: CAME_WORDS[Came.UNKNOWN],
}
MOVE_WORDS: Mapping[Move, str] = {
    Move.REJECT: "We can’t",
    Move.ASK: "Ask the team something",
    Move.CANCEL: "We can no longer take them",
}
SAID_WORDS: Mapping[str, str] = {
    Move.ACCEPT: "We have it",
    Move.REJECT: "We can’t take it",
    Move.CANCEL: "We can no longer",
    Move.COMPLETE: "It has ended: completed",
    Move.FAIL: "It ended early",
    "still": "They are still with us",
    LinkPurpose.STOPPED: "We have stopped using it",
} | {came.value: words for came, words in CAME_WORDS.items()}
ABOUT_OUTCOMES = frozenset({LinkPurpose.CAME, LinkPurpose.CHANGED})
DAYS = (3, 14, 42, 90)
TOO_LATE = timedelta(days=7)  # what was missed for so long is not asked after


def question_now(state: ReferralState) -> LinkPurpose | None:
    """The question for a service about a referral as it stands; None when nothing is open."""
    if state in OPEN_IN[LinkPurpose.ANSWER]:
        return LinkPurpose.ANSWER
    if state in TAKEN_ON:
        return LinkPurpose.CHANGED if state in STARTED else LinkPurpose.CAME
    return None


def open_question(state: ReferralState, links: Sequence[SentLink]) -> LinkPurpose | None:
    """The question of a new link: that of the last good one, or else the one that is open."""
    for link in reversed(links):
        if link.purpose is not LinkPurpose.STOPPED and state in OPEN_IN[link.purpose]:
            return link.purpose
    if state in OPEN_IN[LinkPurpose.ANSWER]:
        return LinkPurpose.ANSWER
    return LinkPurpose.SEE if state in OPEN_IN[LinkPurpose.SEE] else None


def day_reached(accepted_at: datetime, at: datetime) -> int | None:
    """The latest of the days 3, 14, 42 and 90 after the acceptance, unless it is long gone."""
    reached = [day for day in DAYS if accepted_at + timedelta(days=day) <= at]
    if not reached or at - accepted_at - timedelta(days=reached[-1]) > TOO_LATE:
        return None
    return reached[-1]
