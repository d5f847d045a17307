"""What family or a friend asked to be passed on."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from referral.casework.cases.models import Watched
from referral.db import Model, Numbered

OPEN = text("over_at IS NULL")


class FamilyMessage(Watched, Numbered, Model):
    """A message, and how to ring back. It is no record of the person, and is joined to none.

    Once it is dealt with, only that somebody rang is left. Until then it is the whole team's.
    """

    __tablename__ = "family_message"
    __table_args__ = (
        Index("ix_family_message_open", "team_id", "due_at",
              sqlite_where=OPEN, postgresql_where=OPEN),
        CheckConstraint(
            "over_at IS NULL OR (caller = '' AND phone = '' AND whom = '' AND words = '')",
            name="over_says_nothing",
        ),
        CheckConstraint("late_step BETWEEN 0 AND 3", name="late_step"),
    )  # fmt: skip

    team_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    caller: Mapped[str]
    phone: Mapped[str]
    whom: Mapped[str]
    words: Mapped[str]
    due_at: Mapped[datetime]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    over_at: Mapped[datetime | None]

    def end(self, at: datetime) -> None:
        """It is dealt with: what was said is gone."""
        self.caller = ""
        self.phone = ""
        self.whom = ""
        self.words = ""
        self.over_at = at
        self.escalates_at = None
