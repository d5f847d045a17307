"""Who somebody may be that the team has met: shown only once they were."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.doors.queries import team_people
from referral.custody.queries import unmet_among
from referral.people.apart_queries import apart
from referral.people.models import Person
from referral.people.queries import identity_of, recognised
from referral.web.filters import day


@dataclass(frozen=True)
class Alike:
    """An earlier record that may be theirs, as far as the team may see it, and why."""

    number: UUID
    words: str
    why: str


def alike_of(actor: Actor, case: Case) -> Sequence[Alike]:
    """Who else the person of a case may be, the likeliest first; nobody before they were met.

    By name and birth date only whom the own team works with; of others initials and the reason.
    """
    if case.booking.unmet:
        return ()
    found = [one for one in recognised(identity_of(case.person)) if one.person.id != case.person_id]
    numbers = [one.person.id for one in found]
    said = apart([case.person_id, *numbers])
    hidden = unmet_among(numbers) | {n for n in numbers if frozenset((n, case.person_id)) in said}
    own = team_people(actor, numbers)
    return [
        Alike(one.person.id, _shown(one.person, one.person.id in own), ", ".join(one.why))
        for one in found
        if one.person.id not in hidden
    ]


def _shown(person: Person, own: bool) -> str:
    if not own:
        return f"{person.initials}, not known to your team"
    return (
        f"{person.name}, born {day(person.date_of_birth)}" if person.date_of_birth else person.name
    )
