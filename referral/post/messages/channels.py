"""The ways by which we send something to somebody: a row each, for all who offer, choose or send.

A way by which people reach a person themselves, such as a call or a text relay, needs no row here:
it is a code of the list `contact_channel` and no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """By which way a message goes; also its code among the ways that a person agrees to."""

    EMAIL = "email"
    TEXT = "text"
    LETTER = "letter"

    @property
    def manner(self) -> "Manner":
        """All that is special about it."""
        return MANNERS[self]


class Place(StrEnum):
    """Where it goes: what the plan to stay in touch knows of the person, by its name there."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


@dataclass(frozen=True)
class Manner:
    """The names of a channel, the place it goes to, and the limits of a message by it.

    Nobody types a link that stands `on_paper`, and who wants no letters gets no paper. What may go
    at `any_hour` lies unseen until it is opened. Without a `subject` there is only the text.
    """

    label: str
    called: str
    place: Place
    on_paper: bool = False
    any_hour: bool = False
    subject: bool = True


# in the order in which they are tried where the person has no favourite among them
MANNERS: Mapping[Channel, Manner] = {
    Channel.TEXT: Manner("Text message", "a text", Place.PHONE, subject=False),
    Channel.EMAIL: Manner("Email", "an email", Place.EMAIL),
    Channel.LETTER: Manner("Letter", "a letter", Place.ADDRESS, on_paper=True, any_hour=True),
}
FIRST_TO_LAST = tuple(MANNERS)
NO_PAPER = tuple(channel for channel, manner in MANNERS.items() if not manner.on_paper)
*_FIRST, _LAST = (manner.called for manner in MANNERS.values())
ANY_OF_THEM = f"{', '.join(_FIRST)} or {_LAST}"  # in a sentence
