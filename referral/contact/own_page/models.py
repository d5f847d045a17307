"""The cards that people carry, their visits, the words they read, and what they say themselves."""

import uuid
from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.db import Identified, Model, Numbered
from referral.people.models import Person

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=1)
TRIES = 5  # wrong birth dates, after each of which fives a card rests
RESTS = timedelta(hours=1)
MOST_TRIES = 20  # after which only a new card helps
WORDS = ("yes", "partly", "no", "notsay")


class PersonCard(Numbered, Model):
    """A code that was printed for a person. Only its fingerprint is kept."""

    __tablename__ = "person_card"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    team_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    fingerprint: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    last_failure_at: Mapped[datetime | None]
    language: Mapped[str | None]  # of the page, where they chose another than is recorded
    person: Mapped[Person] = relationship()

    def lives(self, at: datetime) -> bool:
        """Whether it can open anything, now or after a rest."""
        return not self.revoked_at and at < self.expires_at and self.failures < MOST_TRIES

    def rests(self, at: datetime) -> bool:
        """Whether it opens nothing for a while, because of too many wrong tries."""
        if self.last_failure_at is None or self.failures == 0 or self.failures % TRIES:
            return False
        return at - self.last_failure_at < RESTS


class OwnVisit(Identified, Model):
    """One browser in which somebody typed the code and the birth date; it ends on the server."""

    __tablename__ = "own_visit"

    card_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person_card.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    card: Mapped[PersonCard] = relationship()

    def lives(self, at: datetime) -> bool:
        """Whether it still shows anything."""
        fresh = at - self.seen_at < IDLE and at - self.started_at < LONGEST
        return not self.ended_at and fresh and self.card.lives(at)


class OwnWord(Numbered, Model):
    """Whether it helped, as the person says: apart from any service's view; the latest counts."""

    __tablename__ = "own_word"
    __table_args__ = (
        CheckConstraint(f"helped IN {WORDS}", name="helped"),
        Index("ix_own_word_referral", "referral_id", "said_at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    referral_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral.id"))
    helped: Mapped[str]
    said_at: Mapped[datetime]


class OwnPageWords(Identified, Model):
    """A sentence of the page as a translator confirmed it: a new text is a new version.

    It counts as long as the `english` is what they translated it from.
    """

    __tablename__ = "own_page_words"
    __table_args__ = (UniqueConstraint("name", "language", "number"),)

    name: Mapped[str]
    language: Mapped[str]
    number: Mapped[int]
    english: Mapped[str]
    text: Mapped[str]
    translator: Mapped[str]  # who confirmed it
    valid_from: Mapped[date]
