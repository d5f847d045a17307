"""What a team promises in a case, in plain words, and the order between promises."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar


class NextStep(StrEnum):
    """Something that the team has promised to do."""

    ANSWER = "answer"
    OUTREACH = "outreach"
    SEE = "see"
    ASSESS = "assess"
    CONFIRM = "confirm"
    CHASE = "chase"
    FOLLOW_UP = "follow_up"
    REFUSED = "refused"
    ANEW = "anew"
    DIED = "died"
    NUMBER = "number"
    MOVED = "moved"
    ASKED = "asked"
    AGAIN = "again"
    AGREE = "agree"
    REVIEW = "review"
    HAND_OFF = "hand_off"


class Ending(StrEnum):
    """What became of a promise: done, not to be done any more, or another in its place."""

    KEPT = "kept"
    DROPPED = "dropped"
    REPLACED = "replaced"


A = NextStep
NEXT_STEPS: Mapping[str, str] = {
    A.SEE: "See them",
    A.OUTREACH: "Outreach today: recent overdose",
    A.ASSESS: "Assess",
    A.CONFIRM: "Confirm what they agreed to, and send",
    A.HAND_OFF: "Hand to a service, or close",
    A.CHASE: "Chase the service’s answer",
    A.FOLLOW_UP: "Follow up",
    A.ANSWER: "Answer the service’s question",
    A.REFUSED: "A service said no: find another",
    A.ANEW: "Hand on anew: the service has closed",
    A.DIED: "Find out whether they have died",
    A.NUMBER: "Find out how to reach them: a number is wrong",
    A.MOVED: "They are said to have moved away: plan anew, or close",
    A.ASKED: "They ask for help again: reach them",
    A.AGAIN: "They took back a stop: talk to them",
    A.AGREE: "Ask again what they agree to: it runs out",
    A.REVIEW: "Ask how they are",
}
AT_A_SERVICE = (A.CONFIRM, A.CHASE, A.FOLLOW_UP)  # due when its referral is: late with it
TALKS = frozenset({A.ASKED, A.AGAIN})  # what the person asked for on their own page
OF_REFERRALS = frozenset({A.ANSWER, A.REFUSED, A.ANEW, *AT_A_SERVICE})
MAY_DROP = frozenset({A.REFUSED})  # by a worker, with a reason; all others are done or overtaken


class Due(Protocol):
    """A promise, as far as its turn cares."""

    @property
    def act(self) -> NextStep: ...
    @property
    def due_at(self) -> datetime: ...


D = TypeVar("D", bound=Due)


def in_turn(promises: Iterable[D]) -> list[D]:
    """The promises, the earliest first; of those due at one moment a service's question is."""
    order = list(NextStep)
    return sorted(promises, key=lambda promise: (promise.due_at, order.index(promise.act)))
