"""Each step that something late has taken."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from referral.db import Identified, Model


class Escalation(Identified, Model):
    """A record that somebody was told of a missed due time.

    It is that of a case, of one of its referrals, or of a stop that a service has to confirm.
    """

    __tablename__ = "escalation"
    __table_args__ = (
        CheckConstraint("step BETWEEN 1 AND 3", name="step"),
        Index("ix_escalation_case", "case_id", "happened_at"),
        Index(
            "uq_escalation_of_case",
            "case_id",
            "due_at",
            "step",
            unique=True,
            sqlite_where=text("referral_id IS NULL"),
            postgresql_where=text("referral_id IS NULL"),
        ),
        Index(
            "uq_escalation_of_referral",
            "referral_id",
            "due_at",
            "step",
            unique=True,
            sqlite_where=text("stop_id IS NULL"),
            postgresql_where=text("stop_id IS NULL"),
        ),
        Index("uq_escalation_of_stop", "stop_id", "due_at", "step", unique=True),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral_case.id"))
    referral_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("referral.id"))
    stop_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stop.id"))
    step: Mapped[int]
    due_at: Mapped[datetime]  # what was missed
    told: Mapped[str]  # who, by name as they were called then
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
