"""Part two joined records: both stand as they did, and somebody says whose is what came since."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select, update

from referral.access.actor import Actor
from referral.acts.values import read, written
from referral.audit.trail import Tag, record
from referral.casework.assessment.models import Assessment
from referral.casework.cases.actions import open_or_continue
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import Ending
from referral.casework.notes.models import CaseNote
from referral.consent.models import Consent
from referral.custody.models import Booking, Offer
from referral.custody.offers import OfferAnswer
from referral.db import Model, db
from referral.errors import RuleBroken, StaleEdit
from referral.handoff.referrals.models import Referral, UnmetNeed
from referral.handoff.referrals.promise_actions import note_next
from referral.known.models import Observation
from referral.merging.joining.actions import ENDED, PROMISED, snapshot
from referral.merging.joining.models import JoinedValue, Joining
from referral.merging.joining.queries import (
    Later,
    cases_of,
    joined_later,
    later,
    lock_both,
    places,
    read_anew,
    stay_at,
    values_of,
)
from referral.people.actions import reindex, tell_apart
from referral.people.detail_queries import heard_since
from referral.people.details import Detail
from referral.people.models import Person

Worked = Referral | Assessment | UnmetNeed | CaseNote


class PartLaterFirst(RuleBroken):
    """One of these records was later joined with another. Part those two first."""

    status = 409


class TwoOpenCases(RuleBroken):
    """One person would have two open cases. Close one, or tick it for the other person."""


class DraftOpen(RuleBroken):
    """Both cases have a draft assessment. Finish one, then part the records."""


@dataclass(frozen=True)
class PartDetails:
    """The numbers of later rows that belong to the other person; the rest stays."""

    seen_version: int
    of_the_other: frozenset[UUID] = frozenset()


def part(joining: Joining, details: PartDetails, by: Actor, at: datetime) -> None:
    """Every row goes back to whose it was, with the values it had where nobody changed it since.

    Raises StaleEdit, PartLaterFirst, TwoOpenCases, DraftOpen.
    """
    both = lock_both(joining.survivor_id, joining.absorbed_id)
    if joining.parted_at or joining.version != details.seen_version:
        raise StaleEdit
    if joined_later(joining):
        raise PartLaterFirst
    came = later(joining)
    kept, other = both[joining.survivor_id], both[joining.absorbed_id]
    joining.parted_as = snapshot(kept)
    joining.parted_at = at
    joining.parted_by_id = by.user_id
    other.merged_into_id = None
    _restore(kept, joining.survivor_before)
    _restore(other, joining.absorbed_before)
    _put_back(joining)
    _give(joining, came, details.of_the_other)
    _settle(joining, by, at)
    for person in (kept, other):
        reindex(person)
        record(Tag.PERSON_PARTED, by, at, subject_id=person.id, record_id=joining.id)
    tell_apart(kept.id, other.id, by, at)


def _restore(person: Person, before: Mapping[str, Any]) -> None:
    """All but what people say again and again, which is worked out anew from what was said."""
    for name, value in before.items():
        if name not in set(Detail):
            setattr(person, name, read(value))


def _put_back(joining: Joining) -> None:
    """First whose each row is, because a person has one open case; then its other values."""
    db.session.flush()  # the people as they were, before rows go back to them
    values = values_of(joining)
    owning = {(table.name, column.key) for table, column in places()}
    owners = [v for v in values if _place(v) in owning and v.before != v.after]
    for (place, column), moved in groupby(sorted(owners, key=_place), _place):
        table = Model.metadata.tables[place]
        mine = table.c.id.in_([value.row_id for value in moved])
        back = update(table).where(mine).values({column: joining.absorbed_id})
        db.session.execute(back)
    others = [v for v in values if _place(v) not in owning]
    for (place, row_id), changed in groupby(others, lambda v: (v.place, v.row_id)):
        _put_values_back(Model.metadata.tables[place], row_id, list(changed))
    read_anew()  # rows went back below the session


def _place(value: JoinedValue) -> tuple[str, str]:
    return value.place, value.column


def _put_values_back(table: Table, row_id: UUID, changed: Iterable[JoinedValue]) -> None:
    """In one statement, since some values hold only together; what was changed since stays."""
    now = db.session.execute(select(table).where(table.c.id == row_id)).mappings().one_or_none()
    back = {
        value.column: read(value.before)
        for value in changed
        if now and value.before != value.after and now[value.column] == read(value.after)
    }
    if back:
        db.session.execute(update(table).where(table.c.id == row_id).values(back))


def _give(joining: Joining, came: Later, given: Collection[UUID]) -> None:
    """Give later rows to the person somebody named; an answer or a case goes with its stay."""
    chosen: list[Booking | Consent] = [*came.bookings, *came.consents]
    for row in chosen:
        if row.id in given:
            _hand(joining, row, joining.absorbed_id)
    for answer, stay in came.in_stays:
        _hand(joining, answer, stay.person_id)
    with db.session.no_autoflush:  # not before it is certain that everybody has one open case
        for case in came.cases:
            _hand(joining, case, case.booking.person_id)
        _follow_stays(joining)
        _words_follow(joining, {row.given_at for row in came.consents if row.id in given})
        cases = cases_of(joining)
    still_open = Counter(case.person_id for case in cases if case.closed_at is None)
    if any(number > 1 for number in still_open.values()):
        raise TwoOpenCases
    db.session.flush()  # what follows is read from the rows as they stand now


def _follow_stays(joining: Joining) -> None:
    """What was said in a stay goes with it, whenever it was said."""
    both = (joining.survivor_id, joining.absorbed_id)
    wanted = (
        select(Observation, Booking.person_id)
        .join(Booking, Booking.id == Observation.booking_id)
        .where(Booking.person_id.in_(both), Observation.person_id != Booking.person_id)
    )
    for said, person_id in db.session.execute(wanted.order_by(Observation.order)):
        said.person_id = person_id


def _words_follow(joining: Joining, given_at: Collection[datetime]) -> None:
    """A number or an address goes with the stay or the answer with which it was said."""
    both = (joining.survivor_id, joining.absorbed_id)
    wanted = select(Booking).where(Booking.person_id.in_(both))
    stays = db.session.scalars(wanted.order_by(Booking.authorised_at, Booking.order)).all()
    for word in heard_since(both, joining.joined_at):
        stay = None if word.typed_by_themselves else stay_at(word.recorded_at, stays)
        if stay:
            word.person_id = stay.person_id
        elif word.recorded_at in given_at:
            word.person_id = joining.absorbed_id


def _hand(joining: Joining, row: Booking | Case | Consent, person_id: UUID) -> None:
    if row.person_id == person_id:
        return
    value = JoinedValue(joining_id=joining.id, place=row.__tablename__, row_id=row.id)
    value.column = "person_id"
    value.given = True
    value.before, value.after = written(row.person_id), written(person_id)
    row.person_id = person_id
    db.session.add(value)


def _settle(joining: Joining, by: Actor, at: datetime) -> None:
    """Cases, stays and what was done in them point at one person, never at both."""
    noted = {(v.row_id, v.column): read(v.before) for v in values_of(joining)}
    for stay in _accepted_since(joining):
        _case_with(stay, by, at)
    for case in cases_of(joining):
        _mend_stay(case, noted, at)
    db.session.flush()  # what was done is looked for by its case
    for row in _astray(joining):
        _follow(row, _case_with(db.session.get_one(Booking, row.booking_id), by, at))
    cases = cases_of(joining)
    _align(cases, {row_id for row_id, _ in noted})
    for case in cases:
        if case.closed_at is None:
            note_next(case, at)


def _accepted_since(joining: Joining) -> Sequence[Booking]:
    """The stays in which an offer was accepted while the records were one, the earliest first."""
    accepted = select(Offer.booking_id).where(
        Offer.answer == OfferAnswer.ACCEPTED, Offer.recorded_at >= joining.joined_at
    )
    both = (joining.survivor_id, joining.absorbed_id)
    wanted = select(Booking).where(Booking.person_id.in_(both), Booking.id.in_(accepted))
    return db.session.scalars(wanted.order_by(Booking.authorised_at, Booking.order)).all()


def _case_with(stay: Booking, by: Actor, at: datetime) -> Case:
    """The person's case that a stay belongs to: the one it is in, the open one, or a new one."""
    mine = select(Case).filter_by(person_id=stay.person_id, booking_id=stay.id)
    found = db.session.scalars(mine.order_by(Case.opened_at.desc(), Case.order.desc())).first()
    return found or open_or_continue(stay, by, at)


