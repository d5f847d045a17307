"""The inbox in the order in which a service works: what is new, what to say, who comes next."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from referral.handoff.referrals.states import ENDED_STATES, ReferralState


class Part(StrEnum):
    """One part of the inbox."""

    NEW = "New: can you take them?"
    SAY = "What happened?"
    COMING = "Coming up"
    WITH_US = "With us"
    PAUSED = "Paused"
    ENDED = "Ended"


class InboxLine(Protocol):
    """A referral in the inbox, as far as its part cares."""

    @property
    def state(self) -> ReferralState: ...
    @property
    def meets_at(self) -> datetime | None: ...


L = TypeVar("L", bound=InboxLine)


def in_parts(lines: Iterable[L], at: datetime) -> dict[Part, list[L]]:
    """The lines by part, each in the order in which it came; parts with nothing are left out."""
    parts: dict[Part, list[L]] = {part: [] for part in Part}
    for line in lines:
        parts[_part_of(line, at)].append(line)
    return {part: found for part, found in parts.items() if found}


def _part_of(line: InboxLine, at: datetime) -> Part:
    if line.state in ENDED_STATES:
        return Part.ENDED
    if line.state is ReferralState.REQUESTED:
        return Part.NEW
    if line.meets_at is not None:
        return Part.SAY if line.meets_at <= at else Part.COMING
    return Part.PAUSED if line.state is ReferralState.ON_HOLD else Part.WITH_US
