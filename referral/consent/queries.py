"""The one question that every disclosure asks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.clock import SCOTLAND
from referral.consent.models import Answer, Consent, Level, Purpose
from referral.db import db


def may(
    person_id: UUID, purpose: Purpose, at: datetime, service_id: UUID | None = None
) -> Level | bool:
    """What the person's latest answer allows at a moment: False, True, or for sharing the level.

    Refused, withdrawn, expired and provisional all mean no; so does never having been asked.
    """
    wanted = select(Consent).filter_by(
        person_id=person_id, purpose=purpose.value, service_id=service_id
    )
    latest = db.session.scalars(wanted.order_by(Consent.order.desc()).limit(1)).one_or_none()
    if latest is None or latest.answer != Answer.GRANTED or latest.provisional:
        return False
    if latest.expires_on <= at.astimezone(SCOTLAND).date():
        return False
    return Level(latest.level) if latest.level else True
