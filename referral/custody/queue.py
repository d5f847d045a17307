"""The order at the desk: whom to ask, whom to ask again, who has answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from referral.custody.offers import OfferAnswer
from referral.custody.places import Place

if TYPE_CHECKING:
    from referral.custody.models import Booking

PUT_OFF = {OfferAnswer.NOT_NOW, OfferAnswer.NOT_FIT}


class Queue(StrEnum):
    """The next thing to do with somebody who is here."""

    ON_THE_WAY = "On the way here"
    TO_ASK = "Ask now"
    AGAIN = "Ask again"
    ACCEPTED = "Said yes"
    DONE = "Nothing to ask"
    HOSPITAL = "In hospital"


def in_queues(bookings: Iterable[Booking], at: datetime) -> dict[Queue, list[Booking]]:
    """The bookings by what is to be done; who was put off until now is to be asked."""
    queues: dict[Queue, list[Booking]] = {queue: [] for queue in Queue}
    for booking in bookings:
        queues[_queue_of(booking, at)].append(booking)
    queues[Queue.AGAIN].sort(key=_due)
    return queues


def _queue_of(booking: Booking, at: datetime) -> Queue:
    offer = booking.last_offer
    if booking.leg.on_the_way:
        return Queue.ON_THE_WAY
    if booking.leg.place is Place.HOSPITAL:
        return Queue.HOSPITAL
    if offer is None:
        return Queue.TO_ASK
    if offer.answer == OfferAnswer.ACCEPTED:
        return Queue.ACCEPTED
    if offer.answer not in PUT_OFF:
        return Queue.DONE
    waits = offer.ask_again_at is not None and offer.ask_again_at > at
    return Queue.AGAIN if waits else Queue.TO_ASK


def _due(booking: Booking) -> datetime:
    offer = booking.last_offer
    return offer.ask_again_at if offer and offer.ask_again_at else booking.authorised_at
