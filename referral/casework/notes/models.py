"""What somebody of the team wrote down in a case."""

import json
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.accounts.users.models import User
from referral.casework.cases.models import Case
from referral.casework.notes.spoken import How, Whom, Why, Words
from referral.db import Model, Numbered, one_of
from referral.web.sealing import seal, unseal

AT_REST = "case note"


class CaseNote(Numbered, Model):
    """One note, or one talk with somebody. It is never changed: a second one corrects it.

    What was said is sealed; it is gone for good once the note is taken back.
    """

    __tablename__ = "case_note"
    __table_args__ = (
        one_of("whom", Whom),
        one_of("how", How),
        one_of("why", Why),
        CheckConstraint("(how IS NULL) = (whom = 'nobody')", name="spoken_somehow"),
        CheckConstraint("(taken_back_at IS NULL) = (why IS NULL)", name="taken_back_says_why"),
        Index("ix_case_note_case", "case_id", "happened_at"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral_case.id"))
    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"), index=True)
    whom: Mapped[Whom]
    how: Mapped[How | None]
    sealed: Mapped[str]  # who it was and what was said; empty once it is taken back
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    corrects_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case_note.id"))
    taken_back_at: Mapped[datetime | None]
    why: Mapped[Why | None]
    case: Mapped[Case] = relationship()
    author: Mapped[User] = relationship()

    @property
    def words(self) -> Words | None:
        """Who it was and what was said; None where no key of this installation opens it."""
        opened = unseal(AT_REST, self.sealed) if self.sealed else None
        return Words(*json.loads(opened)) if opened else None

    def says(self, whom: Whom, how: How | None, when: datetime, words: Words) -> bool:
        """Whether it says just this; a moment is typed to the minute."""
        same_minute = self.happened_at.replace(second=0, microsecond=0) == when.replace(
            second=0, microsecond=0
        )
        return same_minute and (self.whom, self.how, self.words) == (whom, how, words)

    def keep(self, words: Words) -> None:
        """Seal who it was and what was said."""
        self.sealed = seal(AT_REST, json.dumps([words.spoken_to, words.said]))

    def take_back(self, why: Why, at: datetime) -> None:
        """It should never have been there, so its words are gone for good."""
        self.sealed = ""
        self.taken_back_at = at
        self.why = why
