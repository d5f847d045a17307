"""Overdue work and its owners; and the check that nothing can fall silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    SQLColumnExpression,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased, contains_eager, join, joinedload

from referral.access.actor import Actor
from referral.access.permissions import Permission, Role, roles_with
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.casework.cases.models import Case, Watched
from referral.casework.cases.next_steps import AT_A_SERVICE
from referral.casework.doors.models import FamilyMessage
from referral.db import db
from referral.directory.queries import is_theirs
from referral.handoff.referrals.models import Referral, Stop
from referral.overdue.escalation.models import Escalation
from referral.overdue.escalation.steps import Step
from referral.web.paging import Page, page_of


def late_referrals(at: datetime, most: int) -> Sequence[Referral]:
    """Open referrals that go a step further by a moment, the earliest first; locked."""
    wanted = (
        select(Referral)
        .where(Referral.ended_at.is_(None), Referral.escalates_at < at)
        .options(joinedload(Referral.case).joinedload(Case.booking), joinedload(Referral.service))
        .order_by(Referral.escalates_at, Referral.id)
        .with_for_update(of=Referral, skip_locked=True)
    )
    return db.session.scalars(wanted.limit(most)).all()


def late_cases(at: datetime, most: int) -> Sequence[Case]:
    """Open cases in which the team is late with its own part, the earliest first; locked.

    What a service is late with goes further with its referral, as long as the case stands as far
    as that: where something else came first in the case in between, it does not.
    """
    waits_for_service = select(Referral.id).where(
        Referral.case_id == Case.id,
        Referral.ended_at.is_(None),
        Referral.due_at == Case.due_at,
        Referral.late_step == Case.late_step,
        Case.next_act.in_(AT_A_SERVICE),
    )
    wanted = (
        select(Case)
        .where(Case.closed_at.is_(None), Case.escalates_at < at)
        .where(~waits_for_service.exists())
        .options(joinedload(Case.booking))
        .order_by(Case.escalates_at, Case.id)
        .with_for_update(of=Case, skip_locked=True)
    )
    return db.session.scalars(wanted.limit(most)).all()


def steps_told(cases: Sequence[Case]) -> Mapping[UUID, int]:
    """How far those were told, of each case, who are to know that its due time has passed."""
    told = (
        select(Escalation.case_id, func.max(Escalation.step))
        .join(Case, and_(Case.id == Escalation.case_id, Case.due_at == Escalation.due_at))
        .where(Case.id.in_([case.id for case in cases]), Escalation.stop_id.is_(None))
        .group_by(Escalation.case_id)
        .order_by(Escalation.case_id)
    )
    return dict(db.session.execute(told).all())


def late_stops(at: datetime, most: int) -> Sequence[Stop]:
    """The unconfirmed stops that go a step further by a moment; locked.

    A withdrawal outlives the case: it goes up also when the case is closed.
    """
    wanted = (
        select(Stop)
        .where(Stop.ended_at.is_(None), Stop.escalates_at < at)
        .options(
            joinedload(Stop.referral).joinedload(Referral.case),
            joinedload(Stop.referral).joinedload(Referral.service),
        )
        .order_by(Stop.escalates_at, Stop.id)
        .with_for_update(of=Stop, skip_locked=True)
    )
    return db.session.scalars(wanted.limit(most)).all()


def late_messages(at: datetime, most: int) -> Sequence[FamilyMessage]:
    """The messages of family that nobody has dealt with and that go a step further; locked."""
    wanted = (
        select(FamilyMessage)
        .where(FamilyMessage.over_at.is_(None), FamilyMessage.escalates_at < at)
        .order_by(FamilyMessage.escalates_at, FamilyMessage.id)
        .with_for_update(skip_locked=True)
    )
    return db.session.scalars(wanted.limit(most)).all()


def names_of(organisation_id: UUID, role: Role) -> Sequence[str]:
    """The names of who holds a role in an organisation and may sign in."""
    wanted = select(User.name).filter_by(
        organisation_id=organisation_id, role=role, state=UserState.ACTIVE
    )
    return db.session.scalars(wanted.order_by(User.name, User.id)).all()


def steps_of(case_id: UUID) -> Sequence[Escalation]:
    """Every step that was taken in a case, the latest first."""
    wanted = select(Escalation).filter_by(case_id=case_id)
    latest = wanted.order_by(Escalation.happened_at.desc(), Escalation.step.desc(), Escalation.id)
    return db.session.scalars(latest).all()


def long_late(actor: Actor, page: int) -> Page[Case] | Page[Referral]:
    """For a team lead the cases that reached them, for a service's manager the referrals."""
    if actor.may(Permission.ALLOCATE_CASES):
        wanted = (
            select(Case)
            .where(Case.team_id == actor.organisation_id, Case.closed_at.is_(None))
            .where(Case.late_step >= Step.LEAD)
            .options(joinedload(Case.person), joinedload(Case.worker))
            .order_by(Case.due_at, Case.id)
        )
        return page_of(wanted, page)
    sent = (
        select(Referral)
        .join(Referral.service)
        .where(is_theirs(actor), Referral.sent_at.is_not(None))
        .where(Referral.ended_at.is_(None), Referral.late_step == Step.MANAGERS)
        .options(contains_eager(Referral.service))
        .order_by(Referral.due_at, Referral.id)
    )
    return page_of(sent, page)


