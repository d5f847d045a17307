"""Resets of a lost app, which two people must confirm, and requests for a new password."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.accounts.users.models import User
from referral.db import Identified, Model


class FactorReset(Identified, Model):
    """A lost app: one person has made sure who the user is, and a second one must too."""

    __tablename__ = "factor_reset"
    __table_args__ = (
        CheckConstraint("asked_by_id <> user_id", name="asked_by_another"),
        CheckConstraint(
            "confirmed_by_id <> user_id AND confirmed_by_id <> asked_by_id",
            name="confirmed_by_a_third",
        ),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="confirmed"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(foreign_keys=user_id)
    asked_by: Mapped[User] = relationship(foreign_keys=asked_by_id)


class PasswordAsked(Identified, Model):
    """A request for a new password, kept for an hour; the address is sealed."""

    __tablename__ = "password_asked"
    __table_args__ = (Index("ix_password_asked_asked_at", "asked_at"),)

    email: Mapped[str]
    email_mark: Mapped[str]
    source_mark: Mapped[str]
    asked_at: Mapped[datetime]
