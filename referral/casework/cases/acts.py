"""The team's possible next acts in a case, in plain words, and the order between promises."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

ACTS = {
    "see": "See them",
    "outreach": "Outreach today: recent overdose",
    "assess": "Assess",
    "hand_off": "Hand to a service, or close",
    "chase": "Chase the service's answer",
    "follow_up": "Follow up",
    "answer": "Answer the service's question",
    "review": "Reach them: how are they?",
}


@dataclass(frozen=True, order=True)
class Promise:
    """An act that is due in a case, and by when."""

    due_at: datetime
    act: str


def next_of(promises: Iterable[tuple[datetime | None, str | None]]) -> Promise:
    """The earliest of several (by when, act) pairs; one without a time counts as no promise.

    A service's open question is named before everything else, at the earliest time of all.
    """
    made = [Promise(due_at, act or "follow_up") for due_at, act in promises if due_at]
    first = min(made)
    return Promise(first.due_at, "answer") if any(p.act == "answer" for p in made) else first
