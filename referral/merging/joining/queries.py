"""The rows of two records, likely duplicates, and who saw a joined record."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import Column, ColumnElement, Table, func, or_, select
from sqlalchemy.orm import joinedload

from referral.access.actor import Actor
from referral.accounts.users.queries import Deed, deed_of, deeds_with_names
from referral.audit.models import AuditEvent
from referral.audit.trail import Tag
from referral.casework.cases.models import Case
from referral.consent.models import Consent
from referral.custody.models import Booking
from referral.custody.queries import COUNTS, unmet_among
from referral.db import Model, db
from referral.merging.joining.models import JoinedValue, Joining
from referral.people.apart_queries import apart
from referral.people.models import Person
from referral.people.queries import Candidate, identity_of, recognised
from referral.web.paging import Page, page_of, page_of_rows
from referral.web.submit_keys import SubmitKey

# what was said or shown of a record stays said of that record; keys are made anew
STAYS = frozenset({"joining", "person_key", "person_traits", "suggestion", "told_apart"})


@dataclass(frozen=True)
class Pair:
    """Two cases of the team whose people may be one, and why."""

    one: Case
    other: Case
    like: Candidate


@dataclass(frozen=True)
class RecordPreview:
    """One record of a preview: where and when they stayed, and their cases in the actor's team."""

    person: Person
    stays: Sequence[Booking]
    cases: Sequence[Case]


@dataclass(frozen=True)
class Later:
    """A row added after two records were joined; only somebody who was there knows whose it is."""

    bookings: Sequence[Booking]
    cases: Sequence[Case]  # each goes with the stay that it is in
    consents: Sequence[Consent]  # given in no stay
    in_stays: Sequence[tuple[Consent, Booking]]


def places() -> list[tuple[Table, Column[Any]]]:
    """Each column that says whose a row is, in one order for everybody; the people come last."""
    tables = [
        table
        for table in Model.metadata.tables.values()
        if table.name not in STAYS and "id" in table.primary_key.columns
    ]
    return [
        (table, column)
        for table in sorted(tables, key=lambda table: (table.name == "person", table.name))
        for column in table.columns
        if any(key.target_fullname == "person.id" for key in column.foreign_keys)
    ]


def lock_both(one: UUID, other: UUID) -> dict[UUID, Person]:
    """The two people with all that is theirs, locked in one order for everybody."""
    for table, column in places():
        mine = select(table.c.id).where(column.in_((one, other))).order_by(table.c.id)
        db.session.execute(mine.with_for_update()).all()
    read_anew()  # what was read before the lock may have been changed by others
    both = select(Person).where(Person.id.in_((one, other))).order_by(Person.id)
    return {person.id: person for person in db.session.scalars(both.with_for_update())}


def read_anew() -> None:
    """Rows were locked, or moved below the session: what it knows of them is not true any more."""
    db.session.flush()  # what is pending is not lost with what is forgotten
    for row in list(db.session):
        if not isinstance(row, SubmitKey):  # which is needed when all of this is undone
            db.session.expire(row)


def people_of(actor: Actor, page: int) -> Page[Person]:
    """One page of the people whom the actor's team works with, whose case opened last first."""
    mine = select(Case.person_id, func.max(Case.opened_at).label("opened_at"))
    latest = mine.where(Case.team_id == actor.organisation_id).group_by(Case.person_id).subquery()
    wanted = select(Person).join(latest, latest.c.person_id == Person.id)
    ordered = wanted.order_by(latest.c.opened_at.desc(), Person.id)
    return page_of(ordered, page)


def duplicates(actor: Actor, people: Iterable[Person]) -> list[Pair]:
    """Pairs of these people with people of the actor's team, likeliest first.

    Pairs that were told apart are left out, and whoever only rang and was not met yet.
    """
    found: dict[frozenset[UUID], tuple[UUID, Candidate]] = {}
    for person in people:
        for like in recognised(identity_of(person)):
            pair = frozenset((person.id, like.person.id))
            if len(pair) == 2 and (pair not in found or like.score > found[pair][1].score):
                found[pair] = (person.id, like)
    both = {number for pair in found for number in pair}
    said = apart(both)
    unmet = unmet_among(both)
    cases = _latest_cases(actor, both)
    pairs = [
        Pair(cases[one], cases[like.person.id], like)
        for pair, (one, like) in found.items()
        if pair not in said and pair <= cases.keys() and not pair & unmet
    ]
    return sorted(pairs, key=lambda pair: (not pair.like.confident, -pair.like.score))


def side_of(actor: Actor, case: Case) -> RecordPreview:
    """One record as the team lead may see it: no need, no answer, nothing of another team."""
    stays = select(Booking).where(Booking.person_id == case.person_id, COUNTS)
    mine = select(Case).where(
        Case.person_id == case.person_id, Case.team_id == actor.organisation_id
    )
    named = mine.options(joinedload(Case.worker))
    with_centre = stays.options(joinedload(Booking.centre))
    return RecordPreview(
        case.person,
        db.session.scalars(with_centre.order_by(Booking.authorised_at, Booking.order)).all(),
        db.session.scalars(named.order_by(Case.opened_at, Case.order)).all(),
    )


def joinings_of(actor: Actor, page: int) -> Page[Joining]:
    """One page of the joined records of the actor's team that still stand, the latest first."""
    wanted = _joinings().where(Joining.parted_at.is_(None), _ours(actor))
    latest = wanted.order_by(Joining.joined_at.desc(), Joining.number.desc(), Joining.id)
    return page_of(latest, page)


