"""What a supervisor asks of a shift: was everybody asked, and is anything left undone?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from referral.custody.offers import ASKED, OfferAnswer

if TYPE_CHECKING:
    from referral.acts.models import Act
    from referral.custody.models import Booking
    from referral.desk.board import Board, Row

SHIFT = timedelta(hours=12)
WITHIN = timedelta(hours=1)  # an offer is made early, or not at all


@dataclass(frozen=True)
class Correction:
    """Something that was put right at this desk, and whose stay it was."""

    act: Act
    booking: Booking


@dataclass(frozen=True)
class Shift:
    """The stays that began in the last twelve hours, and who is here from before."""

    stays: Sequence[Booking]
    board: Board
    corrections: Sequence[Correction]
    reasons: Mapping[str, tuple[int, int]]  # why not asked, by code: this month, and the last

    @property
    def counts(self) -> Mapping[str, int]:
        """How many, by what is counted; in the order of the page."""
        asked = [stay for stay in self.stays if _asked(stay)]
        yes = [stay for stay in asked if _last(stay) is OfferAnswer.ACCEPTED]
        return {
            "booked in twelve hours": len(self.stays),
            "asked": len(asked),
            "asked within the hour": sum(1 for stay in asked if _soon(stay)),
            "said yes": len(yes),
            "not asked, with a reason": len(self.unasked),
            "worker awaited over 1 h": len(self.waiting),
        }

    @property
    def unasked(self) -> list[Booking]:
        """Whose last answer is that they were not asked, for a reason."""
        return [stay for stay in self.stays if _last(stay) is OfferAnswer.NOT_ASKED]

    @property
    def waiting(self) -> list[Row]:
        """Who said yes, and no worker has come for an hour."""
        return [row for row in self.board.rows if row.waits_long]


def _last(stay: Booking) -> OfferAnswer | None:
    return stay.last_offer.answer if stay.last_offer else None


def _asked(stay: Booking) -> bool:
    return any(offer.answer in ASKED for offer in stay.offers)


def _soon(stay: Booking) -> bool:
    first = next(offer for offer in stay.offers if offer.answer in ASKED)
    return first.asked_at - stay.authorised_at <= WITHIN
