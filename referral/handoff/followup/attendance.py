"""The attendance of an appointment, in words; silence is not "did not come"."""

from datetime import datetime
from typing import Protocol


class Attendance(Protocol):
    """An appointment, as far as its words care."""

    took_place: bool | None
    came: bool | None
    moved_by: str | None
    cannot_since: datetime | None


def words_of(meeting: Attendance) -> str:
    """'Came', 'Did not come', 'Did not take place' or, while nobody has said, 'Not said yet'."""
    if meeting.took_place is None:
        return "They said that they cannot come then" if meeting.cannot_since else "Not said yet"
    if not meeting.took_place:
        return "Moved" if meeting.moved_by else "Did not take place"
    if meeting.came is None:
        return "Took place; nobody knows whether they came"
    return "Came" if meeting.came else "Did not come"
