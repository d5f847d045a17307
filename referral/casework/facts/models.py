"""What was said of a person that ends or changes something, until it is taken back."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from referral.casework.facts.meanings import Fact
from referral.db import Model, Numbered, one_of


class SaidFact(Numbered, Model):
    """A fact as somebody said it: by whom, when, and with which code of which list.

    From outside the team it is said; it is sure when the team has confirmed it.
    """

    __tablename__ = "said_fact"
    __table_args__ = (
        one_of("fact", Fact),
        CheckConstraint("(undone_at IS NULL) = (undone_by = '')", name="undone_by_somebody"),
        Index("ix_said_fact_person", "person_id", "undone_at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    fact: Mapped[Fact]
    detail: Mapped[str] = mapped_column(default="")  # the number or address that is wrong
    list_name: Mapped[str]
    code: Mapped[str]
    said_by: Mapped[str]
    by_id: Mapped[uuid.UUID]  # of an account or of a link
    said_at: Mapped[datetime]
    sure_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(default="")

    def is_sure(self, at: datetime) -> None:
        """The team knows it."""
        self.sure_at = self.sure_at or at

    def undo(self, by: str, at: datetime) -> None:
        """It is not true, or not any more."""
        self.undone_at = at
        self.undone_by = by
