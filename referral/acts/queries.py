"""Acts about a record, and what each changed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from referral.acts.kinds import ActKind
from referral.acts.models import Act, ActValue
from referral.acts.values import read
from referral.db import db


def values_of(act_id: UUID) -> Sequence[ActValue]:
    """All that an act changed, row by row."""
    return values_of_each([act_id])[act_id]


def values_of_each(act_ids: Collection[UUID]) -> defaultdict[UUID, list[ActValue]]:
    """The same of several acts, in one statement."""
    wanted = select(ActValue).where(ActValue.act_id.in_(act_ids))
    found: defaultdict[UUID, list[ActValue]] = defaultdict(list)
    for row in db.session.scalars(
        wanted.order_by(ActValue.place, ActValue.row_id, ActValue.column)
    ):
        found[row.act_id].append(row)
    return found


def earlier_values(place: str, row_id: UUID, column: str) -> dict[Any, Any]:
    """What a column of a row held before each value that an act put there."""
    mine = ActValue.place == place, ActValue.row_id == row_id, ActValue.column == column
    wanted = select(ActValue).join(Act, Act.id == ActValue.act_id).where(*mine)
    changes = db.session.scalars(wanted.order_by(Act.order))
    return {read(change.after): read(change.before) for change in changes}


def acts_about(about_id: UUID, kinds: Collection[ActKind] = tuple(ActKind)) -> Sequence[Act]:
    """What was done to a record, the latest first."""
    wanted = select(Act).where(Act.about_id == about_id, Act.kind.in_(kinds))
    return db.session.scalars(wanted.order_by(Act.order.desc())).all()


def last_act(about_id: UUID, kinds: Collection[ActKind]) -> Act | None:
    """The latest act of these kinds that stands; None without one."""
    return last_acts([about_id], kinds).get(about_id)


def last_acts(about_ids: Collection[UUID], kinds: Collection[ActKind]) -> dict[UUID | None, Act]:
    """The same about several records, by their numbers, in one statement."""
    wanted = select(Act).where(Act.about_id.in_(about_ids), Act.kind.in_(kinds))
    standing = wanted.where(Act.undone_at.is_(None)).order_by(Act.order)
    return {act.about_id: act for act in db.session.scalars(standing)}


def left_as(values: Collection[ActValue], row_id: UUID) -> dict[str, Any]:
    """The values of a row among those that an act changed, as it left them."""
    mine = [value for value in values if value.row_id == row_id and value.column]
    return {value.column: read(value.after) for value in mine}


def added_by(act: Act, place: str) -> set[UUID]:
    """The rows of a table that the act added, by their numbers."""
    return {v.row_id for v in values_of(act.id) if v.place == place and not v.column and v.after}
