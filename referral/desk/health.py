"""What custody healthcare sees of who is here: their dangers, and what was done about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from referral.known.now import DangerNow, dangers_of

if TYPE_CHECKING:
    from referral.acts.models import Act
    from referral.custody.models import Booking


class Knowing(StrEnum):
    """Whether healthcare has said that it knows of somebody's dangers."""

    NOT_YET = "Not answered yet"
    KNOWN = "Healthcare knows"
    NONE = "No danger said here"


@dataclass(frozen=True)
class Danger:
    """A danger that stands: what was said, since when healthcare knows, when the desk told whom."""

    said: DangerNow
    known_at: datetime | None
    told: Sequence[tuple[str, datetime]]


@dataclass(frozen=True)
class Patient:
    """Somebody who is here, and the last thing that healthcare said of them and may take back."""

    booking: Booking
    dangers: Sequence[Danger]
    last: Act | None

    @property
    def to_answer(self) -> list[str]:
        """The codes of the dangers of which healthcare has not said yet that it knows."""
        return [danger.said.code for danger in self.dangers if danger.known_at is None]

    @property
    def knowing(self) -> Knowing:
        """Which part of the list they stand in."""
        if not self.dangers:
            return Knowing.NONE
        return Knowing.NOT_YET if self.to_answer else Knowing.KNOWN


def patient_of(booking: Booking, last: Act | None, at: datetime) -> Patient:
    """Somebody as healthcare sees them: what was said to a worker alone is not there."""
    known = booking.known_to_healthcare(at)
    said = dangers_of(booking.words_at_desk, at).values()
    standing = [one for one in said if one.stands]
    return Patient(
        booking,
        [Danger(one, known.get(one.code), _told(booking, one.code)) for one in standing],
        last,
    )


def in_parts(patients: Iterable[Patient]) -> dict[Knowing, list[Patient]]:
    """Those first of whom healthcare has not answered yet."""
    parts: dict[Knowing, list[Patient]] = {knowing: [] for knowing in Knowing}
    for patient in patients:
        parts[patient.knowing].append(patient)
    return parts


def _told(booking: Booking, code: str) -> list[tuple[str, datetime]]:
    """Whom the desk told of a danger, by code, and when."""
    by_desk = (one for one in booking.warnings if not one.acknowledged)
    return [(one.told, one.told_at) for one in by_desk if code in one.dangers]
