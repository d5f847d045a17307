"""The one service that somebody at the desk already wants, and what it would be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from referral.consent.purposes import Level
from referral.handoff.referrals.who_is_who import who_is
from referral.people.identity import Identity
from referral.people.naming import NAMELESS

if TYPE_CHECKING:
    from referral.handoff.referrals.disclosure import Disclosed
    from referral.handoff.referrals.matching import Fit

NOBODY = "nobody"  # the answer of who wants no service told now


@dataclass(frozen=True)
class Wish:
    """The service that is to be told, and how much; None while they have not said how much."""

    service_id: UUID
    level: Level | None


@dataclass(frozen=True)
class Choice:
    """A service to choose, with all the needs that it is there for."""

    fit: Fit

    @property
    def who(self) -> str:
        """An ADP's own, Sacro or housing; empty for others."""
        return who_is(self.fit.service)


@dataclass(frozen=True)
class Sharing:
    """The part of the page in which one service is chosen, as it stands now.

    The choices stand under the first need that each is there for. `told` has the words that the
    chosen one would read at each level; `hurdle` is why it cannot be asked; `sends` what a save
    will do about it.
    """

    groups: Sequence[tuple[str, Sequence[Choice]]]
    chosen: Choice | None
    told: Mapping[Level, Disclosed]
    hurdle: str
    sends: str


def once_saved(typed: Identity, known: Identity) -> Identity:
    """How the record of who is known stands once this was typed: nothing said takes nothing away.

    A record is never renamed; what was left blank, or at "English", says nothing.
    """
    named = typed if known.naming in NAMELESS else known
    return replace(
        known,
        forename=named.forename,
        surname=named.surname,
        naming=named.naming,
        date_of_birth=known.date_of_birth or typed.date_of_birth,
        born_about=known.born_about or typed.born_about,
        sex=typed.sex if known.sex == "U" else known.sex,
        phone=typed.phone or known.phone,
        language=known.language if typed.language == "en" else typed.language,
        interpreter=typed.interpreter or known.interpreter,
        council_code=typed.council_code or known.council_code,
    )
