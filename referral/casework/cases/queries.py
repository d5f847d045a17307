"""Cases within a team's reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.sql.elements import SQLCoreOperations

from referral.access.actor import Actor
from referral.casework.cases.day import BACK, end_of
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.tabs import Tab
from referral.custody.models import Booking, Offer
from referral.custody.offers import OfferAnswer
from referral.custody.queries import in_cells, is_at, was_at
from referral.db import db
from referral.known.models import Observation
from referral.known.queries import needs_told
from referral.people.models import Person
from referral.people.searching import Typed, ends_so
from referral.web.paging import Page, page_of

OVERDOSE_FIRST = (Case.outreach_by.is_(None), Case.outreach_by)


@dataclass(frozen=True)
class Sought:
    """The filters of the case list; an empty one filters nothing.

    `meant` is what was typed: a name, birth date, number or reference. `alike` are the people whom
    the desk's matcher takes for who was meant, or whose number ends so,
    `referred` the case of a referral's reference.
    `worker` is whose cases alone are meant. `covers` are those for whom the reader stands in
    today: it narrows nothing.
    """

    meant: Typed | None = None
    centre: UUID | None = None
    need: str = ""
    council: str = ""
    alike: Sequence[UUID] = ()
    referred: UUID | None = None
    worker: UUID | None = None
    covers: frozenset[UUID] = frozenset()


def case_for(actor: Actor, case_id: UUID, *, to_change: bool = False) -> Case:
    """A case of the actor's own team; 404 for any other, as if it did not exist."""
    wanted = select(Case).where(Case.id == case_id, Case.team_id == actor.organisation_id)
    if to_change:
        wanted = wanted.with_for_update()
    return db.session.scalars(wanted).one_or_none() or abort(404)


def reached_on(actor: Actor, digits: str) -> list[UUID]:
    """The people of the actor's team, by their numbers, whose telephone number ends so."""
    theirs = (
        select(Person.id, Person.words)
        .where(Person.words.contains(digits, autoescape=True))
        .where(Person.id.in_(select(Case.person_id).where(Case.team_id == actor.organisation_id)))
        .order_by(Person.id)
    )
    return [number for number, words in db.session.execute(theirs) if ends_so(words, digits)]


def case_at_desk(actor: Actor, booking_id: UUID) -> Case:
    """The open case of somebody who is at the actor's own centre now, to change; else 404."""
    wanted = (
        select(Case)
        .join(Case.booking)
        .where(
            Booking.id == booking_id,
            is_at(actor.centre_id),
            Case.closed_at.is_(None),
            _last_answer() == OfferAnswer.ACCEPTED,
        )
        .with_for_update(of=Case)
    )
    return db.session.scalars(wanted).one_or_none() or abort(404)


def _last_answer() -> ScalarSelect[OfferAnswer]:
    """How the latest offer of a stay was answered."""
    latest = select(Offer.answer).where(Offer.booking_id == Booking.id).correlate(Booking)
    return latest.order_by(Offer.number.desc()).limit(1).scalar_subquery()


def stays_of(case: Case) -> Sequence[UUID]:
    """The stays of the person while the case was open, the first among them, by their numbers."""
    wanted = select(Booking.id).where(
        Booking.person_id == case.person_id,
        or_(
            Booking.id == case.booking_id,
            Booking.released_at.is_(None),
            Booking.released_at >= case.opened_at,
        ),
    )
    if case.closed_at:
        wanted = wanted.where(Booking.authorised_at <= case.closed_at)
    return db.session.scalars(wanted.order_by(Booking.order)).all()


def open_case_of(person_id: UUID, *, to_change: bool = False) -> Case | None:
    """The one open case of a person, if there is one."""
    wanted = select(Case).filter_by(person_id=person_id, closed_at=None)
    return db.session.scalars(wanted.with_for_update() if to_change else wanted).one_or_none()


def cases_in(actor: Actor, tab: Tab, sought: Sought, page: int, at: datetime) -> Page[Case]:
    """One page of a tab: what can still be saved first; in four statements."""
    wanted = (
        _sought(select(Case), actor, sought)
        .where(_in_tab(actor, tab, sought, at))
        .options(
            joinedload(Case.person),
            joinedload(Case.worker),
            joinedload(Case.booking).selectinload(Booking.observations),
            joinedload(Case.booking).selectinload(Booking.elsewhere),
        )
    )
    if tab is Tab.CLOSED:
        wanted = wanted.order_by(Case.closed_at.desc(), Case.id)
    elif tab is Tab.DAY:
        wanted = wanted.order_by(*_by_part(at), *OVERDOSE_FIRST, Case.due_at, Case.id)
    elif tab is Tab.CELLS:
        wanted = wanted.order_by(*OVERDOSE_FIRST, Booking.authorised_at, Case.id)
    else:
        open_first = Case.closed_at.is_not(None), *OVERDOSE_FIRST, ~in_cells()
        wanted = wanted.order_by(*open_first, Case.due_at, Case.id)
    return page_of(wanted, page)