def long_unstopped(actor: Actor, page: int) -> Page[Stop]:
    """One page of what was to be stopped and has come up to a team lead, or a service's manager."""
    wanted = select(Stop).join(Stop.referral).join(Referral.case).join(Referral.service)
    if actor.may(Permission.ALLOCATE_CASES):
        mine = wanted.where(Case.team_id == actor.organisation_id, Stop.late_step >= Step.LEAD)
    else:
        mine = wanted.where(is_theirs(actor), Stop.late_step == Step.MANAGERS)
    named = contains_eager(Stop.referral).contains_eager(Referral.service)
    still_open = mine.where(Stop.ended_at.is_(None)).options(named)
    return page_of(still_open.order_by(Stop.due_at, Stop.id), page)


def long_unseen(actor: Actor, page: int) -> Page[FamilyMessage]:
    """One page of the messages of family that have come up to a team lead."""
    wanted = select(FamilyMessage).where(
        FamilyMessage.team_id == actor.organisation_id,
        FamilyMessage.over_at.is_(None),
        FamilyMessage.late_step >= Step.LEAD,
    )
    return page_of(wanted.order_by(FamilyMessage.due_at, FamilyMessage.order), page)


@dataclass(frozen=True)
class Stand:
    """How the open cases, referrals or messages, or what services must still stop, stand."""

    open: int
    without_owner: int
    without_state: int
    without_due_time: int
    overdue: int
    on_nobodys_list: int
    overdue_on_nobodys_list: int

    @property
    def sound(self) -> bool:
        """Whether none can fall silent unseen. To be overdue is to be seen."""
        gaps = (self.without_owner, self.without_state, self.without_due_time)
        return not any((*gaps, self.on_nobodys_list, self.overdue_on_nobodys_list))

    def __add__(self, other: "Stand") -> "Stand":
        mine, theirs = vars(self), vars(other)
        return Stand(**{name: mine[name] + theirs[name] for name in mine})


@dataclass(frozen=True)
class Check:
    """All that is open: the cases, the referrals, what services must stop, messages, apart."""

    cases: Stand
    referrals: Stand
    stops: Stand
    messages: Stand

    @property
    def all(self) -> Stand:
        """All four together."""
        return self.cases + self.referrals + self.stops + self.messages

    @property
    def sound(self) -> bool:
        """Whether none can fall silent."""
        return self.all.sound


def check(at: datetime) -> Check:
    """Count what is open, and what of it nobody would miss.

    The owner of a case, of its referrals and of what is to be stopped is its worker, if they can
    sign in and work cases of its team, or else the team. On nobody's list is what belongs to a team
    of which nobody can, a referral whose case is closed, and a late one whose case does not count
    as late. What is to be stopped has a list of its own, also when the case is closed. A message of
    family is the team's.
    """
    workers = roles_with(Permission.WORK_CASES)
    able = aliased(User)
    can = and_(able.state == UserState.ACTIVE, able.role.in_(workers))
    owned = select(able.id).where(can, able.id == Case.worker_id)
    staffed = select(able.id).where(can, able.organisation_id == Case.team_id)
    unowned = or_(Case.team_id.is_(None), and_(Case.worker_id.is_not(None), ~owned.exists()))
    unread = ~staffed.exists()
    closed = Case.closed_at.is_not(None)
    hidden = and_(Referral.is_late(at), Case.due_at > Referral.due_at)
    referrals, stops = join(Referral, Case), join(join(Stop, Referral), Case)
    return Check(
        _stand(Case, Case, closed, Case.next_act, unowned, unread, at),
        _stand(
            referrals,
            Referral,
            Referral.ended_at.is_not(None),
            Referral.state,
            or_(unowned, closed),
            or_(unread, closed, hidden),
            at,
        ),
        _stand(stops, Stop, Stop.ended_at.is_not(None), Stop.state, unowned, unread, at),
        _messages(can, able.organisation_id, at),
    )


def _messages(
    can: ColumnElement[bool], team: SQLColumnExpression[UUID | None], at: datetime
) -> Stand:
    """How the messages of family stand, with who `can` see to them in a `team`."""
    over = FamilyMessage.over_at.is_not(None)
    unread = ~exists().where(can, team == FamilyMessage.team_id)
    return _stand(FamilyMessage, FamilyMessage, over, FamilyMessage.words, false(), unread, at)


def _stand(
    source: FromClause | type[Watched],
    kind: type[Watched],
    over: ColumnElement[bool],
    state: SQLColumnExpression[str],
    unowned: ColumnElement[bool],
    unread: ColumnElement[bool],
    at: datetime,
) -> Stand:
    """All the counts of what is not over, in one statement."""
    late = kind.is_late(at)
    questions = (unowned, state.is_(None), kind.due_at.is_(None), late, unread, and_(late, unread))
    counted = [func.count(), *(func.sum(case((asked, 1), else_=0)) for asked in questions)]
    found = db.session.execute(select(*counted).select_from(source).where(~over)).one()
    return Stand(*(number or 0 for number in found))
