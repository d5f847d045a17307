"""The one question that every disclosure asks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.clock import SCOTLAND
from referral.consent.models import Answer, Consent, Level, Purpose
from referral.db import db


def sharing_level(person_id: UUID, service_id: UUID, at: datetime) -> Level | None:
    """How much this service may be told at a moment; None for nothing at all."""
    standing = _standing(person_id, Purpose.SHARE, service_id, at)
    return Level(standing.level) if standing and standing.level else None


def _standing(
    person_id: UUID, purpose: Purpose, service_id: UUID | None, at: datetime
) -> Consent | None:
    """The latest answer, if it is a yes that holds.

    Refused, withdrawn, expired and provisional all mean no; so does never having been asked.
    """
    wanted = select(Consent).filter_by(
        person_id=person_id, purpose=purpose.value, service_id=service_id
    )
    latest = db.session.scalars(wanted.order_by(Consent.order.desc()).limit(1)).one_or_none()
    if latest is None or latest.answer != Answer.GRANTED or latest.provisional:
        return None
    return latest if latest.expires_on > at.astimezone(SCOTLAND).date() else None