def counts(actor: Actor, sought: Sought, at: datetime) -> Mapping[Tab, int]:
    """How many cases each tab holds; in one statement. The closed ones, all of all time, apart."""
    tabs = [tab for tab in Tab if tab not in {Tab.CLOSED, Tab.ALL}]
    sums: list[Any] = [
        func.sum(case((_in_tab(actor, tab, sought, at), 1), else_=0)) for tab in tabs
    ]
    closed = _narrowed(select(func.count()).select_from(Case), actor, sought)
    closed = closed.where(_in_tab(actor, Tab.CLOSED, sought, at)).correlate(None)
    still_open = _sought(select(*sums, closed.scalar_subquery()), actor, sought)
    found = db.session.execute(still_open.where(Case.closed_at.is_(None))).one()
    held = {tab: number or 0 for tab, number in zip([*tabs, Tab.CLOSED], found, strict=True)}
    return {**held, Tab.ALL: held[Tab.TEAM] + held[Tab.CLOSED]}


def _sought(wanted: Select[Any], actor: Actor, sought: Sought) -> Select[Any]:
    return _narrowed(wanted.select_from(Case).join(Case.booking), actor, sought, booked=True)


def _narrowed(
    wanted: Select[Any], actor: Actor, sought: Sought, *, booked: bool = False
) -> Select[Any]:
    """The filters applied within the team; stays and people are joined only when needed."""
    wanted = wanted.where(Case.team_id == actor.organisation_id)
    if sought.worker:
        wanted = wanted.where(Case.worker_id == sought.worker)
    if sought.meant or sought.council:
        wanted = wanted.join(Case.person)
    if (sought.centre or sought.need) and not booked:
        wanted = wanted.join(Case.booking)
    if sought.meant:
        wanted = wanted.where(_meant(sought.meant, sought))
    if sought.centre:
        wanted = wanted.where(was_at(sought.centre))
    if sought.need:
        wanted = wanted.where(_told(sought.need))
    return wanted.where(Person.council_code == sought.council) if sought.council else wanted


def _told(need: str) -> ColumnElement[bool]:
    """Whether a need counts out of what was said in the stay."""
    same = Observation.booking_id == Booking.id, Observation.code == need
    return needs_told().where(*same).correlate(Booking).exists()


def _meant(meant: Typed, sought: Sought) -> ColumnElement[bool]:
    """Whether it is somebody whom the search may mean."""
    ways = [and_(*(_found_under(word) for word in words)) for words in meant.readings]
    if meant.reference:
        stay = aliased(Booking)
        brought = func.upper(stay.custody_reference) == meant.reference
        ways.append(select(stay.id).where(stay.person_id == Person.id, brought).exists())
    return or_(Case.id == sought.referred, Person.id.in_(sought.alike), *ways)


def _found_under(spellings: Sequence[str]) -> ColumnElement[bool]:
    """Whether a word begins so; names that were joined into the record are among them."""
    return or_(*(Person.words.contains(f" {word}", autoescape=True) for word in spellings))


def _in_tab(actor: Actor, tab: Tab, sought: Sought, at: datetime) -> ColumnElement[bool]:
    still_open = Case.closed_at.is_(None)
    narrowed: dict[Tab, SQLCoreOperations[bool]] = {
        Tab.DAY: _on_the_day(actor, sought.covers, at),
        Tab.CELLS: in_cells(),
        Tab.WAITING: Case.worker_id.is_(None),
        Tab.MINE: Case.worker_id == actor.user_id,
        Tab.OVERDUE: Case.is_late(at),
    }
    if tab in {Tab.CLOSED, Tab.ALL}:
        return true() if tab is Tab.ALL else ~still_open
    return and_(still_open, narrowed[tab]) if tab in narrowed else still_open


def _on_the_day(actor: Actor, covers: frozenset[UUID], at: datetime) -> ColumnElement[bool]:
    """Who is in a cell and nobody else's, and of one's own what is due or a service sent back.

    One's own is also what one covers today.
    """
    mine = Case.worker_id.in_({actor.user_id, *covers})
    sent_back = select(Promise.id).where(
        Promise.case_id == Case.id, Promise.ended_at.is_(None), Promise.act.in_(BACK)
    )
    here = and_(in_cells(), or_(mine, Case.worker_id.is_(None)))
    return or_(here, and_(mine, or_(Case.due_at < end_of(at), sent_back.exists())))


def _by_part(at: datetime) -> tuple[Any, ...]:
    """The parts of the day one after the other; in the cells, by who was held first."""
    due = and_(Case.due_at < end_of(at), Case.next_act.not_in(BACK))
    return (
        case((in_cells(), 0), (due, 1), else_=2),
        case((in_cells(), Booking.authorised_at), else_=None),
    )
