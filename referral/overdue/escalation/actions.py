"""Take what is late one step further; take back the work of somebody who leaves."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm.attributes import set_committed_value

from referral.access.actor import Actor
from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.audit.trail import Tag, record
from referral.casework.cases.models import Case
from referral.casework.cover.queries import duty_at
from referral.casework.doors.models import FamilyMessage
from referral.db import db
from referral.directory.deadlines import Deadlines
from referral.directory.queries import deadlines_at
from referral.handoff.referrals.models import Referral, Stop
from referral.overdue.escalation.models import Escalation
from referral.overdue.escalation.queries import (
    late_cases,
    late_messages,
    late_referrals,
    late_stops,
    names_of,
    steps_told,
)
from referral.overdue.escalation.steps import Course, Step, course

MOST = 500
Late = Case | Referral | Stop | FamilyMessage


def escalate_due(at: datetime, batch: int) -> int:
    """Take up to `batch` of what is late further; returns the number of steps.

    It may run as often as one likes: a step that was taken is not taken again.
    """
    deadlines = deadlines_at(at)
    referrals = late_referrals(at, batch)
    taken = sum(_take_referral(referral, deadlines, at) for referral in referrals)
    cases = late_cases(at, batch - len(referrals))
    told = steps_told(cases)
    taken += sum(_take_case(case, told.get(case.id, 0), deadlines, at) for case in cases)
    stops = late_stops(at, batch - len(referrals) - len(cases))
    taken += sum(_take_stop(stop, deadlines, at) for stop in stops)
    left = late_messages(at, batch - len(referrals) - len(cases) - len(stops))
    return taken + sum(_take_message(message, deadlines, at) for message in left)


def escalation_due(at: datetime) -> list[UUID]:
    """Up to five hundred of what is late, each time; the rest the next time."""
    late: list[Late] = [*late_referrals(at, MOST)]
    late += late_cases(at, MOST - len(late))
    late += late_stops(at, MOST - len(late))
    late += late_messages(at, MOST - len(late))
    return [row.id for row in late]


def escalate(late: Sequence[UUID], at: datetime) -> None:
    """As many of what is late go a step further; it is the earliest again that is taken."""
    escalate_due(at, len(late))


def _take_referral(referral: Referral, deadlines: Deadlines, at: datetime) -> int:
    due_at, taken, stay = referral.due_at, referral.late_step, referral.case.booking
    found = course(due_at, taken, at, deadlines, stay, urgent=referral.urgent)
    for step, moment in found.steps:
        _note(referral.case, referral, step, moment, at)
    _watch(referral, found)
    case = referral.case
    if case.due_at == referral.due_at:  # the list shows it at the case
        _watch(case, found)
    return len(found.steps)


def _take_case(case: Case, told: int, deadlines: Deadlines, at: datetime) -> int:
    """What was told of its due time counts, also where something else came first in between."""
    found = course(case.due_at, max(case.late_step, told), at, deadlines, case.booking)
    for step, moment in found.steps:
        _note(case, case, step, moment, at)
    _watch(case, found)
    return len(found.steps)


def _take_stop(stop: Stop, deadlines: Deadlines, at: datetime) -> int:
    found = course(stop.due_at, stop.late_step, at, deadlines, None)
    for step, moment in found.steps:
        _note(stop.referral.case, stop, step, moment, at)
    _watch(stop, found)
    return len(found.steps)


def _take_message(message: FamilyMessage, deadlines: Deadlines, at: datetime) -> int:
    """It is about no case: how far it has gone stands at the message, and in the trail."""
    found = course(message.due_at, message.late_step, at, deadlines, None)
    for _ in found.steps:
        record(Tag.ESCALATED, None, at, record_id=message.id)
    _watch(message, found)
    return len(found.steps)


def _watch(late: Late, found: Course) -> None:
    """Past the version: whoever has the case before them has changed nothing that this changes."""
    values = {"late_step": max(late.late_step, found.reached), "escalates_at": found.next_at}
    kind: type[Late] = type(late)
    written = update(kind).where(kind.id == late.id).values(values)
    db.session.execute(written, execution_options={"synchronize_session": False})
    for name, value in values.items():  # instead of looking through all that is loaded
        set_committed_value(late, name, value)


def _note(
    case: Case, late: Case | Referral | Stop, step: Step, moment: datetime, at: datetime
) -> None:
    stop = late if isinstance(late, Stop) else None
    referral = stop.referral if stop else late if isinstance(late, Referral) else None
    noted = Escalation(
        case_id=case.id,
        referral_id=referral.id if referral else None,
        stop_id=stop.id if stop else None,
        step=int(step),
        due_at=late.due_at,
        told=", ".join(_told(case, referral, step, at)),
        happened_at=moment,
        recorded_at=at,
    )
    db.session.add(noted)
    record(Tag.ESCALATED, None, at, subject_id=case.person_id, record_id=late.id)


def _told(case: Case, referral: Referral | None, step: Step, at: datetime) -> Sequence[str]:
    """The names of who finds it on their list at this step: while the owner is away, two."""
    away = duty_at(at, case.team_id).away(case.worker_id) if step is Step.OWNER else None
    owner = case.worker.name if case.worker else "the whole team"
    if step is Step.OWNER and (away is None or away.cover):
        return [owner, away.cover.name] if away and away.cover else [owner]
    leads = names_of(case.team_id, Role.TEAM_LEAD)
    if away:
        return [owner, *leads]
    if step is Step.LEAD or referral is None or referral.sent_at is None:
        return leads
    return [*leads, *names_of(referral.service.organisation_id, Role.SERVICE_MANAGER)]


def take_back(user: User, by: Actor, at: datetime, moves: bool) -> None:
    """The work of somebody who leaves goes to their team, and at a service to all its staff.

    A closed case goes with it while a service has still to stop; who moves to another organisation
    leaves every closed case behind.
    """
    to_stop = select(Referral.case_id).join(Stop).where(Stop.ended_at.is_(None))
    unfinished = or_(Case.closed_at.is_(None), Case.id.in_(to_stop))
    cases = select(Case).where(Case.worker_id == user.id, unfinished).with_for_update()
    for case in db.session.scalars(cases.order_by(Case.id)):
        case.give_to_team()
        record(Tag.CASE_GIVEN, by, at, subject_id=case.person_id, record_id=case.id)
    if moves:
        closed = update(Case).where(Case.worker_id == user.id, Case.closed_at.is_not(None))
        db.session.execute(closed.values(worker_id=None))  # the trail names them all the same
    handled = select(Referral).filter_by(handler_id=user.id, ended_at=None).with_for_update()
    for referral in db.session.scalars(handled.order_by(Referral.id)):
        referral.give_to_service()
        person_id = referral.person_id
        record(Tag.REFERRAL_ASSIGNED, by, at, subject_id=person_id, record_id=referral.id)
    db.session.flush()  # before the account moves: no case may point at somebody of another team
