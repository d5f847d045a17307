"""What is late and whose it is; and the check that nothing can fall silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from referral.access.actor import Actor
from referral.access.permissions import ROLES, Permission, Role
from referral.accounts.models import User
from referral.cases.models import Case
from referral.db import db
from referral.directory.models import Service
from referral.escalation.models import Escalation
from referral.escalation.steps import Step
from referral.handoff.models import Referral

PAGE = 50


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

    What a service is late with goes further with its referral.
    """
    waits_for_service = select(Referral.id).where(
        Referral.case_id == Case.id,
        Referral.ended_at.is_(None),
        Referral.due_at <= Case.due_at,
    )
    wanted = (
        select(Case)
        .where(Case.closed_at.is_(None), Case.escalates_at < at)
        .where(or_(Case.service_act == "answer", ~waits_for_service.exists()))
        .options(joinedload(Case.booking))
        .order_by(Case.escalates_at, Case.id)
        .with_for_update(of=Case, skip_locked=True)
    )
    return db.session.scalars(wanted.limit(most)).all()


def names_of(organisation_id: UUID, role: Role) -> Sequence[str]:
    """The names of who holds a role in an organisation and may sign in."""
    wanted = select(User.name).filter_by(
        organisation_id=organisation_id, role=role.value, state="active"
    )
    return db.session.scalars(wanted.order_by(User.name, User.id)).all()


def steps_of(case_id: UUID) -> Sequence[Escalation]:
    """Every step that was taken in a case, the latest first."""
    wanted = select(Escalation).filter_by(case_id=case_id)
    latest = wanted.order_by(Escalation.happened_at.desc(), Escalation.step.desc(), Escalation.id)
    return db.session.scalars(latest).all()


def long_late(actor: Actor, page: int) -> Sequence[Case] | Sequence[Referral]:
    """For a team lead the cases that reached them, for a service's manager the referrals."""
    if actor.may(Permission.ALLOCATE_CASES):
        wanted = (
            select(Case)
            .where(Case.team_id == actor.organisation_id, Case.closed_at.is_(None))
            .where(Case.late_step >= Step.LEAD)
            .options(joinedload(Case.person), joinedload(Case.worker))
            .order_by(Case.due_at, Case.id)
        )
        return db.session.scalars(wanted.limit(PAGE).offset((page - 1) * PAGE)).all()
    sent = (
        select(Referral)
        .join(Referral.service)
        .where(Service.organisation_id == actor.organisation_id, Referral.sent_at.is_not(None))
        .where(Referral.ended_at.is_(None), Referral.late_step == Step.MANAGERS)
        .options(contains_eager(Referral.service))
        .order_by(Referral.due_at, Referral.id)
    )
    return db.session.scalars(sent.limit(PAGE).offset((page - 1) * PAGE)).all()


@dataclass(frozen=True)
class Stand:
    """How the open cases, or the open referrals, stand."""

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
    """All that is open, and the cases and the referrals apart."""

    cases: Stand
    referrals: Stand

    @property
    def all(self) -> Stand:
        """Both together."""
        return self.cases + self.referrals

    @property
    def sound(self) -> bool:
        """Whether neither can fall silent."""
        return self.cases.sound and self.referrals.sound


def check(at: datetime) -> Check:
    """Count what is open, and what of it nobody would miss.

    The owner of a case, and of its referrals, is its worker if they can sign in and work cases of
    its team, or else the team. On nobody's list is what belongs to a team of which nobody can,
    a referral whose case is closed, and a late one whose case does not count as late.
    """
    workers = [role.value for role, may in ROLES.items() if Permission.WORK_CASES in may]
    able = aliased(User)
    can = and_(able.state == "active", able.role.in_(workers))
    owned = select(able.id).where(can, able.id == Case.worker_id)
    staffed = select(able.id).where(can, able.organisation_id == Case.team_id)
    unowned = or_(Case.team_id.is_(None), and_(Case.worker_id.is_not(None), ~owned.exists()))
    unread = ~staffed.exists()
    closed = Case.closed_at.is_not(None)
    hidden = and_(Referral.due_at < at, Case.due_at > Referral.due_at)
    cases = select(func.count()).select_from(Case).where(Case.closed_at.is_(None))
    referrals = select(func.count()).select_from(Referral).join(Referral.case)
    return Check(
        _stand(cases, Case, Case.next_act, unowned, unread, at),
        _stand(
            referrals.where(Referral.ended_at.is_(None)),
            Referral,
            Referral.state,
            or_(unowned, closed),
            or_(unread, closed, hidden),
            at,
        ),
    )


def _stand(
    still_open: Select[int],
    kind: type[Case] | type[Referral],
    state: SQLColumnExpression[str],
    unowned: ColumnElement[bool],
    unread: ColumnElement[bool],
    at: datetime,
) -> Stand:
    late = kind.due_at < at
    questions = (unowned, state.is_(None), kind.due_at.is_(None), late, unread, and_(late, unread))
    asked = [still_open, *(still_open.where(question) for question in questions)]
    return Stand(*(db.session.scalar(query) or 0 for query in asked))
