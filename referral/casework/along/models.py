"""What a peer mentor was asked to do in a case, and what came of it."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.accounts.users.models import User
from referral.casework.along.goings import BECAME, ERRANDS, Became, Errand
from referral.casework.cases.models import Case
from referral.db import Model, Numbered, one_of


class Going(Numbered, Model):
    """A mentor meets the person at a time and place, who agreed to it. They know a first name."""

    __tablename__ = "going_along"
    __table_args__ = (
        one_of("errand", Errand),
        one_of("became", Became),
        CheckConstraint("(said_at IS NULL) = (became IS NULL)", name="said_says_what"),
        Index("ix_going_along_case", "case_id"),
        Index("ix_going_along_mentor", "mentor_id", "starts_at"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral_case.id"))
    mentor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    errand: Mapped[Errand]
    place: Mapped[str]
    starts_at: Mapped[datetime]
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    became: Mapped[Became | None]
    said_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    case: Mapped[Case] = relationship()
    mentor: Mapped[User] = relationship(foreign_keys=mentor_id)

    @property
    def task(self) -> str:
        """What the mentor was asked to do, in words."""
        return ERRANDS[self.errand]

    @property
    def answer(self) -> str:
        """What they said of it, in words; empty where nothing yet."""
        return BECAME[self.became] if self.became else ""

    def say(self, became: Became, at: datetime) -> None:
        """The mentor says what came of it; the last word counts."""
        self.became = became
        self.said_at = at

    def stop(self, at: datetime) -> None:
        """It is called off."""
        self.stopped_at = at
