"""Join two records of one person: the one that is kept goes on with everything of both."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, update

from referral.access.actor import Actor
from referral.acts.values import written
from referral.audit.trail import Tag, record
from referral.casework.along.models import Going
from referral.casework.along.queries import goings_of
from referral.casework.assessment.models import Assessment
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import Ending, NextStep
from referral.casework.cases.queries import open_case_of
from referral.casework.contact_plan.models import ContactPlan
from referral.casework.contact_plan.queries import plan_of
from referral.casework.notes.models import CaseNote
from referral.casework.notes.queries import notes_of
from referral.custody.models import Booking
from referral.custody.queries import unmet_among
from referral.db import db
from referral.errors import RuleBroken
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.queries import open_referrals
from referral.merging.joining.models import JoinedValue, Joining
from referral.merging.joining.queries import (
    cases_of,
    is_joined,
    lock_both,
    places,
    read_anew,
)
from referral.merging.joining.sides import filled
from referral.people.actions import reindex
from referral.people.models import Person

CLOSED_AS = "JOINED"
ENDED = ("ended_at", "ending", "how")
PROMISED = ("outreach_by", "next_act", "due_at", "late_step", "escalates_at")
NOT_OF_THE_RECORD = {"id", "merged_into_id"}


class AlreadyJoined(RuleBroken):
    """One of these records has since been joined with another. Look at the list again."""

    status = 409


class OtherTeam(RuleBroken):
    """Two teams each have an open case. Agree which one goes on, and close the other first."""


class OneUnmet(RuleBroken):
    """One of them only rang, and nobody has met them. First say in their case how you made sure."""

    status = 409


class SameService(RuleBroken):
    """Both are with the same service now. End one of the two referrals first, then join."""


class JoinedSince(RuleBroken):
    """This record has been joined with another since. Ask the team lead to part the two first."""

    status = 409


@dataclass(frozen=True)
class JoinDetails:
    """Which record is kept, and which one goes into it."""

    kept_id: UUID
    other_id: UUID


def join(details: JoinDetails, by: Actor, at: datetime) -> Joining:
    """Everything of both records is the kept one's from now on; how it stood is written down.

    Two open cases become one: the kept record's goes on, the other is closed for as long as the
    records are joined. Raises AlreadyJoined, OneUnmet, OtherTeam, SameService.
    """
    both = lock_both(details.kept_id, details.other_id)
    kept, other = both[details.kept_id], both[details.other_id]
    if kept.merged_into_id or other.merged_into_id:
        raise AlreadyJoined
    if unmet_among((kept.id, other.id)):
        raise OneUnmet
    joining = _begin(kept, other, by, at)
    _refuse_same_service(kept, other)
    _join_cases(joining, at)
    _move_everything(joining)
    other.merged_into_id = kept.id
    for name, value in filled(fields_of(kept), fields_of(other)).items():
        setattr(kept, name, value)
    for person in (kept, other):
        reindex(person)
        record(Tag.PERSON_JOINED, by, at, subject_id=person.id, record_id=joining.id)
    joining.joined_as = snapshot(kept)
    return joining


def check_apart(stay: Booking) -> None:
    """No record was joined with that of a stay since the stay began. Raises JoinedSince."""
    if is_joined(stay):
        raise JoinedSince


def fields_of(person: Person) -> dict[str, Any]:
    """All that a record says of who somebody is."""
    names = [column.key for column in Person.__table__.columns]
    return {name: getattr(person, name) for name in names if name not in NOT_OF_THE_RECORD}


def snapshot(person: Person) -> dict[str, Any]:
    """The same, as it is written down."""
    return {name: written(value) for name, value in fields_of(person).items()}


def _begin(kept: Person, other: Person, by: Actor, at: datetime) -> Joining:
    pair = (kept.id, other.id)
    touching = or_(Joining.survivor_id.in_(pair), Joining.absorbed_id.in_(pair))
    last = db.session.scalar(select(func.max(Joining.number)).where(touching)) or 0
    joining = Joining(number=last + 1, survivor_id=kept.id, absorbed_id=other.id)
    joining.survivor_before, joining.absorbed_before = snapshot(kept), snapshot(other)
    joining.joined_as = snapshot(kept)
    joining.joined_at = at
    joining.joined_by_id = by.user_id
    db.session.add(joining)
    db.session.flush()  # what is written down names it by its number
    return joining


def _refuse_same_service(kept: Person, other: Person) -> None:
    with_kept = {referral.service_id for referral in open_referrals(kept.id)}
    if any(referral.service_id in with_kept for referral in open_referrals(other.id)):
        raise SameService


def _join_cases(joining: Joining, at: datetime) -> None:
    goes_on, ends = open_case_of(joining.survivor_id), open_case_of(joining.absorbed_id)
    if goes_on and ends:
        if goes_on.team_id != ends.team_id:
            raise OtherTeam
        _take_over(joining, goes_on, ends, at)
        _change(joining, ends, closed_at=max(at, ends.opened_at), close_reason=CLOSED_AS)
    for case in cases_of(joining):
        if case is not goes_on or not ends:
            _note(joining, case, "booking_id", *PROMISED)
            for promise in case.promised:
                _note(joining, promise, *ENDED)
    db.session.flush()  # one open case is left before the other person's becomes the kept one's


def _take_over(joining: Joining, goes_on: Case, ends: Case, at: datetime) -> None:
    """Move open referrals, draft, plan, notes, worker, later stay, every promise to the other."""
    stay = max((goes_on.booking, ends.booking), key=lambda stay: (stay.authorised_at, stay.order))
    for referral in open_referrals(joining.absorbed_id):
        if referral.case_id == ends.id:
            _change(joining, referral, case_id=goes_on.id)
    for going in goings_of(ends.id):
        _change(joining, going, case_id=goes_on.id)
    drafts = {case.id: _draft(case) for case in (goes_on, ends)}
    if (draft := drafts[ends.id]) and not drafts[goes_on.id]:
        _change(joining, draft, case_id=goes_on.id)
    if (plan := plan_of(ends)) and not plan_of(goes_on):
        _change(joining, plan, case_id=goes_on.id)
    for note in notes_of(ends.id):
        _change(joining, note, case_id=goes_on.id)
    worker = goes_on.worker_id or ends.worker_id
    before = {name: getattr(goes_on, name) for name in PROMISED}
    _change(joining, goes_on, booking_id=stay.id, worker_id=worker)
    _promise_together(joining, goes_on, ends, at)
    for name, value in before.items():
        _write_down(joining, goes_on.__tablename__, goes_on.id, name, value, getattr(goes_on, name))


def _promise_together(joining: Joining, goes_on: Case, ends: Case, at: datetime) -> None:
    """What either case promised is promised now; of what both did, that which is due first.

    The times at which somebody is asked come from one plan, that of the case that goes on.
    """
    over = {"ended_at": at, "ending": Ending.REPLACED, "how": "Two cases became one"}
    asked_anyway = goes_on.has_any(NextStep.REVIEW)
    for promise in ends.promised:
        about = goes_on.id if promise.about_id == ends.id else promise.about_id
        if same := goes_on.has_promised(promise.act, about):
            _change(joining, max(promise, same, key=lambda one: one.due_at), **over)
        elif promise.act is NextStep.REVIEW and asked_anyway:
            _change(joining, promise, **over)
        _change(joining, promise, case_id=goes_on.id, about_id=about)
    read_anew()  # promises have gone from one case to the other
    goes_on.say_next()


def _draft(case: Case) -> Assessment | None:
    wanted = select(Assessment).filter_by(case_id=case.id, finished_at=None)
    return db.session.scalars(wanted).one_or_none()


def _change(
    joining: Joining,
    row: Case | Referral | Assessment | ContactPlan | CaseNote | Going | Promise,
    **values: Any,
) -> None:
    for name, value in values.items():
        _write_down(joining, row.__tablename__, row.id, name, getattr(row, name), value)
        setattr(row, name, value)


def _note(joining: Joining, row: Case | Promise, *names: str) -> None:
    for name in names:
        value = getattr(row, name)
        _write_down(joining, row.__tablename__, row.id, name, value, value)


def _write_down(
    joining: Joining, place: str, row_id: UUID, column: str, before: Any, after: Any
) -> None:
    value = JoinedValue(joining_id=joining.id, place=place, row_id=row_id, column=column)
    value.before, value.after = written(before), written(after)
    db.session.add(value)


def _move_everything(joining: Joining) -> None:
    """Write down whose each row was, in both records, so that new rows stand out later."""
    kept, other = joining.survivor_id, joining.absorbed_id
    for table, column in places():
        mine = select(table.c.id, column).where(column.in_((kept, other)))
        for row_id, owner in db.session.execute(mine.order_by(table.c.id)).all():
            _write_down(joining, table.name, row_id, column.key, owner, kept)
        db.session.execute(update(table).where(column == other).values({column.key: kept}))
    read_anew()  # rows were moved below the session
