"""A case: one person's way through arrest referral, owned by one team at every moment."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.accounts.models import User
from referral.custody.models import Booking
from referral.db import Identified, Model
from referral.people.models import Person

OPEN = text("closed_at IS NULL")


class Case(Identified, Model):
    """Open from the accepted offer until closed; a returning person continues the open one."""

    __tablename__ = "referral_case"
    __table_args__ = (
        Index(
            "uq_case_one_open",
            "person_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_case_team", "team_id", "closed_at"),
        CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name="closes_after_opening"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    team_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    worker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    person: Mapped[Person] = relationship()
    worker: Mapped[User | None] = relationship()
    booking: Mapped[Booking] = relationship()

    __mapper_args__ = {"version_id_col": version}
