"""The custody centres of a nation, and in each region a team and services like those of the story.

Who works elsewhere does what the staff of the small demo did in the rehearsal: a twin stands for
each organisation, service and account that a rehearsed life can name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from sqlalchemy import select

from referral.access.permissions import OrganisationKind, Role
from referral.accounts.users.models import User
from referral.db import db
from referral.demo.nation.calibration import CENTRES, HOME_OF_THE_STORY, REGIONS, Centre
from referral.demo.nation.people import frequent, surname
from referral.directory.models import Council, CustodyCentre, Organisation, Service, ServiceNeed

KINDS = (OrganisationKind.TEAM, OrganisationKind.PROVIDER)


@dataclass
class Region:
    """Who stands here for whom: by number, and by the names and addresses that rows repeat."""

    name: str
    numbers: dict[UUID, UUID] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    homes: list[str] = field(default_factory=list)  # council areas


@dataclass(frozen=True)
class Desk:
    """A centre of the nation with its number, and the officer who books there."""

    centre: Centre
    number: UUID
    officer: UUID
    officer_name: str


@dataclass(frozen=True)
class Land:
    """Where a nation lives: its regions and its desks, in the order of the calibration."""

    regions: Mapping[str, Region]
    desks: Sequence[Desk]


def settle(dice: Random) -> Land:
    """Add the centres, organisations and accounts of a nation to those of the small demo."""
    desks = [_desk(dice, centre) for centre in CENTRES]
    regions = {name: Region(name) for name in REGIONS}
    for centre in CENTRES:
        homes = regions[centre.region].homes
        homes.extend({centre.council} - set(homes))
    wanted = select(Organisation).where(Organisation.kind.in_(KINDS), Organisation.confirmed)
    old = db.session.scalars(wanted.order_by(Organisation.order)).all()
    for region in regions.values():
        if region.name != HOME_OF_THE_STORY:
            for organisation in old:
                _twin(dice, organisation, region)
        db.session.flush()
    for region in regions.values():
        _cover(region, [organisation.id for organisation in old])
    db.session.flush()
    return Land(regions, desks)


def _desk(dice: Random, centre: Centre) -> Desk:
    found = db.session.scalars(select(CustodyCentre).filter_by(name=centre.name)).one_or_none()
    if found is None:
        kind = "primary" if centre.a_year > 1000 else "ancillary"
        found = CustodyCentre(name=centre.name, council_code=centre.council, kind=kind)
        found.sample = True
        found.access_model = "remote"
        db.session.add(found)
        db.session.flush()
    here = select(User).filter_by(role=Role.CUSTODY_OFFICER, centre_id=found.id)
    officer = db.session.scalars(here.order_by(User.email)).first()
    if officer is None:
        pattern = select(User).filter_by(role=Role.CUSTODY_OFFICER).order_by(User.email)
        officer = _like(dice, db.session.scalars(pattern.limit(1)).one(), centre.name)
        officer.centre_id = found.id
        db.session.flush()
    return Desk(centre, found.id, officer.id, officer.name)


def _like(dice: Random, user: User, place: str) -> User:
    """Somebody who does the same elsewhere, with the same password."""
    name = f"{frequent(dice, dice.choice(('men', 'women')))} {surname(dice)}"
    email = f"{name}.{place}.{user.email.partition('@')[0]}@example.org"
    twin = User(name=name, email=email.lower().replace(" ", ".").replace("'", ""), role=user.role)
    twin.password_hash = user.password_hash
    twin.organisation_id = user.organisation_id
    db.session.add(twin)
    return twin


def _twin(dice: Random, old: Organisation, region: Region) -> None:
    title = old.name.replace(HOME_OF_THE_STORY, region.name)
    title = title if title != old.name else f"{old.name}, {region.name}"
    new = Organisation(name=title, kind=old.kind, phone=old.phone, address=old.address)
    db.session.add(new)
    db.session.flush()
    region.numbers[old.id] = new.id
    region.words[old.name] = new.name
    users = select(User).filter_by(organisation_id=old.id).order_by(User.email)
    for user in db.session.scalars(users).all():
        twin = _like(dice, user, region.name)
        twin.organisation_id = new.id
        db.session.flush()
        region.numbers[user.id] = twin.id
        region.words[user.name] = twin.name
    for service in _services_of(old):
        here = _service_like(service, new, region.name)
        db.session.flush()
        region.numbers[service.id] = here.id
        region.words[service.email] = here.email


def _services_of(old: Organisation) -> Sequence[Service]:
    wanted = select(Service).filter_by(organisation_id=old.id)
    return db.session.scalars(wanted.order_by(Service.name, Service.id)).all()


def _service_like(old: Service, employer: Organisation, region: str) -> Service:
    new = Service(name=f"{old.name}, {region}", organisation_id=employer.id, phone=old.phone)
    new.email = old.email.replace("@", f".{region.lower()}@")
    new.needs = [ServiceNeed(need=one.need) for one in old.needs]
    new.councils = list(old.councils)
    new.capacity = old.capacity
    new.capacity_as_at = old.capacity_as_at
    db.session.add(new)
    return new


def _cover(region: Region, old: Sequence[UUID]) -> None:
    """Its team comes to its centres; what takes people from some areas takes them from all here."""
    mine = [region.numbers.get(number, number) for number in old]
    areas = select(Council).where(Council.code.in_(region.homes)).order_by(Council.code)
    councils = db.session.scalars(areas).all()
    names = [centre.name for centre in CENTRES if centre.region == region.name]
    places = select(CustodyCentre).where(CustodyCentre.name.in_(names))
    centres = db.session.scalars(places.order_by(CustodyCentre.name)).all()
    theirs = select(Organisation).where(Organisation.id.in_(mine)).order_by(Organisation.order)
    for organisation in db.session.scalars(theirs):
        if organisation.kind == OrganisationKind.TEAM:
            organisation.centres = list(centres)
    for service in db.session.scalars(
        select(Service).where(Service.organisation_id.in_(mine)).order_by(Service.name)
    ):
        if service.councils:
            service.councils = list(councils)
