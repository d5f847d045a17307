"""Every word that was said of a person's phone, address and language."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.db import db
from referral.people.details import Detail
from referral.people.models import SaidDetail


def details_of(person_id: UUID) -> list[SaidDetail]:
    """All that was said of a person, also what was taken back, in the order it was said."""
    wanted = select(SaidDetail).where(SaidDetail.person_id == person_id)
    return list(db.session.scalars(wanted.order_by(SaidDetail.order)))


def number_told(person_id: UUID, since: datetime) -> str:
    """The number that told somebody apart since a moment, where they gave none to be reached on."""
    numbers = Detail.PHONE, Detail.TELLS_APART
    wanted = select(SaidDetail).where(
        SaidDetail.person_id == person_id,
        SaidDetail.detail.in_(numbers),
        SaidDetail.recorded_at >= since,
        SaidDetail.taken_back_at.is_(None),
    )
    said = db.session.scalars(wanted.order_by(SaidDetail.order)).all()
    given = any(word.detail is Detail.PHONE for word in said)
    return said[-1].value if said and not given else ""


def heard_since(
    people: Collection[UUID], since: datetime, until: datetime | None = None
) -> list[SaidDetail]:
    """What was said of these people in a time, in its order."""
    mine = SaidDetail.person_id.in_(people)
    wanted = select(SaidDetail).where(mine, SaidDetail.recorded_at >= since)
    if until:
        wanted = wanted.where(SaidDetail.recorded_at <= until)
    return list(db.session.scalars(wanted.order_by(SaidDetail.order)))
