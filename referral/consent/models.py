"""The person's answers to the questions of consent."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.consent.purposes import Answer, Companion, Level, Purpose
from referral.db import Identified, Model, Numbered, one_of


class ConsentWords(Identified, Model):
    """The words that are read out for one purpose in one language: a new text is a new version."""

    __tablename__ = "consent_words"
    __table_args__ = (UniqueConstraint("purpose", "language", "number"),)

    purpose: Mapped[str]  # or "offer", the words that ask whether the person wants a worker
    language: Mapped[str]
    number: Mapped[int]
    text: Mapped[str]
    needs_translator: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date]

    @property
    def is_translated(self) -> bool:
        """Whether these words are in the language that they are for."""
        return not self.needs_translator


class Consent(Numbered, Model):
    """One answer to one question. Nothing is overwritten: the latest answer counts."""

    __tablename__ = "consent"
    __table_args__ = (
        one_of("answer", Answer),
        one_of("purpose", Purpose),
        one_of("level", Level),
        CheckConstraint("purpose <> 'share' OR service_id IS NOT NULL", name="share_names_whom"),
        CheckConstraint("(purpose = 'share') = (level IS NOT NULL)", name="share_has_a_level"),
        one_of("accompanied_by", Companion),
        Index("ix_consent_expires", "expires_on"),
        Index("ix_consent_latest", "person_id", "purpose", "service_id", "given_at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[Purpose]
    service_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("service.id"))
    level: Mapped[Level | None]
    answer: Mapped[Answer]
    provisional: Mapped[bool] = mapped_column(default=False)
    given_how: Mapped[str] = mapped_column(default="spoken")
    words_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("consent_words.id"))
    interpreter: Mapped[bool] = mapped_column(default=False)
    accompanied_by: Mapped[Companion | None]
    accompanied_name: Mapped[str] = mapped_column(default="", server_default="")
    capacity_note: Mapped[str] = mapped_column(default="")
    channels: Mapped[tuple[str, ...]] = mapped_column(default=())  # by which to be contacted
    safe_times: Mapped[str] = mapped_column(default="")
    no_message: Mapped[bool] = mapped_column(default=False)
    no_letters: Mapped[bool] = mapped_column(default=False)
    explained_by_id: Mapped[uuid.UUID]  # of an account, or of the card with which they said it
    given_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    mistaken_at: Mapped[datetime | None]  # recorded by mistake: it counts nowhere
    expires_on: Mapped[date]
    lapsed_at: Mapped[datetime | None]  # when it had run out, and its service was told to stop
    words: Mapped[ConsentWords | None] = relationship()

    def reach_by(
        self, channels: tuple[str, ...], safe_times: str, no_message: bool, no_letters: bool
    ) -> None:
        """A yes to be contacted, in this way alone."""
        self.channels = channels
        self.safe_times = safe_times
        self.no_message = no_message
        self.no_letters = no_letters

    def lapse(self, at: datetime) -> None:
        """It has run out, and whoever relied on it has been told."""
        self.lapsed_at = at
