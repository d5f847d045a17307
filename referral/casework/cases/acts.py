"""What a team does next in a case, in plain words, and which of several promises comes first."""

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
    """What somebody must have done by a moment."""

    due_at: datetime
    act: str


def next_of(promises: Iterable[tuple[datetime | None, str | None]]) -> Promise:
    """What is due first, of (by when, what) pairs; without a time nothing is promised.

    A service's open question is named before everything else, at the first time of all.
    """
    made = [Promise(due_at, act or "follow_up") for due_at, act in promises if due_at]
    first = min(made)
    return Promise(first.due_at, "answer") if any(p.act == "answer" for p in made) else first
