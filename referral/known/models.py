"""Observations: what was said of a person, each time by somebody."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from referral.db import Model, Numbered, one_of
from referral.known.now import About, Said, SaidIn
from referral.people.sources import Source


class Observation(Numbered, Model):
    """One answer about one need or danger, in one stay. It is added, and never changed."""

    __tablename__ = "observation"
    __table_args__ = (
        Index("ix_observation_stay", "booking_id", "kind", "code", "order"),
        Index("ix_observation_person", "person_id", "kind", "code"),
        one_of("kind", About),
        one_of("answer", Said),
        one_of("said_by", Source),
        one_of("act", SaidIn),
        CheckConstraint("act <> 'lifted' OR reason <> ''", name="lifted_says_why"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"))
    kind: Mapped[About]
    code: Mapped[str]
    answer: Mapped[Said]
    severity: Mapped[str | None]  # of a need, where it was weighed
    wants_help: Mapped[bool | None]
    said_by: Mapped[Source]
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))  # who wrote
    act: Mapped[SaidIn]
    record_id: Mapped[uuid.UUID | None]  # the offer or the assessment
    reason: Mapped[str] = mapped_column(default="")
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
