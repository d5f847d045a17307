"""What came: an answer of a service, a person who asks again, a case given or closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from referral.handoff.referrals.states import Move

LATELY = timedelta(days=14)  # what is older is no news, looked at or not
FROM_SERVICES = (
    Move.ACCEPT, Move.REJECT, Move.ASK, Move.CANCEL, Move.START, Move.HOLD, Move.RESUME,
    Move.COMPLETE, Move.FAIL, Move.TAKE_BACK,
)  # fmt: skip


class Kind(StrEnum):
    """What it is, besides a move of a service."""

    ASKED = "asked"
    AGAIN = "again"
    GIVEN = "given"
    COVER = "cover"
    NEVER_MET = "never met"


WORDS: Mapping[str, str] = {
    Kind.ASKED: "They ask for help again",
    Kind.AGAIN: "They took back a stop",
    Kind.GIVEN: "The case was given to you",
    Kind.NEVER_MET: "Nobody met them in time: their case has closed",
    Kind.COVER: "You cover for a colleague",
    Move.ACCEPT: "The service has taken them on",
    Move.REJECT: "The service said no",
    Move.ASK: "The service asks something",
    Move.CANCEL: "The referral was withdrawn",
    Move.START: "They came to the service",
    Move.HOLD: "The service has paused",
    Move.RESUME: "The service goes on after a pause",
    Move.COMPLETE: "The service has completed it",
    Move.FAIL: "It ended early at the service",
    Move.TAKE_BACK: "The service took back what it had said",
}


@dataclass(frozen=True)
class News:
    """One thing that came: when, what, and where it leads: a case, a referral of it, or a leave."""

    at: datetime
    what: str
    case_id: UUID | None
    referral_id: UUID | None
    is_new: bool

    @property
    def words(self) -> str:
        """What it is, for the list."""
        return WORDS[self.what]
