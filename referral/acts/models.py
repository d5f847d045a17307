"""Acts that can be taken back, and each value that they changed."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from referral.acts.kinds import WORDS, ActKind
from referral.db import Identified, Model, Numbered, one_of


class Act(Numbered, Model):
    """Something that somebody did to a record, until it is taken back: by whom, when, why.

    `said` is what was typed, where the rows keep less than that.
    """

    __tablename__ = "act"
    __table_args__ = (
        one_of("kind", ActKind),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by_somebody"),
        Index("ix_act_about", "about_id", "kind"),
    )

    kind: Mapped[ActKind]
    about_id: Mapped[uuid.UUID]  # of a stay, a referral, an appointment, or who was given cases
    what: Mapped[str] = mapped_column(default="")  # in words
    why: Mapped[str] = mapped_column(default="")
    said: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    by_id: Mapped[uuid.UUID]  # of an account, or of a link or card
    by_name: Mapped[str]
    done_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[uuid.UUID | None]
    undone_why: Mapped[str] = mapped_column(default="")

    def concerns(self, about_id: uuid.UUID) -> None:
        """It is about this record, which came into being with it."""
        self.about_id = about_id

    def undo(self, why: str, by_id: uuid.UUID, at: datetime) -> None:
        """It is taken back: by whom, when, and why."""
        self.undone_at = at
        self.undone_by_id = by_id
        self.undone_why = why

    @property
    def words(self) -> str:
        """What it was, for a reader."""
        return self.what or WORDS[self.kind]


class ActValue(Identified, Model):
    """One value that an act changed; or a whole row that it added (`after`) or removed (`before`).

    `column` is empty for a whole row.
    """

    __tablename__ = "act_value"
    __table_args__ = (Index("ix_act_value_act_id", "act_id"),)

    act_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("act.id"))
    place: Mapped[str]  # the table
    row_id: Mapped[uuid.UUID]
    column: Mapped[str] = mapped_column(default="")
    before: Mapped[Any] = mapped_column(JSON)  # null for a row that was added
    after: Mapped[Any] = mapped_column(JSON)  # null for one that was removed
