"""The facts as they are kept: what holds now, and what was held to be true before.

A row is true from `known_from` until `known_until`, by the clock of the machine: a report can be
made again as it was at an earlier moment. Moments are whole seconds since 1970, so that both
engines reckon with them alike; `person` is a number that is one person's and says nothing of them.
"""

import uuid
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from referral.db import Model
from referral.journey.facts import FOREVER

HOLDS = text(f"known_until = {FOREVER}")
REFERRED = text("referred_at IS NOT NULL")


class Known:
    """Since when, and until when, a row was held to be true."""

    person: Mapped[int]
    known_from: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    known_until: Mapped[int] = mapped_column(BigInteger, default=FOREVER)


def moment(**more: Any) -> Mapped[int | None]:
    """A moment in whole seconds since 1970."""
    return mapped_column(BigInteger, **more)


class StayFacts(Known, Model):
    """What became of one stay, or of one time that somebody came by another door."""

    __tablename__ = "stay_facts"

    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    centre_id: Mapped[uuid.UUID | None]
    door: Mapped[str]
    home: Mapped[str | None]
    sex: Mapped[str]
    language: Mapped[str] = mapped_column(default="en", server_default="en")
    age: Mapped[int | None]
    naloxone: Mapped[str | None]
    booked_at: Mapped[int] = mapped_column(BigInteger)
    released_at: Mapped[int | None] = moment()
    sure_at: Mapped[int | None] = moment()
    next_at: Mapped[int | None] = moment()
    offers: Mapped[int]
    asked_at: Mapped[int | None] = moment()
    agreed_at: Mapped[int | None] = moment()
    agreed_at_ask: Mapped[int | None]
    asker: Mapped[str | None]
    answer: Mapped[str | None]
    why_not: Mapped[str | None]
    heard_at: Mapped[int | None] = moment()
    flagged_at: Mapped[int | None] = moment()
    needs: Mapped[int]
    assessed_at: Mapped[int | None] = moment()
    ethnicity: Mapped[str | None]
    disability: Mapped[str | None]
    tried_at: Mapped[int | None] = moment()
    reached_at: Mapped[int | None] = moment()
    case_closed_at: Mapped[int | None] = moment()
    referred_at: Mapped[int | None] = moment()
    accepted_at: Mapped[int | None] = moment()
    contact_at: Mapped[int | None] = moment()
    came_at: Mapped[int | None] = moment()
    unsaid_from: Mapped[int | None] = moment()
    outcome_at: Mapped[int | None] = moment()
    nobody_at: Mapped[int | None] = moment()
    over_at: Mapped[int | None] = moment()

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        """By time what holds now, and what led to a referral; by when it was held to be true."""

        def some(name: str, which: Any, *columns: str) -> Index:
            return Index(name, *columns, sqlite_where=which, postgresql_where=which)

        return (
            some("ix_stay_facts_booked", HOLDS, "booked_at"),
            some("ix_stay_facts_referred", REFERRED, "known_until", "booked_at"),
            some("ix_stay_facts_started", REFERRED, "centre_id", "known_until", "booked_at"),
            Index("ix_stay_facts_until", "known_until", "booked_at"),
        )


class ReferralFacts(Known, Model):
    """What became of one referral that was sent."""

    __tablename__ = "referral_facts"
    __table_args__ = (
        Index("ix_referral_facts_sent", "sent_at", sqlite_where=HOLDS, postgresql_where=HOLDS),
        Index("ix_referral_facts_booking", "booking_id"),
    )

    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"))
    service_id: Mapped[uuid.UUID]
    needs: Mapped[tuple[str, ...]]
    urgent: Mapped[bool]
    state: Mapped[str]
    sent_at: Mapped[int] = mapped_column(BigInteger)
    answered_at: Mapped[int | None] = moment()
    accepted_at: Mapped[int | None] = moment()
    refused_at: Mapped[int | None] = moment()
    why_not: Mapped[str | None]
    contact_at: Mapped[int | None] = moment()
    came_at: Mapped[int | None] = moment()
    last_came_at: Mapped[int | None] = moment()
    unsaid_from: Mapped[int | None] = moment()
    written_up_at: Mapped[int | None] = moment()
    outcome_at: Mapped[int | None] = moment()
    over_at: Mapped[int | None] = moment()


class NeedFacts(Known, Model):
    """What became of one need of a stay."""

    __tablename__ = "need_facts"

    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    need: Mapped[str] = mapped_column(primary_key=True)
    referred_at: Mapped[int | None] = moment()
    accepted_at: Mapped[int | None] = moment()
    came_at: Mapped[int | None] = moment()
    change: Mapped[str | None]


class Backlog(Model):
    """The stays that were recorded before facts were kept, and whether theirs are made by now."""

    __tablename__ = "facts_backlog"

    id: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]  # the number of the latest of these stays
    done: Mapped[bool]
    kept_from: Mapped[int] = mapped_column(BigInteger)  # what held before, nobody can say
