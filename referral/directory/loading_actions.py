"""Take in the services of a register, each once, for somebody to ask them; or say what would be."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from referral.access.actor import Actor
from referral.access.permissions import OrganisationKind
from referral.audit.trail import Tag, record
from referral.db import db
from referral.directory.actions import ServiceDetails
from referral.directory.models import Council, Organisation, Service, ServiceNeed
from referral.directory.service_lines import ComingService
from referral.web.tables import Came, Outcome

Key = tuple[str, str]


def look_over(coming: Sequence[ComingService]) -> list[Outcome]:
    """What would become of each line. Nothing is written."""
    known = _known()
    return [_outcome(one, known) for one in coming]


def take_in(coming: Sequence[ComingService], by: Actor, at: datetime) -> list[Outcome]:
    """Put down what is sound and not there yet. Nobody has confirmed it: it is offered to nobody.

    What is wrong with one line leaves the others.
    """
    known = _known()
    found = []
    for one in coming:
        outcome = _outcome(one, known)
        if outcome.came is Came.TAKEN and one.details:
            _put(one, one.details, by, at)
        found.append(outcome)
    return found


def _put(one: ComingService, details: ServiceDetails, by: Actor, at: datetime) -> None:
    service = Service(
        organisation=_organisation(one.organisation),
        name=details.name,
        confirmed=False,
        sexes=details.sexes,
        minimum_age=details.minimum_age,
        maximum_age=details.maximum_age,
        phone=details.phone,
        address=details.address,
        eligibility=details.says.eligibility,
        how_to_refer=details.says.how_to_refer,
        needs=[ServiceNeed(need=need) for need in details.needs],
        councils=[db.session.get_one(Council, code) for code in details.councils],
    )
    db.session.add(service)
    db.session.flush()  # the audit names it by its number
    record(Tag.DIRECTORY_CHANGED, by, at, record_id=service.id)


def _organisation(name: str) -> Organisation:
    """The organisation of that name, or one that nobody has confirmed either."""
    rows = db.session.scalars(select(Organisation).order_by(Organisation.name))
    for row in rows:
        if row.name.casefold() == name.casefold():
            return row
    new = Organisation(name=name, kind=OrganisationKind.PROVIDER, confirmed=False)
    db.session.add(new)
    return new


def _known() -> dict[Key, Came]:
    """What is there already, by the names of organisation and service."""
    wanted = select(Organisation.name, Service.name).join(
        Service, Service.organisation_id == Organisation.id
    )
    rows = db.session.execute(wanted.order_by(Service.id))
    return {(of.casefold(), name.casefold()): Came.THERE for of, name in rows}


def _outcome(one: ComingService, known: dict[Key, Came]) -> Outcome:
    """What becomes of a line, after those before it."""
    called = f"{one.name}, {one.organisation}" if one.name else one.organisation
    if one.wrong:
        return Outcome(one.line, called, Came.LEFT_OUT, "; ".join(one.wrong))
    key = one.organisation.casefold(), one.name.casefold()
    came = known.setdefault(key, Came.TAKEN)
    known[key] = Came.THERE  # for a later line of the same file
    return Outcome(one.line, called, came)
