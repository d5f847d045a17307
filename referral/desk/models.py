"""Suggestions and what the officer chose, people told apart, details kept from last time."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.db import Identified, Model


class Suggestion(Identified, Model):
    """An earlier record that was on the screen when a booking was opened, and whether it was it."""

    __tablename__ = "suggestion"

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
