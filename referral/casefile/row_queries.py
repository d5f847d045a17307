"""The rows of the case list: why somebody is on it, and what is to be done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.casefile.queries import PromiseLine
from referral.casework.cases.day import BACK, end_of, in_parts
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import NextStep, in_turn
from referral.casework.cases.queries import Sought, cases_in, counts
from referral.casework.cases.tabs import EMPTY, Tab
from referral.casework.contact_plan.models import ReviewPoint
from referral.casework.cover.queries import duty_at
from referral.casework.doors.queries import messages_waiting
from referral.db import db
from referral.handoff.referrals.models import Referral
from referral.web.paging import Page

SOON = timedelta(hours=1)


@dataclass(frozen=True)
class Row:
    """One case in the list: its case, and the promise that it is on the list for, if one stands."""

    case: Case
    line: PromiseLine | None
    at: datetime

    @property
    def here(self) -> bool:
        """Whether a worker finds them in a cell now."""
        return self.case.booking.in_cells

    @property
    def next_act(self) -> NextStep:
        """What is to be done first."""
        return self.line.promise.act if self.line else self.case.next_act

    @property
    def due_at(self) -> datetime:
        """By when."""
        return self.line.promise.due_at if self.line else self.case.due_at

    @property
    def until(self) -> datetime:
        """The moment that the row counts to."""
        counted = self.case.until(self.at)
        return self.due_at if counted == self.case.due_at else counted

    @property
    def is_urgent(self) -> bool:
        """Whether they are here for less than an hour: the one red mark of the list."""
        return self.here and timedelta(0) <= self.until - self.at < SOON

    @property
    def is_late(self) -> bool:
        """Whether its time is over."""
        return self.until < self.at


def listed(actor: Actor, tab: Tab, sought: Sought, page: int, at: datetime) -> dict[str, Any]:
    """A page of a tab: its rows, in parts where it is one's own day, and what each tab holds."""
    duty = duty_at(at, actor.organisation_id)
    allocates = actor.may(Permission.ALLOCATE_CASES)
    sought = replace(sought, covers=duty.covered_by(actor.user_id, allocates=allocates))
    rows = rows_of(cases_in(actor, tab, sought, page, at), tab, at)
    return {
        "duty": duty,
        "tab": tab,
        "tabs": counts(actor, sought, at),
        "rows": rows,
        "parts": in_parts(rows, at) if tab is Tab.DAY else {"": rows},
        "empty": EMPTY[tab],
        "left": messages_waiting(actor, at),
        "now": at,
    }


def rows_of(cases: Page[Case], tab: Tab, at: datetime) -> Page[Row]:
    """The rows of a page of a tab, in four statements; in a closed case nothing is promised."""
    if tab is Tab.CLOSED:
        return cases.holding([Row(one, None, at) for one in cases])
    by_day = tab is Tab.DAY
    promised: dict[UUID, list[Promise]] = {}
    for promise in _promises([case.id for case in cases]):
        promised.setdefault(promise.case_id, []).append(promise)
    first = {case.id: _first(case, promised.get(case.id, []), at, by_day) for case in cases}
    about = {promise.about_id for promise in first.values() if promise}
    referrals = _referrals(about)
    points = _points(about)
    return cases.holding([Row(one, _line(first[one.id], referrals, points), at) for one in cases])


def _first(case: Case, promised: list[Promise], at: datetime, by_day: bool) -> Promise | None:
    """The promise that the case repeats; a day has what a service sent back before it is due."""
    turn = in_turn(promised)
    if by_day and not case.booking.in_cells and case.due_at >= end_of(at):
        turn = [promise for promise in turn if promise.act in BACK] or turn
        return turn[0] if turn else None
    same = (p for p in turn if p.act == case.next_act and p.due_at == case.due_at)
    return next(same, None)


def _line(
    promise: Promise | None,
    referrals: Mapping[UUID, Referral],
    points: Mapping[UUID, ReviewPoint],
) -> PromiseLine | None:
    if promise is None:
        return None
    return PromiseLine(promise, referrals.get(promise.about_id), points.get(promise.about_id))


def _promises(case_ids: Collection[UUID]) -> list[Promise]:
    wanted = select(Promise).where(Promise.case_id.in_(case_ids), Promise.ended_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Promise.order)))


def _referrals(about: Collection[UUID]) -> Mapping[UUID, Referral]:
    wanted = (
        select(Referral)
        .where(Referral.id.in_(about))
        .options(joinedload(Referral.service), selectinload(Referral.events))
    )
    return {row.id: row for row in db.session.scalars(wanted.order_by(Referral.order))}


def _points(about: Collection[UUID]) -> Mapping[UUID, ReviewPoint]:
    wanted = select(ReviewPoint).where(ReviewPoint.id.in_(about)).order_by(ReviewPoint.id)
    return {row.id: row for row in db.session.scalars(wanted)}
