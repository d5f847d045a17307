"""Boxes to tick beside one question, filled with what counts, and what a reader said by ticking.

A box that is ticked says yes, one from which the tick is taken says no. What stays as it was says
nothing. One box says no to all that is not ticked, another that the person did not want to say.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from referral.known.now import Said

NO_OTHER, UNSAID = "no-other", "unsaid"
LAST = (
    (NO_OTHER, "None of these, or none of the others"),
    (UNSAID, "Did not want to say"),
)
ALL_ALIKE = {Said.NO: NO_OTHER, Said.DECLINED: UNSAID}


@dataclass(frozen=True)
class Boxes:
    """The boxes that were shown, and those that were ticked when the page was made, and now."""

    shown: Sequence[str]
    before: Collection[str]
    now: Collection[str]

    @property
    def answers(self) -> dict[str, Said]:
        """What was said, by code; nothing of a box that stands as it stood."""
        said = {code: self._of(code) for code in self.shown}
        return {code: answer for code, answer in said.items() if answer}

    def _of(self, code: str) -> Said | None:
        if code in self.now:
            return None if code in self.before else Said.YES
        if self._new(UNSAID):
            return Said.DECLINED
        return Said.NO if code in self.before or self._new(NO_OTHER) else None

    def _new(self, box: str) -> bool:
        return box in self.now and box not in self.before


def ticked(shown: Sequence[str], counts: Collection[str], last: Mapping[str, Said]) -> list[str]:
    """The boxes to tick in a new page: what counts, or the one that was said of all alike."""
    found = [code for code in shown if code in counts]
    alike = {last.get(code) for code in shown}
    if found or len(alike) != 1:
        return found
    return [box for answer, box in ALL_ALIKE.items() if answer in alike]
