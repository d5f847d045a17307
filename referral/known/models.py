"""Observations: what was said of a person, each time by somebody."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from referral.db import Model, Numbered
from referral.known.now import About, Said, SaidIn, Source


class Observation(Numbered, Model):
    """One answer about one need or danger, in one stay. It is added, and never changed."""

    __tablename__ = "observation"
    __table_args__ = (
        Index("ix_observation_stay", "booking_id", "kind", "code", "order"),
        Index("ix_observation_person", "person_id", "kind", "code"),
        CheckConstraint(f"kind IN {tuple(map(str, About))}", name="kind"),
        CheckConstraint(f"answer IN {tuple(map(str, Said))}", name="answer"),
        CheckConstraint(f"said_by IN {tuple(map(str, Source))}", name="said_by"),
        CheckConstraint(f"act IN {tuple(map(str, SaidIn))}", name="act"),
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
