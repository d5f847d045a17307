"""The card that a person carries: nothing on it betrays where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class PrintedCard:
    """The printed card: whom they meet, where and when, in words that anybody may read."""

    first_name: str
    service: str
    place: str
    starts_at: datetime | None
    phone: str
    reference: str


class CardAppointment(Protocol):
    """An appointment, as far as the card cares."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def place(self) -> str: ...
    @property
    def said_at(self) -> datetime | None: ...


def card_of(
    first_name: str,
    service: tuple[str, str, str],
    reference: str,
    meetings: Iterable[CardAppointment],
    at: datetime,
) -> PrintedCard:
    """The card for the next meeting, or without a time while none is booked.

    `service` is its name, address and phone number.
    """
    coming = [m for m in meetings if m.said_at is None and m.starts_at >= at]
    meeting = min(coming, key=lambda m: m.starts_at, default=None)
    name, address, phone = service
    place = (meeting.place if meeting else "") or address
    return PrintedCard(
        first_name, name, place, meeting.starts_at if meeting else None, phone, reference
    )
