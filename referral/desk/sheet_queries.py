"""The paper sheets of a desk."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from referral.access.actor import Actor
from referral.db import db
from referral.desk.models import PaperSheet


def sheet_by(actor: Actor, number: str, *, to_change: bool = False) -> PaperSheet | None:
    """The sheet with a number that the actor's own desk printed; None for any other."""
    wanted = select(PaperSheet).filter_by(number=number, centre_id=actor.centre_id)
    if to_change:
        wanted = wanted.with_for_update()
    return db.session.scalars(wanted).one_or_none()


def not_entered(actor: Actor) -> int:
    """How many printed sheets of the actor's desk are blank, or wait to be typed in."""
    mine = select(func.count()).where(
        PaperSheet.centre_id == actor.centre_id, PaperSheet.entered_at.is_(None)
    )
    return db.session.scalar(mine) or 0


def sheets_of(booking_id: UUID) -> Sequence[PaperSheet]:
    """The sheets from which a stay was typed in, the first one first."""
    wanted = select(PaperSheet).filter_by(booking_id=booking_id)
    return db.session.scalars(wanted.order_by(PaperSheet.entered_at, PaperSheet.number)).all()
