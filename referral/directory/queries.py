"""Look-ups in the directory, each ordered to the last tie."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, event, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from referral.access.actor import Actor
from referral.access.permissions import OrganisationKind
from referral.clock import day_of
from referral.db import db
from referral.directory.deadlines import SHIPPED, Amount, Calendar, Deadlines
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
from referral.errors import RuleBroken
from referral.web.kept import forget, kept
from referral.web.paging import Page, page_of

Words = dict[str, dict[str, str]]
WORDS, CHANGED = "words of the lists", "lists changed"
WORDS_LAST = timedelta(minutes=1)


def choices(list_name: str, on: date) -> list[tuple[str, str]]:
    """Code and label of the rows of a code list that are valid on a day."""
    return choices_in([list_name], on)[list_name]


class NotInList(RuleBroken):
    """Choose one from the list. What was sent is not on it today."""

    def __init__(self, field: str = "") -> None:
        super().__init__()
        self.fields = (field,)


LIST_OF: Mapping[str, str] = {
    "asker": "asker",
    "best_way": "contact_channel",
    "channel": "contact_channel",
    "declined_reason": "declined",
    "disability": "disability",
    "ethnicity": "ethnicity",
    "language": "language",
    "moved_by": "moved_by",
    "naloxone": "naloxone",
    "not_asked_reason": "offer_not_made",
    "not_held": "not_held",
    "number_confirmed": "number_confirmed",
    "result": "attempt",
    "route": "release",
    "told": "told",
    "worth_it": "worth_it",
}  # of each field that holds a code


def must_be_listed(at: datetime, **said: str | None) -> None:
    """Raises NotInList for a code, by its field, that its list does not hold on that day.

    What was left out is for others to ask for.
    """
    lists = choices_in({LIST_OF[field] for field in said}, day_of(at))
    for field, code in said.items():
        if code and code not in dict(lists[LIST_OF[field]]):
            raise NotInList(field)


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


class Labels(dict[str, str]):
    """Labels by code; a code that is in no list stands for itself, so that no page breaks by it."""

    def __missing__(self, code: str) -> str:
        return code


def labels(list_name: str) -> Labels:
    """The latest label of each code of a list, also of those that are valid no more."""
    return Labels(words().get(list_name, {}))


def words() -> Words:
    """The labels of every list by code, and under no name those of all of them.

    They stand on every page and change rarely: a process reads them once a minute, or when it has
    changed them itself. Within a change they are read as they will be, and not kept.
    """
    if db.session.info.get(CHANGED):
        return _read_words()
    return kept(WORDS, WORDS_LAST, _read_words)


def _read_words() -> Words:
    wanted = select(Code.list_name, Code.code, Code.label)
    found: Words = {"": {}}
    for name, code, label in db.session.execute(
        wanted.order_by(Code.valid_from, Code.list_name, Code.code)
    ):
        found.setdefault(name, {})[code] = found[""][code] = label
    return found


@event.listens_for(Session, "after_flush")
def _words_change(session: Session, context: object) -> None:
    del context
    if any(isinstance(row, Code) for row in (*session.new, *session.dirty, *session.deleted)):
        session.info[CHANGED] = True


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def _words_changed(session: Session) -> None:
    if not session.in_nested_transaction() and session.info.pop(CHANGED, False):
        forget(WORDS)


def councils() -> Sequence[Council]:
    """The 32 council areas by name."""
    return db.session.scalars(select(Council).order_by(Council.name, Council.code)).all()


def services(on: date) -> Sequence[Service]:
    """The services confirmed and open on a day, with organisations, needs and areas, by name."""
    wanted = (
        select(Service)
        .where(or_(Service.closed_on.is_(None), Service.closed_on > on), Service.confirmed)
        .options(
            joinedload(Service.organisation),
            selectinload(Service.needs),
            selectinload(Service.councils),
        )
    )
    return db.session.scalars(wanted.order_by(Service.name, Service.id)).all()


def unconfirmed_among(service_ids: Collection[UUID]) -> Sequence[UUID]:
    """Which of these services nobody has confirmed."""
    wanted = select(Service.id).where(Service.id.in_(service_ids), ~Service.confirmed)
    return db.session.scalars(wanted.order_by(Service.id)).all()


def team_for(centre: CustodyCentre) -> Organisation | None:
    """The arrest referral team that covers a custody centre; None where there is none."""
    wanted = (
        select(Organisation)
        .join(team_centre, team_centre.c.organisation_id == Organisation.id)
        .where(team_centre.c.centre_id == centre.id)
    )
    return db.session.scalars(wanted.order_by(Organisation.name, Organisation.order)).first()


def team_of(council_code: str, on: date) -> Organisation | None:
    """The arrest referral team that covers a council on a day, or else a custody centre in it."""
    works = or_(Organisation.closed_on.is_(None), Organisation.closed_on > on)
    covers = Organisation.councils.any(Council.code == council_code)
    comes = Organisation.centres.any(CustodyCentre.council_code == council_code)
    teams = select(Organisation).where(Organisation.kind == OrganisationKind.TEAM, works)
    either = teams.where(or_(covers, comes))
    nearest = either.order_by(covers.desc(), Organisation.name, Organisation.order)
    return db.session.scalars(nearest).first()


def centres() -> Sequence[CustodyCentre]:
    """All custody centres with their councils, by name."""
    wanted = select(CustodyCentre).options(joinedload(CustodyCentre.council))
    return db.session.scalars(wanted.order_by(CustodyCentre.name, CustodyCentre.id)).all()


def organisation_of(organisation_id: UUID) -> Organisation:
    """The organisation with this number, open or closed."""
    return db.session.get_one(Organisation, organisation_id)


def open_centres(on: date) -> list[CustodyCentre]:
    """The custody centres that hold people on a day, by name."""
    return [one for one in centres() if one.closed_on is None or on < one.closed_on]


def organisations() -> Sequence[Organisation]:
    """All organisations, by name."""
    return db.session.scalars(select(Organisation).order_by(Organisation.name)).all()


def every_service(organisation_id: UUID | None = None) -> Sequence[Service]:
    """All services, also closed ones, with their organisations; or those of one organisation."""
    wanted = select(Service).options(joinedload(Service.organisation))
    if organisation_id:
        wanted = wanted.where(Service.organisation_id == organisation_id)
    return db.session.scalars(wanted.order_by(Service.name, Service.id)).all()


def is_theirs(actor: Actor) -> ColumnElement[bool]:
    """That a service is one for which the actor acts: each of their organisation, or the one."""
    own = Service.organisation_id == actor.organisation_id
    return own & (Service.id == actor.service_id) if actor.service_id else own


def own_services(actor: Actor) -> Sequence[Service]:
    """The services for which the actor acts and that have not closed, by name."""
    wanted = select(Service).where(is_theirs(actor), Service.closed_on.is_(None))
    return db.session.scalars(wanted.order_by(Service.name, Service.id)).all()


def own_service_for(actor: Actor, service_id: UUID) -> Service:
    """A service for which the actor acts; 404 for any other."""
    wanted = select(Service).where(Service.id == service_id, is_theirs(actor))
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
            amounts[row.kind] = Amount(row.number, row.unit)
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
    latest_last = wanted.order_by(ServicePlaces.service_id, ServicePlaces.week)
    return {row.service_id: row for row in db.session.scalars(latest_last)}
