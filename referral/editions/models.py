"""The register of what was published, and what is on its way there."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.accounts.users.models import User
from referral.db import Codes, Model, Numbered, one_of
from referral.editions.shown import Said
from referral.editions.states import KEPT_FOR, KIND, EditionState
from referral.published.audiences import Audience
from referral.published.periods import period_of


class Edition(Numbered, Model):
    """A report of a period and an area, for an audience, as it was counted at one moment.

    `told` is what is shown of it, and `released` its entry in the register, withheld counts among
    them: neither is changed once it is frozen. `beside` is how many editions had ever been frozen
    when it was counted. `titles` are those of all tables that were counted, by their codes.
    """

    __tablename__ = "edition"
    __table_args__ = (
        one_of("state", EditionState),
        one_of("audience", Audience),
        CheckConstraint(
            "state <> 'frozen' OR (signed_at IS NOT NULL AND frozen_at IS NOT NULL)",
            name="frozen_is_signed",
        ),
        CheckConstraint("second_id IS NULL OR second_id <> by_id", name="second_is_another"),
        Index("ix_edition_state", "state", "order"),
    )

    report: Mapped[str]
    period: Mapped[str]
    area: Mapped[str]
    audience: Mapped[Audience]
    as_at: Mapped[datetime]
    made_at: Mapped[datetime]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    state: Mapped[EditionState] = mapped_column(default=EditionState.COUNTING)
    why_revised: Mapped[str] = mapped_column(default="")
    left_out: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    refusal: Mapped[str] = mapped_column(default="")
    titles: Mapped[str] = mapped_column(default="", server_default="")
    ways_out: Mapped[tuple[str, ...]] = mapped_column(Codes, default=())
    told: Mapped[str] = mapped_column(default="")
    released: Mapped[str] = mapped_column(default="")
    known_as: Mapped[str] = mapped_column(default="")
    beside: Mapped[int] = mapped_column(default=0)
    looked_at: Mapped[datetime | None]
    headline: Mapped[str] = mapped_column(default="")
    second: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]
    release_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    second_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    second_signed_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    second_signer: Mapped[User | None] = relationship(foreign_keys=[second_id])

    def is_out(self, at: datetime) -> bool:
        """Whether everybody may read it by now."""
        frozen = self.state == EditionState.FROZEN
        return frozen and (self.release_at is None or self.release_at <= at)

    @property
    def said(self) -> Said:
        """Its words, and once it is frozen by what it is known and who signed it."""
        signers = [self.by, *filter(None, [self.second_signer])]
        return Said(
            self.headline,
            self.second,
            self.contact,
            self.next_on,
            [one.name for one in signers] if self.frozen_at else [],
            self.known_as,
            self.why_revised,
        )

    @property
    def count_key(self) -> str:
        """The key of the work that counts it as it stands."""
        return f"{KIND}:{self.id}:{self.version}"

    @property
    def period_words(self) -> str:
        """Its period as people say it."""
        return period_of(self.period).words

    @property
    def is_signed_by_all(self) -> bool:
        """Whether everybody has signed who has to."""
        needs_two = self.audience == Audience.PUBLIC
        return bool(self.second_signed_at if needs_two else self.signed_at)

    def is_too_old(self, at: datetime) -> bool:
        """Whether it is a draft that nobody went on with in time."""
        return self.state != EditionState.FROZEN and self.made_at < at - KEPT_FOR

    def has_tables(self, titles: str) -> None:
        """These tables were counted for it, also those that are left out."""
        self.titles = titles

    def is_counted(self, told: str, released: str, beside: int) -> None:
        """Its numbers stand, beside the register as it was then."""
        self.told = told
        self.released = released
        self.beside = beside
        self.refusal = ""
        self.ways_out = ()
        self.state = EditionState.DRAFT
        self.version += 1

    def is_refused(self, why: str, ways_out: tuple[str, ...]) -> None:
        """It cannot go out as it is; the tables without which it could are its ways out."""
        self.refusal = why
        self.ways_out = ways_out
        self.state = EditionState.REFUSED
        self.version += 1

    def is_counted_again(self, left_out: str) -> None:
        """Its numbers are asked for again, with one more table left out or with none."""
        self.left_out = (*self.left_out, left_out) if left_out else self.left_out
        self.state = EditionState.COUNTING
        self.looked_at = None
        self._signatures_fall()

    def was_looked_at(self, at: datetime) -> None:
        """Somebody has looked at what the checks say."""
        self.looked_at = self.looked_at or at
        self.version += 1

    def says(self, headline: str, second: str, contact: str, next_on: date | None) -> bool:
        """Its words; whether they are others than before, so that signatures fall."""
        before = (self.headline, self.second, self.contact, self.next_on)
        self.headline = headline
        self.second = second
        self.contact = contact
        self.next_on = next_on
        if before == (headline, second, contact, next_on):
            return False
        self._signatures_fall()
        return True

    def is_signed(self, second_id: uuid.UUID | None, at: datetime) -> None:
        """Who made it has signed, and asks a colleague."""
        self.signed_at = at
        self.second_id = second_id
        self.version += 1

    def is_signed_too(self, at: datetime) -> None:
        """The colleague has signed."""
        self.second_signed_at = at
        self.version += 1

    def is_frozen(self, fingerprint: str, at: datetime) -> None:
        """Nothing in it changes any more."""
        self.known_as = fingerprint
        self.frozen_at = at
        self.state = EditionState.FROZEN
        self.version += 1

    def is_taken_back(self, at: datetime) -> None:
        """It does not go out."""
        self.taken_back_at = at
        self.state = EditionState.TAKEN_BACK
        self.version += 1

    def _signatures_fall(self) -> None:
        self.signed_at = None
        self.second_id = None
        self.second_signed_at = None
        self.version += 1
