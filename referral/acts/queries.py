"""Acts about a record, and what each changed."""

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
    wanted = select(ActValue).filter_by(act_id=act_id)
    return db.session.scalars(
        wanted.order_by(ActValue.place, ActValue.row_id, ActValue.column)
    ).all()


def acts_about(about_id: UUID, kinds: Collection[ActKind] = tuple(ActKind)) -> Sequence[Act]:
    """What was done to a record, the latest first."""
    wanted = select(Act).where(Act.about_id == about_id, Act.kind.in_(kinds))
    return db.session.scalars(wanted.order_by(Act.order.desc())).all()


def last_act(about_id: UUID, kinds: Collection[ActKind]) -> Act | None:
    """The latest act of these kinds that stands; None without one."""
    return next((act for act in acts_about(about_id, kinds) if act.undone_at is None), None)


def left_as(act: Act, row_id: UUID) -> dict[str, Any]:
    """The values of a row that the act changed, as it left them."""
    mine = [value for value in values_of(act.id) if value.row_id == row_id and value.column]
    return {value.column: read(value.after) for value in mine}


def added_by(act: Act, place: str) -> set[UUID]:
    """The rows of a table that the act added, by their numbers."""
    return {v.row_id for v in values_of(act.id) if v.place == place and not v.column and v.after}
