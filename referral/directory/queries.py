"""Look-ups in the directory, each ordered to the last tie."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from flask import abort, g
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from referral.access.actor import Actor
from referral.clock import day_of
from referral.db import db
from referral.directory.deadlines import SHIPPED, Amount, Calendar, Deadlines, Kind, Unit
from referral.directory.models import (
    ChangedDay,
    Code,
    Council,
    CustodyCentre,
    DeadlineAmount,
    Organisation,
    Service,
    ServicePlaces,
    team_centre,
)
from referral.web.paging import Page, page_of


def choices(list_name: str, on: date) -> list[tuple[str, str]]:
    """Code and label of the rows of a code list that are valid on a day."""
    return choices_in([list_name], on)[list_name]


def choices_in(names: Collection[str], on: date) -> dict[str, list[tuple[str, str]]]:
    """The same for several lists at once, by name; in one statement."""
    wanted = select(Code).where(
        Code.list_name.in_(names),
        Code.valid_from <= on,
        or_(Code.valid_to.is_(None), Code.valid_to > on),
    )
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
    for row in db.session.scalars(wanted.order_by(Code.position, Code.code)):
        found[row.list_name].append((row.code, row.label))
    return found


def team_centres(organisation_id: UUID) -> Sequence[CustodyCentre]:
    """The custody centres that a team covers, by name."""
    wanted = (
        select(CustodyCentre)
        .join(team_centre, team_centre.c.centre_id == CustodyCentre.id)
        .where(team_centre.c.organisation_id == organisation_id)
    )
    return db.session.scalars(wanted.order_by(CustodyCentre.name, CustodyCentre.id)).all()


def labels(list_name: str) -> dict[str, str]:
    """The latest label of each code of a list, also of those that are valid no more."""
    wanted = select(Code).where(Code.list_name == list_name).order_by(Code.valid_from, Code.code)
    return {row.code: row.label for row in db.session.scalars(wanted)}


def label_of(code: str, list_name: str = "") -> str:
    """A code in words, from its list or whichever knows it; the lists are read once for a page."""
    if "labels" not in g:
        wanted = select(Code).order_by(Code.valid_from, Code.list_name, Code.code)
        g.labels = {}
        for row in db.session.scalars(wanted):
            g.labels[row.list_name, row.code] = g.labels["", row.code] = row.label
    known: dict[tuple[str, str], str] = g.labels
    return known.get((list_name, code), code)


def councils() -> Sequence[Council]:
    """The 32 council areas by name."""
    return db.session.scalars(select(Council).order_by(Council.name, Council.code)).all()


def services(on: date) -> Sequence[Service]:
    """The services that are open on a day, with organisations, needs and areas, by name."""
    wanted = (
        select(Service)
        .where(or_(Service.closed_on.is_(None), Service.closed_on > on))
        .options(
            joinedload(Service.organisation),
            selectinload(Service.needs),
            selectinload(Service.councils),
        )
    )
    return db.session.scalars(wanted.order_by(Service.name, Service.id)).all()


def team_for(centre: CustodyCentre) -> Organisation | None:
    """The arrest referral team that covers a custody centre; None where there is none."""
    wanted = (
        select(Organisation)
        .join(team_centre, team_centre.c.organisation_id == Organisation.id)
        .where(team_centre.c.centre_id == centre.id)
    )
    return db.session.scalars(wanted.order_by(Organisation.name, Organisation.id)).first()


def centres() -> Sequence[CustodyCentre]:
    """All custody centres with their councils, by name."""
    wanted = select(CustodyCentre).options(joinedload(CustodyCentre.council))
    return db.session.scalars(wanted.order_by(CustodyCentre.name, CustodyCentre.id)).all()


def organisations() -> Sequence[Organisation]:
    """All organisations, by name."""
    return db.session.scalars(select(Organisation).order_by(Organisation.name)).all()


def every_service(organisation_id: UUID | None = None) -> Sequence[Service]:
    """All services, also closed ones, with their organisations; or those of one organisation."""
    wanted = select(Service).options(joinedload(Service.organisation))
    if organisation_id:
        wanted = wanted.where(Service.organisation_id == organisation_id)
    return db.session.scalars(wanted.order_by(Service.name, Service.id)).all()


def own_service_for(actor: Actor, service_id: UUID) -> Service:
    """A service of the actor's own organisation; 404 for any other."""
    wanted = select(Service).filter_by(id=service_id, organisation_id=actor.organisation_id)
    return db.session.scalars(wanted).one_or_none() or abort(404)


def list_names() -> Sequence[str]:
    """The names of the code lists."""
    return db.session.scalars(select(Code.list_name).distinct().order_by(Code.list_name)).all()


def centres_page(page: int) -> Page[CustodyCentre]:
    """One page of all custody centres with their councils, by name."""
    wanted = select(CustodyCentre).options(joinedload(CustodyCentre.council))
    return page_of(wanted.order_by(CustodyCentre.name, CustodyCentre.id), page)


def organisations_page(page: int) -> Page[Organisation]:
    """One page of all organisations, by name."""
    return page_of(select(Organisation).order_by(Organisation.name, Organisation.id), page)


def services_page(page: int, organisation_id: UUID | None = None) -> Page[Service]:
    """One page of all services, also closed ones, by name; or of those of one organisation."""
    wanted = select(Service).options(joinedload(Service.organisation))
    if organisation_id:
        wanted = wanted.where(Service.organisation_id == organisation_id)
    return page_of(wanted.order_by(Service.name, Service.id), page)


def code_rows(list_name: str, page: int) -> Page[Code]:
    """One page of the rows of a code list, also of those that have ended; 404 for no such list."""
    wanted = select(Code).filter_by(list_name=list_name)
    ordered = wanted.order_by(Code.position, Code.code, Code.valid_from)
    found = page_of(ordered, page)
    return found if found.rows else abort(404)


def deadlines_at(at: datetime) -> Deadlines:
    """How long each kind of thing may take at a moment, with the days on which work is done."""
    today = day_of(at)
    amounts = dict(SHIPPED)
    for row in deadline_rows():
        if row.valid_from <= today:
            amounts[Kind(row.kind)] = Amount(row.number, Unit(row.unit))
    return Deadlines(amounts, Calendar({row.day: row.works for row in changed_days()}))


def deadline_rows() -> Sequence[DeadlineAmount]:
    """Every amount that an administrator ever set, the latest of each kind last."""
    ordered = select(DeadlineAmount).order_by(DeadlineAmount.kind, DeadlineAmount.valid_from)
    return db.session.scalars(ordered).all()


def changed_days() -> Sequence[ChangedDay]:
    """The days that are worked, or not, other than the bank holidays say; the earliest first."""
    return db.session.scalars(select(ChangedDay).order_by(ChangedDay.day)).all()


def places_said(service_ids: Collection[UUID]) -> dict[UUID, ServicePlaces]:
    """The latest word of each service on its weekly places; in one statement."""
    wanted = select(ServicePlaces).where(ServicePlaces.service_id.in_(service_ids))
    latest_last = wanted.order_by(ServicePlaces.week, ServicePlaces.service_id)
    return {row.service_id: row for row in db.session.scalars(latest_last)}
