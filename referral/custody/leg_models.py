"""The legs of a stay: where the person was, one after the other."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.custody.places import WORDS, Place
from referral.db import Identified, Model, one_of
from referral.directory.models import CustodyCentre

NOW = text("until IS NULL")


class StayLeg(Identified, Model):
    """One place in which a person was during a stay. The last one says where they are.

    `centre_id` is the desk that answers for them there: the one where they are, or else the one
    that they left last. It sees them, and has them back. None where they came by another door.
    """

    __tablename__ = "stay_leg"
    __table_args__ = (
        one_of("place", Place),
        CheckConstraint("until >= since", name="ends_after_it_began"),
        Index("uq_stay_leg_number", "booking_id", "number", unique=True),
        Index("uq_stay_leg_one_now", "booking_id", unique=True, sqlite_where=NOW,
              postgresql_where=NOW),
        Index("ix_stay_leg_now", "centre_id", sqlite_where=NOW, postgresql_where=NOW),
        Index("ix_stay_leg_centre", "centre_id", "until"),
    )  # fmt: skip

    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"))
    number: Mapped[int]
    place: Mapped[Place]
    centre_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("custody_centre.id"))
    since: Mapped[datetime]
    arrived_at: Mapped[datetime | None]  # when the desk of another centre took them over
    until: Mapped[datetime | None]
    expected_at: Mapped[datetime | None]  # when the court sits, or they are expected to leave
    note: Mapped[str] = mapped_column(default="")  # which court, hospital or prison
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    centre: Mapped[CustodyCentre | None] = relationship(lazy="joined")

    @property
    def words(self) -> str:
        """Where that is, as it is told: “Kept for court, Glasgow Sheriff Court”."""
        at_centre = self.centre if self.place is Place.CENTRE else None
        where = at_centre.name if at_centre else WORDS[self.place]
        return f"On the way to {where}" if self.on_the_way else f"{where}{self._note}"

    @property
    def _note(self) -> str:
        return f", {self.note}" if self.note and self.place is not Place.CENTRE else ""

    @property
    def on_the_way(self) -> bool:
        """Whether they were sent to this centre, and its desk has not taken them over yet."""
        return self.place is Place.CENTRE and self.arrived_at is None
