"""The inbox in the order of harm if left: who waits for a yes, and so on."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from referral.clock import day_of
from referral.handoff.referrals.states import ENDED_STATES, ReferralState


class Part(StrEnum):
    """One part of the inbox, by the question that it asks."""

    NEW = "Can you take them?"
    DAY = "When do you expect them?"
    CAME = "Did they come?"
    HOW = "How are they?"
    COMING = "Coming up"
    WITH_US = "With you, nothing due"
    PAUSED = "Paused"
    ENDED = "Ended"

    @property
    def asks(self) -> bool:
        """Whether something has to be said of who stands here."""
        return self in ASKING


ASKING = (Part.NEW, Part.DAY, Part.CAME, Part.HOW)
SHORT = {  # above the list, beside how many
    Part.NEW: "to answer",
    Part.DAY: "without a day",
    Part.CAME: "came?",
    Part.HOW: "how are they?",
    Part.COMING: "ahead",
}


class InboxLine(Protocol):
    """A referral in the inbox, as far as its part cares."""

    @property
    def state(self) -> ReferralState: ...
    @property
    def meets_at(self) -> datetime | None: ...
    @property
    def cannot_come(self) -> bool: ...  # what the person said of that appointment
    @property
    def asked(self) -> bool: ...  # whether the service was asked how they are


class Meeting(Protocol):
    """A referral with an appointment ahead, as far as the calendar cares."""

    @property
    def meets_at(self) -> datetime | None: ...


L = TypeVar("L", bound=InboxLine)
M = TypeVar("M", bound=Meeting)


def in_parts(lines: Iterable[L], at: datetime) -> dict[Part, list[L]]:
    """The lines by part, each in the order in which it came; parts with nothing are left out."""
    parts: dict[Part, list[L]] = {part: [] for part in Part}
    for line in lines:
        parts[part_of(line, at)].append(line)
    return {part: found for part, found in parts.items() if found}


def part_of(line: InboxLine, at: datetime) -> Part:
    """Where a referral stands in the inbox at a moment."""
    if line.state in ENDED_STATES:
        return Part.ENDED
    if line.state is ReferralState.REQUESTED:
        return Part.NEW
    if line.cannot_come:
        return Part.DAY
    if line.meets_at is not None:
        return Part.CAME if line.meets_at <= at else Part.COMING
    if line.asked:
        return Part.HOW
    if line.state is ReferralState.ACCEPTED:
        return Part.DAY
    return Part.PAUSED if line.state is ReferralState.ON_HOLD else Part.WITH_US


Days = list[tuple[date, list[M]]]


def by_day(lines: Sequence[M], at: datetime) -> tuple[Days[M], Days[M]]:
    """Who is expected, day by day: today and tomorrow, or else the next day; and all after it."""
    days: dict[date, list[M]] = {}
    for line in sorted(lines, key=lambda line: line.meets_at or at):
        days.setdefault(day_of(line.meets_at or at), []).append(line)
    near = max(day_of(at) + timedelta(days=1), min(days, default=day_of(at)))
    soon = [(day, found) for day, found in days.items() if day <= near]
    return soon, [(day, found) for day, found in days.items() if day > near]
