"""Published figures as they are kept: each a row of its own, and never overwritten."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.access.actor import Actor
from referral.accounts.users.models import User
from referral.db import Model, Numbered, one_of
from referral.directory.models import CustodyCentre
from referral.official.daisy import Cell, Numbering
from referral.official.files import FileKind
from referral.official.spans import Span
from referral.official.throughput import Part, Stated


def where(condition: str) -> Mapping[str, Any]:
    """The rows that an index is about, on either engine."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class OfficialFile(Numbered, Model):
    """A file that was taken in: which very one, when and by whom; nobody is who ran a command."""

    __tablename__ = "official_file"
    __table_args__ = (
        one_of("kind", FileKind),
        one_of("numbering", Numbering),
        Index(
            "uq_official_file_digest", "kind", "digest", unique=True,
            **where("taken_back_at IS NULL"),
        ),
    )  # fmt: skip

    kind: Mapped[FileKind]
    name: Mapped[str]
    digest: Mapped[str]
    numbering: Mapped[Numbering | None]  # how its quarters were read
    imported_at: Mapped[datetime]
    imported_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    imported_by: Mapped[User | None] = relationship(foreign_keys=[imported_by_id])

    def take_back(self, by: Actor, at: datetime) -> None:
        """What it says counts no more; it stays as it came."""
        self.taken_back_at = at
        self.taken_back_by_id = by.user_id


class Throughput(Numbered, Model):
    """How many passed through custody in a period, as one source has published it.

    It is of an area or of a centre. Corrected or taken back, it stays, with when and by whom.
    """

    __tablename__ = "throughput"
    __table_args__ = (
        CheckConstraint("(area_code = '') <> (centre_id IS NULL)", name="of_one_place"),
        CheckConstraint("last_day >= first_day", name="days"),
        CheckConstraint("number >= 0", name="number"),
        CheckConstraint("published_on IS NOT NULL OR read_on IS NOT NULL", name="dated"),
        Index(
            "uq_throughput_area", "area_code", "first_day", "last_day", "source", "definition",
            unique=True, **where("ended_at IS NULL AND centre_id IS NULL"),
        ),
        Index(
            "uq_throughput_centre", "centre_id", "first_day", "last_day", "source", "definition",
            unique=True, **where("ended_at IS NULL AND centre_id IS NOT NULL"),
        ),
    )  # fmt: skip

    area_code: Mapped[str]
    centre_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("custody_centre.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    number: Mapped[int]
    definition: Mapped[str]
    source: Mapped[str]
    published_on: Mapped[date | None]
    read_on: Mapped[date | None]
    address: Mapped[str]
    file_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("official_file.id"))
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("throughput.id"), unique=True)
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    centre: Mapped[CustodyCentre | None] = relationship()
    entered_by: Mapped[User | None] = relationship(foreign_keys=[entered_by_id])
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id])

    @property
    def span(self) -> Span:
        """The days that it is about."""
        return Span(self.first_day, self.last_day)

    @property
    def stated(self) -> Stated:
        """What the source says."""
        return Stated(self.number, self.published_on, self.read_on, self.address)

    @property
    def part(self) -> Part:
        """The figure without its place."""
        return Part(self.span, self.definition, self.source, self.stated)

    @property
    def place_key(self) -> str:
        """What a form sends for its place."""
        return self.area_code or str(self.centre_id)

    def end(self, by: Actor | None, at: datetime) -> None:
        """It counts no more."""
        self.ended_at = at
        self.ended_by_id = by.user_id if by else None


class DaisyCount(Model):
    """One value of a file of Source of Referrals, or null with the code that says why."""

    __tablename__ = "daisy_count"
    __table_args__ = (
        CheckConstraint("number >= 0", name="number"),
        Index("ix_daisy_count_adp", "adp_code", "quarter"),
    )

    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("official_file.id"), primary_key=True)
    adp_code: Mapped[str] = mapped_column(primary_key=True)
    quarter: Mapped[date] = mapped_column(primary_key=True)  # its first day
    service: Mapped[str] = mapped_column(primary_key=True)
    substance: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int | None]
    code: Mapped[str]

    @property
    def cell(self) -> Cell:
        """The value as the file has it."""
        return Cell(
            self.adp_code, self.quarter, self.service, self.substance, self.number, self.code
        )