def joining_for(actor: Actor, joining_id: UUID) -> Joining:
    """A joining of the actor's team that still stands; 404 for any other."""
    wanted = _joinings().where(
        Joining.id == joining_id,
        Joining.parted_at.is_(None),
        _ours(actor),
    )
    found: Joining | None = db.session.scalars(wanted).one_or_none()
    return found or abort(404)


def every_joining(page: int) -> Page[Joining]:
    """One page of what was joined and parted anywhere, the latest first."""
    wanted = _joinings().order_by(Joining.joined_at.desc(), Joining.number.desc(), Joining.id)
    return page_of(wanted, page)


def any_joining(joining_id: UUID) -> Joining:
    """A joining, for the guardian; 404 where there is none."""
    return db.session.get(Joining, joining_id) or abort(404)


def seen_meanwhile(joining: Joining, page: int) -> Page[Deed]:
    """One page of who read or changed the joined record, from the joining until the parting."""
    first = func.min(AuditEvent.seq)
    last = func.max(AuditEvent.seq)
    began = _event(joining, Tag.PERSON_JOINED, last)
    ended = _event(joining, Tag.PERSON_PARTED, first)
    wanted = (
        deeds_with_names()
        .where(AuditEvent.subject_id.in_((joining.survivor_id, joining.absorbed_id)))
        .where(AuditEvent.seq > began)
    )
    if joining.parted_at:
        wanted = wanted.where(AuditEvent.seq < ended)
    found = page_of_rows(wanted.order_by(AuditEvent.seq), page)
    return found.holding([deed_of(*row) for row in found])


def later(joining: Joining) -> Later:
    """The episodes of the joined record that neither record had; answers of a stay go with it."""
    all_stays = select(Booking).filter_by(person_id=joining.survivor_id)
    stays = db.session.scalars(all_stays.order_by(Booking.authorised_at, Booking.order)).all()
    new = _new(Consent, joining)
    answers = [(answer, stay_at(answer.given_at, stays)) for answer in new]
    return Later(
        _new(Booking, joining),
        _new(Case, joining),
        [answer for answer, stay in answers if stay is None],
        [(answer, stay) for answer, stay in answers if stay],
    )


def stay_at(moment: datetime, stays: Sequence[Booking]) -> Booking | None:
    """The latest of these stays in which something was said; the stays are in order."""
    within = [
        stay
        for stay in stays
        if stay.authorised_at <= moment and (stay.released_at is None or moment <= stay.released_at)
    ]
    return within[-1] if within else None


def values_of(joining: Joining) -> Sequence[JoinedValue]:
    """Everything that was written down at the joining, row by row."""
    wanted = select(JoinedValue).filter_by(joining_id=joining.id, given=False)
    return db.session.scalars(
        wanted.order_by(JoinedValue.place, JoinedValue.row_id, JoinedValue.column)
    ).all()


def is_joined(stay: Booking) -> bool:
    """Whether a stay was there when its record was joined with another one, and still is."""
    wanted = select(JoinedValue.id).join(Joining, Joining.id == JoinedValue.joining_id)
    mine = JoinedValue.place == Booking.__tablename__, JoinedValue.row_id == stay.id
    standing = wanted.where(*mine, JoinedValue.given.is_(False), Joining.parted_at.is_(None))
    return db.session.scalar(select(standing.exists())) or False


def joined_later(joining: Joining) -> bool:
    """Whether either record was joined with another one after this, and still is."""
    both = (joining.survivor_id, joining.absorbed_id)
    wanted = select(Joining.id).where(
        Joining.parted_at.is_(None),
        Joining.number > joining.number,
        or_(Joining.survivor_id.in_(both), Joining.absorbed_id.in_(both)),
    )
    return db.session.scalar(wanted.order_by(Joining.id).limit(1)) is not None


def _new(kind: Any, joining: Joining) -> Sequence[Any]:
    known = select(JoinedValue.row_id).filter_by(
        joining_id=joining.id, place=kind.__tablename__, column="person_id"
    )
    wanted = select(kind).where(kind.person_id == joining.survivor_id, kind.id.not_in(known))
    moment = {Booking: Booking.authorised_at, Case: Case.opened_at, Consent: Consent.given_at}
    return db.session.scalars(wanted.order_by(moment[kind], kind.id)).all()


def _joinings() -> Any:
    people = joinedload(Joining.survivor), joinedload(Joining.absorbed)
    return select(Joining).options(
        *people, joinedload(Joining.joined_by), joinedload(Joining.parted_by)
    )


def _ours(actor: Actor) -> ColumnElement[bool]:
    mine = select(Case.id).where(
        Case.person_id == Joining.survivor_id, Case.team_id == actor.organisation_id
    )
    return mine.exists()


def cases_of(joining: Joining) -> Sequence[Case]:
    """The cases of both who were taken for one, in the order in which they were opened."""
    both = (joining.survivor_id, joining.absorbed_id)
    wanted = select(Case).where(Case.person_id.in_(both))
    return db.session.scalars(wanted.order_by(Case.opened_at, Case.order)).all()


def _latest_cases(actor: Actor, people: Collection[UUID]) -> Mapping[UUID, Case]:
    wanted = select(Case).where(Case.team_id == actor.organisation_id, Case.person_id.in_(people))
    with_person = wanted.options(joinedload(Case.person)).order_by(Case.opened_at, Case.order)
    return {case.person_id: case for case in db.session.scalars(with_person)}


def _event(joining: Joining, tag: Tag, which: ColumnElement[int]) -> int:
    wanted = select(which).filter_by(record_id=joining.id, tag=tag.value)
    return db.session.scalar(wanted) or 0
