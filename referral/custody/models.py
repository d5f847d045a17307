"""Bookings and the offers made in them."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.db import Identified, Model
from referral.directory.models import CustodyCentre
from referral.people.models import Person


class OfferAnswer(StrEnum):
    """How an offer of arrest referral ended, or why there was none."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_NOW = "not now"
    NOT_FIT = "not fit yet"
    NOT_ASKED = "not asked"


ANSWERS = tuple(answer.value for answer in OfferAnswer)


class Booking(Identified, Model):
    """One stay in a custody centre. It is not the custody record."""

    __tablename__ = "booking"
    __table_args__ = (Index("ix_booking_live", "centre_id", "released_at"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    centre_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("custody_centre.id"))
    authorised_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    drugs: Mapped[bool | None]
    alcohol: Mapped[bool | None]
    mental_health: Mapped[bool | None]
    housing: Mapped[bool | None]
    money: Mapped[bool | None]
    recorded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    person: Mapped[Person] = relationship()
    centre: Mapped[CustodyCentre] = relationship()
    offers: Mapped[list["Offer"]] = relationship(order_by="Offer.number")

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    @property
    def needs(self) -> list[str]:
        """The needs that the person spoke of at the desk, by their codes."""
        told = {
            "DRUG": self.drugs,
            "ALC": self.alcohol,
            "MH": self.mental_health,
            "HOUS": self.housing,
            "DEBT": self.money,
        }
        return [code for code, spoken in told.items() if spoken]

    @property
    def last_offer(self) -> "Offer | None":
        """The latest offer; None while nobody has asked."""
        return self.offers[-1] if self.offers else None


class Offer(Identified, Model):
    """One time that the person was asked, or the reason why they were not."""

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint(f"answer IN {ANSWERS}", name="answer"),
        CheckConstraint("answer <> 'not asked' OR reason IS NOT NULL", name="not_asked_says_why"),
        Index("uq_offer_number", "booking_id", "number", unique=True),
    )

    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"))
    number: Mapped[int]
    answer: Mapped[str]
    reason: Mapped[str | None]
    ask_again_at: Mapped[datetime | None]
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
