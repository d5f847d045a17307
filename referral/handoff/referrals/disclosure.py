"""The facts that a service is told at each level of consent, and nothing beyond them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from referral.consent.purposes import Level

if TYPE_CHECKING:
    from referral.consent.actions import ContactRules
    from referral.people.models import Person


@dataclass(frozen=True)
class Disclosed:
    """The facts that leave; None and empty stand for those not told at this level."""

    name: str
    phone: str
    language: str
    interpreter: bool
    rules: ContactRules | None
    needs: tuple[str, ...] | None = None
    date_of_birth: date | None = None
    sex: str | None = None
    assessment: tuple[str, ...] = ()


def disclosed(
    person: Person,
    needs: Sequence[str],
    level: Level,
    rules: ContactRules | None = None,
    assessment: Sequence[str] = (),
) -> Disclosed:
    """The person as a service may see them: contact only, with needs, or with all that was found.

    How to reach the person safely, and in which language, goes with every level, because a wrong
    call can hurt someone; without agreement to be contacted (`rules`) no number is told at all.
    """
    told = level is not Level.CONTACT
    full = level is Level.FULL
    return Disclosed(
        name=person.name,
        phone=person.phone if rules else "",
        language=person.language,
        interpreter=person.interpreter,
        rules=rules,
        needs=tuple(needs) if told else None,
        date_of_birth=person.date_of_birth if full else None,
        sex=person.sex if full else None,
        assessment=tuple(assessment) if full else (),
    )
