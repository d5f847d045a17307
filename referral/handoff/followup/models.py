"""Appointments with a service, and what came of them."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.db import Model, Numbered
from referral.handoff.referrals.models import Referral


class Appointment(Numbered, Model):
    """A meeting with a service. Whether it took place and whether the person came are two things.

    Both are None until somebody says so; silence is not "did not come". A moved appointment is
    followed by a new one, and so is one to which the person said that they cannot come.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("(took_place IS NULL) = (said_at IS NULL)", name="said_has_a_time"),
        CheckConstraint("came IS NULL OR took_place", name="came_to_what_took_place"),
        Index("ix_appointment_referral", "referral_id", "starts_at"),
        Index("ix_appointment_starts_at", "starts_at"),
    )

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    took_place: Mapped[bool | None]
    came: Mapped[bool | None]
    not_held: Mapped[str | None]  # why it did not take place
    moved_by: Mapped[str | None]
    cannot_since: Mapped[datetime | None]  # the person said that they cannot come then
    said_at: Mapped[datetime | None]
    said_by_id: Mapped[uuid.UUID | None]  # of an account, or of a link by which a service answered
    by_id: Mapped[uuid.UUID]
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    referral: Mapped[Referral] = relationship()

    __mapper_args__ = {"version_id_col": version}
