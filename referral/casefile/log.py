"""The log of a case: notes, calls and tries to reach the person, in one order of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

LOST = "These words cannot be opened: their key is missing. Tell your administrator."


@dataclass(frozen=True)
class Line:
    """One line of the log: with whom and how, what was said or came of it, who wrote it down.

    Only a note has a number. `corrects` is when the note happened that it corrects, `corrected`
    says that a later one does; of one that was taken back there is only why.
    """

    happened_at: datetime
    head: str
    said: str
    by: str
    recorded_at: datetime
    note_id: UUID | None = None
    mine: bool = False
    corrects: datetime | None = None
    corrected: bool = False
    taken_back: str = ""

    @property
    def late(self) -> bool:
        """Whether it was written down on another day than it happened."""
        return self.recorded_at.date() != self.happened_at.date()

    def has(self, words: str) -> bool:
        """Whether each of these words is in it, in whatever case and order."""
        text = f"{self.head} {self.said} {self.by}".casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True)
class Log:
    """The lines of a case, the latest first, and by which ways the team reached them before."""

    lines: Sequence[Line]
    reached: Sequence[str]


def in_order(lines: Iterable[Line]) -> list[Line]:
    """The latest to happen first."""
    return sorted(lines, key=lambda line: (line.happened_at, line.recorded_at), reverse=True)
