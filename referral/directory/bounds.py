"""How far from now a moment may lie that somebody gives: one table for pages and programs.

What else holds it, such as that nobody leaves before they came, is said beside the action.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

HELD = timedelta(days=40)  # before and after now; nobody is in custody longer without a remand
FARTHEST = timedelta(days=730)
STAY = timedelta(hours=18)  # the 12 hours of a stay, and a little
UNMET = timedelta(days=14)  # as long as what was said by telephone holds without a meeting
AGAIN = timedelta(hours=6)  # where the 12 hours are over, as for who is kept for court
THIS_MINUTE = timedelta(minutes=5)  # what somebody calls now, when they have typed the rest


@dataclass(frozen=True)
class Bound:
    """So long before now and so long after it at most; None: as far back as what it is about."""

    back: timedelta | None = None
    ahead: timedelta = timedelta()

    def too_early(self, given: datetime, at: datetime, began: datetime | None = None) -> bool:
        """Whether it lies before all that counts; what began in a minute began with it."""
        least = [] if self.back is None else [at - self.back]
        least += [began.replace(second=0, microsecond=0)] if began else []
        return any(given < one for one in least)

    def too_late(self, given: datetime, at: datetime) -> bool:
        """Whether it lies too far ahead."""
        return given > at + self.ahead


BOUNDS: Mapping[str, Bound] = {
    "authorised_at": Bound(back=HELD),
    "ask_again_at": Bound(back=THIS_MINUTE, ahead=AGAIN),
    "written_at": Bound(),
    "released_at": Bound(),
    "left_at": Bound(),
    "expected_at": Bound(ahead=HELD),
    "starts_at": Bound(ahead=FARTHEST),
    "moved_to": Bound(ahead=FARTHEST),
    "happened_at": Bound(),
    "back_at": Bound(),
    "told_at": Bound(),
    "asked_at": Bound(),
    "due_at": Bound(back=THIS_MINUTE, ahead=UNMET),
    "release_at": Bound(back=THIS_MINUTE, ahead=FARTHEST),
}
