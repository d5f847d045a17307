"""Keep the directory true: centres, organisations, services, deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from referral.access.actor import Actor
from referral.access.permissions import OrganisationKind
from referral.audit.trail import Tag, record
from referral.clock import day_of
from referral.db import db
from referral.directory.deadlines import Amount, Kind
from referral.directory.models import (
    ChangedDay,
    Council,
    CustodyCentre,
    DeadlineAmount,
    Organisation,
    Service,
    ServiceNeed,
    ServicePlaces,
)
from referral.directory.queries import deadlines_at
from referral.directory.weeks import week_of
from referral.errors import RuleBroken, StaleEdit
from referral.occasions import Occasion

# a service answers by another address now: who wrote to the old one sees to what was sent there
MOVED: Occasion[[Service, Actor, datetime]] = Occasion()
# a service has closed, or takes people again: who is with it is handed on anew
CLOSED: Occasion[[Service, Actor, datetime]] = Occasion()
# an address was typed for a service that had this phone number until now: it carries nothing
# until somebody else has proved it
ADDRESS_TYPED: Occasion[[Service, str, str, Actor, datetime]] = Occasion()
T = TypeVar("T", CustodyCentre, Organisation, Service)


class NameTaken(RuleBroken):
    """This name is taken. Choose another name, or edit the existing entry."""


class ClosesBeforeOpening(RuleBroken):
    """The closing day cannot be before the opening day. Check both."""


class AgesCrossed(RuleBroken):
    """The highest age cannot be below the lowest. Check both."""


@dataclass(frozen=True)
class CentreDetails:
    """A custody centre: kind and access model by code; `healthcare` means round the clock."""

    name: str
    council_code: str
    kind: str
    access_model: str
    healthcare: bool
    opened_on: date | None
    closed_on: date | None
    sample: bool = False


@dataclass(frozen=True)
class OrganisationDetails:
    """An organisation, the centres that a team covers and the councils of a team or ADP."""

    name: str
    kind: OrganisationKind
    centres: Sequence[UUID] = ()
    councils: Sequence[str] = ()
    closed_on: date | None = None
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class CapacityDetails:
    """A service's own word: capacity by code, three texts, and the address where it is asked.

    Another address waits until it is proved; where the one until now is dead, or none is given,
    nothing goes out meanwhile.
    """

    capacity: str
    alert: str = ""
    eligibility: str = ""
    how_to_refer: str = ""
    email: str = ""
    old_is_dead: bool = False


@dataclass(frozen=True)
class ServiceDetails:
    """A service: whom it takes, where, and what it says of itself. Ages in whole years, both in."""

    organisation_id: UUID
    name: str
    needs: Sequence[str]
    councils: Sequence[str]
    sexes: str
    minimum_age: int | None
    maximum_age: int | None
    phone: str
    address: str
    closed_on: date | None
    says: CapacityDetails


def save_centre(
    centre: CustodyCentre | None, details: CentreDetails, seen: int, by: Actor, at: datetime
) -> CustodyCentre:
    """A new centre, or a changed one. Raises StaleEdit, NameTaken, ClosesBeforeOpening."""
    if details.opened_on and details.closed_on and details.closed_on < details.opened_on:
        raise ClosesBeforeOpening
    _check_name(CustodyCentre, centre, details.name)
    kept = _fresh(centre, seen) or CustodyCentre()
    kept.name, kept.council_code = details.name, details.council_code
    kept.kind, kept.access_model = details.kind, details.access_model
    kept.healthcare_24_7 = details.healthcare
    kept.opened_on, kept.closed_on = details.opened_on, details.closed_on
    kept.sample = details.sample
    return _keep(kept, by, at)


def save_organisation(
    organisation: Organisation | None,
    details: OrganisationDetails,
    seen: int,
    by: Actor,
    at: datetime,
) -> Organisation:
    """A new organisation, or a changed one. Raises StaleEdit, NameTaken."""
    _check_name(Organisation, organisation, details.name)
    kept = _fresh(organisation, seen) or Organisation()
    kept.name, kept.kind, kept.closed_on = details.name, details.kind, details.closed_on
    kept.phone = details.phone
    kept.address = details.address
    kept.centres = [db.session.get_one(CustodyCentre, number) for number in details.centres]
    kept.councils = [db.session.get_one(Council, code) for code in details.councils]
    return _keep(kept, by, at)


def save_service(
    service: Service | None, details: ServiceDetails, seen: int, by: Actor, at: datetime
) -> Service:
    """A new service, or a changed one. Raises StaleEdit, AgesCrossed."""
    low, high = details.minimum_age, details.maximum_age
    if low is not None and high is not None and high < low:
        raise AgesCrossed
    kept = _fresh(service, seen) or _new_service(details)
    before = _address(kept, at)
    was_open = kept.is_open(day_of(at))
    phone = kept.phone or details.phone
    kept.organisation_id, kept.name = details.organisation_id, details.name
    kept.sexes = details.sexes
    kept.minimum_age = low
    kept.maximum_age = high
    kept.phone, kept.address, kept.closed_on = details.phone, details.address, details.closed_on
    known = {row.need: row for row in kept.needs}
    kept.needs = [known.get(need) or ServiceNeed(need=need) for need in details.needs]
    kept.councils = [db.session.get_one(Council, code) for code in details.councils]
    _say(kept, details.says, at)
    _keep_service(kept, before, by, at)
    if kept.is_open(day_of(at)) != was_open:
        CLOSED.happens(kept, by, at)
    return _typed(kept, details.says.email, phone, by, at)


def _new_service(details: ServiceDetails) -> Service:
    """Of an organisation that nobody has asked yet it is to be asked about as well."""
    organisation = db.session.get_one(Organisation, details.organisation_id)
    return Service(email="", confirmed=organisation.confirmed)


def say_capacity(
    service: Service, details: CapacityDetails, seen: int, by: Actor, at: datetime
) -> Service:
    """A service says how it stands, as at now. Raises StaleEdit."""
    before = _address(_fresh(service, seen) or service, at)
    _say(service, details, at)
    _keep_service(service, before, by, at)
    return _typed(service, details.email, service.phone, by, at)


def move_to(service: Service, address: str, by: Actor, at: datetime) -> None:
    """The service is written to at an address that was proved."""
    before = _address(service, at)
    service.email = address
    _keep_service(service, before, by, at)


def say_places(service: Service, places: int, by: Actor, at: datetime) -> None:
    """A service says for how many more people it has room this week; it counts from now."""
    week = week_of(day_of(at))
    said = ServicePlaces(service_id=service.id, week=week, places=places, said_at=at)
    db.session.merge(said)
    record(Tag.DIRECTORY_CHANGED, by, at, record_id=service.id)


def still_true(service: Service, by: Actor, at: datetime) -> None:
    """Confirm that the service's word on its capacity holds today as well."""
    service.capacity_as_at = at
    _keep(service, by, at)


