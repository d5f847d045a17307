"""Suggestions and what the officer chose, details kept, stays of a register, paper sheets."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from referral.access.actor import Actor
from referral.db import Identified, Model

SECOND = text("confident AND NOT chosen")  # it looked like them too


class Suggestion(Identified, Model):
    """An earlier record that was on the screen when a booking was opened, and whether it was it."""

    __tablename__ = "suggestion"
    __table_args__ = (
        Index("ix_suggestion_second", "booking_id", sqlite_where=SECOND, postgresql_where=SECOND),
    )

    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    confident: Mapped[bool]
    why: Mapped[str]
    chosen: Mapped[bool]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]


class CarriedOver(Model):
    """Details that nobody typed at this booking but were kept from last time, until confirmed."""

    __tablename__ = "carried_over"

    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    fields: Mapped[tuple[str, ...]]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))


class FromRegister(Model):
    """A stay that came in a file: the desk asks the person who they are, if they may be known.

    `said_at` is when that was said last, `joining_id` what it did where they were known.
    """

    __tablename__ = "from_register"
    __table_args__ = (CheckConstraint("joining_id IS NULL OR said_at IS NOT NULL", name="said"),)

    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    came_at: Mapped[datetime]
    said_at: Mapped[datetime | None]
    joining_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("joining.id"))

    def said(self, at: datetime, joining_id: uuid.UUID | None = None) -> None:
        """It has been said who they are: a new person, or known by this joining."""
        self.said_at = at
        self.joining_id = joining_id

    def ask_again(self) -> None:
        """What was said is taken back."""
        self.joining_id = None
        self.said_at = None


class PaperSheet(Identified, Model):
    """A numbered sheet on which a desk writes while the line is down; typed in once.

    `written_at` is the time on it, `entered_at` when it was typed in, by whom, and for which stay.
    """

    __tablename__ = "paper_sheet"
    __table_args__ = (
        Index("ix_paper_sheet_centre", "centre_id", "entered_at"),
        CheckConstraint("(entered_at IS NULL) = (booking_id IS NULL)", name="entered_for_a_stay"),
        CheckConstraint("(entered_at IS NULL) = (written_at IS NULL)", name="entered_says_when"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    centre_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("custody_centre.id"))
    printed_at: Mapped[datetime]
    printed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime | None]
    entered_at: Mapped[datetime | None]
    entered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    entered_by: Mapped[str] = mapped_column(default="")
    booking_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("booking.id"), index=True)

    def enter(self, booking_id: uuid.UUID, written_at: datetime, by: Actor, at: datetime) -> None:
        """Its number is spent, for this stay."""
        self.booking_id = booking_id
        self.written_at = written_at
        self.entered_at = at
        self.entered_by_id = by.user_id
        self.entered_by = by.name
