"""What could fall silent, found by plain rows and without the code that is under test."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import select

from referral.accounts.users.models import User
from referral.casework.cases.models import Case
from referral.casework.cases.queries import Sought, cases_in
from referral.casework.cases.tabs import Tab
from referral.db import db
from referral.handoff.referrals.models import Referral, Stop
from referral.handoff.withdrawals.queries import stops_of_team

TEAM = {"arrest referral worker", "team lead"}


def silent(at: datetime, *, told: bool = False) -> list[str]:
    """Whatever is open and has not exactly one owner, a state and a due time; whatever is late and
    on nobody's list; and, where workers have just worked (`told`), whatever is late untold."""
    staff = list(_staff())
    able = {team: {u.id for u in staff if u.organisation_id == team} for team in _teams(staff)}
    cases = {row.id: row for row in _rows(Case, Case.next_act, Case.team_id, Case.worker_id)}
    late_list = _pages(staff, lambda who, page: cases_in(who, Tab.OVERDUE, Sought(), page, at))
    listed = {case.id for case in late_list}
    of_stop = select(Stop, Referral.case_id).join(Stop.referral).where(Stop.ended_at.is_(None))
    stops = [(row.Stop, row.case_id) for row in db.session.execute(of_stop.order_by(Stop.id))]
    to_stop = {stop.id for stop in _pages(staff, stops_of_team)} if stops else set()
    owed = [("case", case, case, case.id in listed) for case in cases.values()]
    owed += [
        ("referral", row, cases.get(row.case_id), row.case_id in listed)
        for row in _rows(Referral, Referral.state, Referral.case_id)
    ]
    everything = db.session.execute(select(Case.id, Case.team_id, Case.worker_id).order_by(Case.id))
    owners = {row.id: row for row in everything} if stops else {}
    owed += [("stop", stop, owners[number], stop.id in to_stop) for stop, number in stops]
    return [
        f"{what} {row.id} {gap}"
        for what, row, case, on_list in owed
        for gap in _gaps(row, case, able, at, on_list=on_list, told=told)
    ]


def _gaps(row, case, able: dict, at: datetime, *, on_list: bool, told: bool) -> Iterator[str]:
    if case is None:
        yield "belongs to a closed case"
        return
    team = able.get(case.team_id, set())
    if not team or (case.worker_id and case.worker_id not in team):
        yield "has no owner"
    if not row.state:
        yield "has no state"
    if row.due_at is None:
        yield "has no due time"
    elif row.due_at < at and not on_list:
        yield "is late and on nobody's list"
    elif told and row.due_at < at and not row.late_step:
        yield "is late and nobody was told"


def _rows(kind, state, *more) -> list:
    """The open ones."""
    over = kind.closed_at if kind is Case else kind.ended_at
    wanted = select(kind.id, state.label("state"), kind.due_at, kind.late_step, *more).where(
        over.is_(None)
    )
    return list(db.session.execute(wanted.order_by(kind.id)))


def _staff() -> list[User]:
    wanted = select(User).where(User.state == "active", User.role.in_(TEAM))
    return list(db.session.scalars(wanted.order_by(User.id)))


def _teams(staff: list[User]) -> set:
    return {user.organisation_id for user in staff}


def _pages(staff: list[User], read: Callable) -> Iterator:
    """All pages of a list, as one of each team reads it."""
    for who in {user.organisation_id: user.actor for user in staff}.values():
        page, more = 1, True
        while more:
            found = read(who, page)
            yield from found
            page, more = page + 1, found.more
