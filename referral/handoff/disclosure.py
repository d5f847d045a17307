"""What a service is told about a person: one definition for preview, page, letter and API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from referral.consent.models import Level
from referral.people.models import Person


@dataclass(frozen=True)
class Disclosed:
    """Exactly what the service sees; None where the person did not agree to so much."""

    name: str
    phone: str
    language: str
    interpreter: bool
    needs: tuple[str, ...] | None = None
    date_of_birth: date | None = None


def disclosed(person: Person, needs: Sequence[str], level: Level) -> Disclosed:
    """The person as shown at a level: contact, then also needs, then also the birth date."""
    told = level is not Level.CONTACT
    return Disclosed(
        name=f"{person.forename} {person.surname}",
        phone=person.phone,
        language=person.language,
        interpreter=person.interpreter,
        needs=tuple(needs) if told else None,
        date_of_birth=person.date_of_birth if level is Level.FULL else None,
    )
