"""The card that a person carries: nothing on it betrays where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class PrintedCard:
    """The printed card: whom they meet, where and when, in words that anybody may read.

    `meets` is who of the service is known to meet them, empty while nobody is; `given_by` and
    `team_phone` are of who hands the card over.
    """

    meets: str
    service: str
    place: str
    starts_at: datetime | None
    phone: str
    reference: str
    given_by: str
    team_phone: str


class CardAppointment(Protocol):
    """An appointment, as far as the card cares."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def place(self) -> str: ...
    @property
    def said_at(self) -> datetime | None: ...


def card_of(
    meets: str,
    service: tuple[str, str, str],
    given: tuple[str, str, str],
    meetings: Iterable[CardAppointment],
    at: datetime,
) -> PrintedCard:
    """The card for the next meeting, or without a time while none is booked.

    `service` is its name, address and phone number; `given` the reference, who gives the card, and
    the phone number of their team. Of people only the first name is printed.
    """
    coming = [m for m in meetings if m.said_at is None and m.starts_at >= at]
    meeting = min(coming, key=lambda m: m.starts_at, default=None)
    name, address, phone = service
    reference, by, team_phone = given
    return PrintedCard(
        meets=_first(meets),
        service=name,
        place=(meeting.place if meeting else "") or address,
        starts_at=meeting.starts_at if meeting else None,
        phone=phone,
        reference=reference,
        given_by=_first(by),
        team_phone=team_phone,
    )


def _first(name: str) -> str:
    return name.split()[0] if name.split() else ""
