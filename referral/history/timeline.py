"""The person's history as lines in the order of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from referral.handoff.referrals.states import ReferralState
from referral.history.handed import Handed, latest_of_each, seen_within


@dataclass(frozen=True)
class Happening:
    """One thing that happened: when, what kind, in words, by whom, and when it was recorded."""

    happened_at: datetime
    kind: str
    words: str
    by: str = ""
    recorded_at: datetime | None = None

    @property
    def late(self) -> bool:
        """Whether it was recorded on another day than it happened."""
        return self.recorded_at is not None and self.recorded_at.date() != self.happened_at.date()


@dataclass(frozen=True)
class Known:
    """A service that a returning person is or was with, as the desk may see it.

    `seen` says vaguely when they were last seen there, empty where that is not told; `offer` is
    what to offer of it now, empty where nothing is.
    """

    service: str
    stands: str
    seen: str
    offer: str


@dataclass(frozen=True)
class EarlierOffer:
    """One offer of an earlier stay: what the person answered, why if they said, when and where."""

    answer: str
    reason: str
    asked_at: datetime
    centre: str


def in_order(lines: Iterable[Happening]) -> list[Happening]:
    """The latest first."""
    return sorted(lines, key=lambda line: (line.happened_at, line.kind, line.words), reverse=True)


def known_services(handed: Sequence[Handed], at: datetime) -> list[Known]:
    """One entry a service by its last word, what goes on first; those that said no are none.

    That a service is to answer is the team's to see to, not the desk's.
    """
    last = [one for one in latest_of_each(handed) if one.state is not ReferralState.REJECTED]
    return [
        Known(
            one.service,
            "still open" if one.has_them else "asked, not answered yet" if one.is_open else "ended",
            seen_within(one.seen_at, at),
            one.offer if one.has_them or not one.is_open else "",
        )
        for one in sorted(last, key=lambda one: (one.comes_first, one.service))
    ]
