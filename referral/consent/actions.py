"""Record what the person agrees to, refuses or takes back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.clock import SCOTLAND
from referral.consent.models import Answer, Consent, Level, Purpose
from referral.db import db
from referral.people.models import Person

LASTS = timedelta(days=365)


@dataclass(frozen=True)
class Agreement:
    """One answer of the person; `service_id` and `level` only for sharing."""

    purpose: Purpose
    answer: Answer
    service_id: UUID | None = None
    level: Level | None = None
    provisional: bool = False


def record_agreement(person: Person, agreement: Agreement, by: Actor, at: datetime) -> Consent:
    """Add the answer to what the person said before. A year later it has expired."""
    db.session.get(Person, person.id, with_for_update=True)  # answers of one person stay in order
    last = select(func.max(Consent.order)).where(Consent.person_id == person.id)
    consent = Consent(
        person_id=person.id,
        purpose=agreement.purpose.value,
        service_id=agreement.service_id,
        level=agreement.level.value if agreement.level else None,
        answer=agreement.answer.value,
        provisional=agreement.provisional,
        explained_by_id=by.user_id,
        given_at=at,
        recorded_at=at,
        order=(db.session.scalar(last) or 0) + 1,
        expires_on=(at + LASTS).astimezone(SCOTLAND).date(),
    )
    db.session.add(consent)
    db.session.flush()  # the audit names it by its number
    record(Tag.CONSENT_RECORDED, by, at, subject_id=person.id, record_id=consent.id)
    return consent
