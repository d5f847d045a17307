"""When somebody was asked, where it is entered later than it was said."""

from datetime import datetime

from referral.custody.models import Booking, Offer
from referral.errors import RuleBroken
from referral.known.actions import Hearing
from referral.known.now import SaidIn


class AskedWhen(RuleBroken):
    """Choose when they were asked: after custody was authorised, and not later than now."""

    fields = ("written_at",)


def when_asked(booking: Booking, given: datetime | None, at: datetime) -> datetime:
    """The moment that is given, or now. Raises AskedWhen for one out of the stay."""
    began = booking.authorised_at.replace(second=0, microsecond=0)
    if given and not began <= given <= at:
        raise AskedWhen
    return given or at


def heard_in(offer: Offer) -> Hearing:
    """What was said in an offer was heard when they were asked."""
    return Hearing(SaidIn.OFFER, record_id=offer.id, happened_at=offer.asked_at)
