"""Addresses that were typed for services, until somebody else has proved them."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.db import Model, Numbered
from referral.directory.models import Service

CODE_LASTS = timedelta(days=3)
MOST_TRIES = 5
OPEN = text("ended_at IS NULL")


class AddressChange(Numbered, Model):
    """An address that somebody typed. Six digits were sent there; they are nowhere kept.

    Until somebody else types them in, everything goes to the address that the service had, or
    nowhere. `phone` is the number that the service had before, on which it is rung.
    """

    __tablename__ = "address_change"
    __table_args__ = (
        CheckConstraint("confirmed_at IS NULL OR ended_at IS NOT NULL", name="confirmed_is_over"),
        Index(
            "uq_address_change_one_open",
            "service_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), index=True)
    address: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    asked_by_id: Mapped[uuid.UUID]
    asked_by: Mapped[str]  # their name
    asked_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    service: Mapped[Service] = relationship()

    def takes_a_code(self, at: datetime) -> bool:
        """Whether its digits are still good."""
        return not self.ended_at and self.tries < MOST_TRIES and at - self.asked_at < CODE_LASTS