def set_deadline(kind: Kind, amount: Amount, by: Actor, at: datetime) -> None:
    """From today on a kind of thing may take so long. What was promised before stays promised."""
    today = day_of(at)
    if deadlines_at(at).amounts[kind] == amount:
        return
    row = db.session.get(DeadlineAmount, (kind, today))
    if row is None:
        row = DeadlineAmount(kind=kind, valid_from=today)
        db.session.add(row)
    row.number, row.unit = amount.number, amount.unit
    record(Tag.DEADLINE_CHANGED, by, at)


def change_day(day: date, works: bool | None, reason: str, by: Actor, at: datetime) -> None:
    """A day is worked, or is not, or (None) is again as the bank holidays say."""
    row = db.session.get(ChangedDay, day)
    if works is None:
        if row is not None:
            db.session.delete(row)
    else:
        db.session.merge(ChangedDay(day=day, works=works, reason=reason))
    record(Tag.DEADLINE_CHANGED, by, at)


def _say(service: Service, details: CapacityDetails, at: datetime) -> None:
    """What a service says of itself; it is as at now only where something else is said."""
    before = service.word
    service.capacity, service.alert = details.capacity, details.alert
    service.eligibility, service.how_to_refer = details.eligibility, details.how_to_refer
    if details.old_is_dead or not details.email:
        service.email = ""
    if service.word != before:
        service.capacity_as_at = at


def _check_name(
    kind: type[CustodyCentre] | type[Organisation],
    kept: CustodyCentre | Organisation | None,
    name: str,
) -> None:
    with db.session.no_autoflush:
        found = db.session.scalars(select(kind).filter_by(name=name)).one_or_none()
    if found is not None and found is not kept:
        raise NameTaken


def _fresh(kept: T | None, seen: int) -> T | None:
    if kept is not None and kept.version != seen:
        raise StaleEdit
    return kept


def _address(service: Service, at: datetime) -> str:
    return service.email_on(day_of(at))


def _typed(service: Service, address: str, phone: str, by: Actor, at: datetime) -> Service:
    if address and address != service.email:
        ADDRESS_TYPED.happens(service, address, phone, by, at)
    return service


def _keep_service(service: Service, before: str, by: Actor, at: datetime) -> None:
    _keep(service, by, at)
    if _address(service, at) != before:
        MOVED.happens(service, by, at)


def _keep(kept: T, by: Actor, at: datetime) -> T:
    db.session.add(kept)
    db.session.flush()  # the audit names it by its number
    record(Tag.DIRECTORY_CHANGED, by, at, record_id=kept.id)
    return kept
