"""What changed hands when many cases were given at once, and how many cases each worker has."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from flask import abort
from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from referral.access.actor import Actor
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.acts.queries import values_of
from referral.acts.values import read
from referral.casework.cases.day import end_of
from referral.casework.cases.models import Case
from referral.casework.cover.duty import Away
from referral.casework.cover.queries import duty_at, who_work
from referral.db import db
from referral.web.addresses import address_of


def changed_hands(act: Act) -> Mapping[UUID, tuple[UUID | None, UUID | None]]:
    """Who had each case before, and who has had it since, by the number of the case."""
    ours = [v for v in values_of(act.id) if (v.place, v.column) == ("referral_case", "worker_id")]
    return {value.row_id: (read(value.before), read(value.after)) for value in ours}


def given_for(actor: Actor, act_id: UUID, *, to_change: bool = False) -> Act:
    """A giving of many cases within the actor's team; 404 for any other."""
    team = select(User.id).where(User.organisation_id == actor.organisation_id)
    ours = or_(Act.about_id == actor.organisation_id, Act.about_id.in_(team))
    wanted = select(Act).where(Act.id == act_id, Act.kind == ActKind.GIVEN, ours)
    if to_change:
        wanted = wanted.with_for_update()
    return db.session.scalars(wanted).one_or_none() or abort(404)


def cases_named(actor: Actor, numbers: Collection[UUID]) -> Sequence[Case]:
    """Cases of the actor's team among these numbers, with their people, by number."""
    mine = select(Case).where(Case.id.in_(numbers), Case.team_id == actor.organisation_id)
    named = mine.options(joinedload(Case.person), joinedload(Case.worker))
    return db.session.scalars(named.order_by(Case.order)).all()


def filled_given(act_id: UUID, at: datetime) -> Mapping[str, str] | None:
    """The places of the message to who was given cases; None where it was taken back."""
    del at
    act = db.session.get_one(Act, act_id)
    worker = db.session.get(User, act.about_id)
    if act.undone_at or worker is None or worker.state != UserState.ACTIVE:
        return None
    number = str(len(changed_hands(act)))
    return {"number": number, "link": address_of("casefile.case_list")}


class Count(NamedTuple):
    """Open cases: how many, how many of them due today and late, and since when."""

    open: int = 0
    due: int = 0
    late: int = 0
    late_since: datetime | None = None


@dataclass(frozen=True)
class Load:
    """The open cases of one worker, or of nobody yet; and whether the worker is away today."""

    worker: User | None
    cases: Count
    away: Away | None


def loads_of(actor: Actor, at: datetime) -> Sequence[Load]:
    """The caseload of everybody in the team who works cases, by name, and what nobody has."""
    late = Case.is_late(at)
    today = and_(~late, Case.due_at < end_of(at))
    sums = [func.sum(case((which, 1), else_=0)) for which in (today, late)]
    since = func.min(case((late, Case.due_at)))
    wanted = select(Case.worker_id, func.count(), *sums, since)
    mine = wanted.where(Case.team_id == actor.organisation_id, Case.closed_at.is_(None))
    grouped = mine.group_by(Case.worker_id).order_by(Case.worker_id)
    found = {row[0]: Count(*row[1:]) for row in db.session.execute(grouped)}
    duty = duty_at(at, actor.organisation_id)
    nobody = Load(None, found.get(None, Count()), None)
    team = who_work(actor)
    return [nobody, *(Load(u, found.get(u.id, Count()), duty.away(u.id)) for u in team)]
