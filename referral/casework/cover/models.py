"""Leave, and who covers for it."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.accounts.users.models import User
from referral.db import Model, Numbered


class Cover(Numbered, Model):
    """A colleague stands in for somebody from the first day of a leave to the last, in Scotland.

    The cases stay with who is away. What is over, or was ended early, counts no more.
    """

    __tablename__ = "cover"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="runs_forwards"),
        CheckConstraint("absent_id <> cover_id", name="is_another"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
        Index("ix_cover_team", "team_id", "last_day"),
        Index("ix_cover_absent", "absent_id", "last_day"),
    )

    team_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    absent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    cover_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    made_at: Mapped[datetime]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    absent: Mapped[User] = relationship(foreign_keys=[absent_id])
    cover: Mapped[User] = relationship(foreign_keys=[cover_id])

    def stands_on(self, day: date) -> bool:
        """Whether it counts on a day of a calendar in Scotland."""
        return self.ended_at is None and self.first_day <= day <= self.last_day

    def end(self, by_id: uuid.UUID, at: datetime) -> None:
        """It is over before its last day."""
        self.ended_at = at
        self.ended_by_id = by_id