def _mend_stay(case: Case, noted: Mapping[tuple[UUID, str], Any], at: datetime) -> None:
    """A case that points at the other person's stay goes back to its own, as it was promised."""
    if db.session.get_one(Booking, case.booking_id).person_id == case.person_id:
        return
    case.booking_id = noted[case.id, "booking_id"]
    for promise in case.promises:
        if (promise.id, "ended_at") in noted:
            for name in ENDED:
                setattr(promise, name, noted[promise.id, name])
        elif promise.about_id == case.id and not promise.ended_at:  # in the other's stay
            promise.end(Ending.REPLACED, "The records were parted", at)
    for name in PROMISED:
        setattr(case, name, noted[case.id, name])


def _astray(joining: Joining) -> list[Worked]:
    """The work done in a stay of one person that hangs on a case of the other."""
    both = (joining.survivor_id, joining.absorbed_id)
    found: list[Any] = []
    for kind in (Referral, Assessment, UnmetNeed, CaseNote):
        wanted = (
            select(kind)
            .join(Case, Case.id == kind.case_id)
            .join(Booking, Booking.id == kind.booking_id)
            .where(Case.person_id.in_(both), Case.person_id != Booking.person_id)
        )
        found += db.session.scalars(wanted.order_by(kind.id)).all()
    return found


def _follow(row: Worked, case: Case) -> None:
    if isinstance(row, Assessment) and row.finished_at is None:
        draft = select(Assessment.id).filter_by(case_id=case.id, finished_at=None)
        if db.session.scalars(draft.order_by(Assessment.id)).first():
            raise DraftOpen
    row.case_id = case.id
    if isinstance(row, Referral):
        row.person_id = case.person_id


def _align(cases: Sequence[Case], known: Collection[UUID]) -> None:
    """A new referral goes with the one that it follows, and with its case."""
    by_number = {case.id: case for case in cases}
    wanted = select(Referral).where(Referral.case_id.in_(by_number))
    for referral in db.session.scalars(wanted.order_by(Referral.due_at, Referral.order)).all():
        before = db.session.get(Referral, referral.previous_id) if referral.previous_id else None
        if before and referral.id not in known and before.case_id in by_number:
            referral.case_id = before.case_id
        referral.person_id = by_number[referral.case_id].person_id
    db.session.flush()  # what is next in a case is read from its referrals


def read_by_guardian(joining: Joining, by: Actor, at: datetime) -> None:
    """A guardian has been told who saw the joined record; to read that is an event too."""
    if joining.parted_at and joining.told_at is None:
        joining.told_at = at
    record(Tag.JOINING_SEEN, by, at, record_id=joining.id)
