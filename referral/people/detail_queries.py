"""Every word that was said of a person's phone, address and language."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.db import db
from referral.people.models import SaidDetail


def details_of(person_id: UUID) -> list[SaidDetail]:
    """All that was said of a person, also what was taken back, in the order it was said."""
    wanted = select(SaidDetail).where(SaidDetail.person_id == person_id)
    return list(db.session.scalars(wanted.order_by(SaidDetail.order)))


def heard_since(
    people: Collection[UUID], since: datetime, until: datetime | None = None
) -> list[SaidDetail]:
    """What was said of these people in a time, in its order."""
    mine = SaidDetail.person_id.in_(people)
    wanted = select(SaidDetail).where(mine, SaidDetail.recorded_at >= since)
    if until:
        wanted = wanted.where(SaidDetail.recorded_at <= until)
    return list(db.session.scalars(wanted.order_by(SaidDetail.order)))
