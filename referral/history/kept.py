"""What an earlier stay left: how to find somebody, and what they were in danger of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from referral.known.now import WINDOWS, DangerNow


@dataclass(frozen=True)
class FoundBy:
    """By whom and where they could be found, as the plan of an earlier case had it, and its day."""

    second_contact: str
    usual_places: str
    planned_at: datetime


@dataclass(frozen=True)
class Kept:
    """What is kept from earlier stays; a danger with who said it, when, and what was said since.

    `found_by` is None where no plan said so, or where they do not want to be contacted.
    """

    found_by: FoundBy | None = None
    dangers: Sequence[DangerNow] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.found_by or self.dangers)


def of_earlier_stays(said: Mapping[str, DangerNow], here: Iterable[str]) -> Sequence[DangerNow]:
    """The dangers of earlier stays that the page of this one does not show by itself.

    One that stands beyond its stay is shown with this one already; of one that was said again in
    this stay, that counts.
    """
    shown = WINDOWS.keys() | set(here)
    return [danger for code, danger in said.items() if code not in shown]
