"""Assessments of a person by a worker, and the instruments that are in use."""

import uuid
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.accounts.users.models import User
from referral.casework.cases.models import Case
from referral.db import Model, Numbered


class Assessment(Numbered, Model):
    """All that a worker and the person found out together; a draft keeps the form as typed."""

    __tablename__ = "assessment"
    __table_args__ = (
        Index("ix_assessment_case", "case_id", "finished_at"),
        Index(
            "uq_assessment_one_draft",
            "case_id",
            unique=True,
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("referral_case.id"))
    booking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("booking.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    place: Mapped[str] = mapped_column(default="")  # in the cells, at court, by phone, elsewhere
    strengths: Mapped[str] = mapped_column(default="")
    ethnicity: Mapped[str | None]  # by code; no page shows it, it counts in reports
    disability: Mapped[str | None]
    goals: Mapped[list[str]] = mapped_column(JSON, default=list)
    draft: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    case: Mapped[Case] = relationship()
    author: Mapped[User] = relationship()
    needs: Mapped[list["AssessedNeed"]] = relationship(order_by="AssessedNeed.need")
    substances: Mapped[list["SubstanceUse"]] = relationship(order_by="SubstanceUse.rank")
    screens: Mapped[list["Screen"]] = relationship(order_by="Screen.instrument")

    __mapper_args__ = {"version_id_col": version}

    def say_who(self, ethnicity: str | None, disability: str | None) -> None:
        """What they said of themselves, by code; None where they were not asked."""
        self.ethnicity = ethnicity or None
        self.disability = disability or None

    def finish(self, author_id: uuid.UUID, at: datetime) -> None:
        """It is done, and nothing of it is a draft any more."""
        self.author_id = author_id
        self.finished_at = at
        self.draft = {}


class AssessedNeed(Model):
    """A need in one assessment: its severity, and whether the person wants help with it."""

    __tablename__ = "assessed_need"

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    need: Mapped[str] = mapped_column(primary_key=True)
    severity: Mapped[str]
    wants_help: Mapped[bool | None]


class SubstanceUse(Model):
    """A substance in the 28 days before custody; days from 0 to 28, None for not known."""

    __tablename__ = "substance_use"
    __table_args__ = (CheckConstraint("days BETWEEN 0 AND 28", name="days"),)

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)
    substance: Mapped[str]
    days: Mapped[int | None]
    route: Mapped[str | None]


class Screen(Model):
    """An instrument as it was answered: its version, the questions as they were worded, the score.

    `items` holds one object for each question: its words, the answer's words and points; points
    are null for what was not answered. `score` is null where too much is missing to score.
    """

    __tablename__ = "screen"

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    instrument: Mapped[str] = mapped_column(primary_key=True)
    pack_version: Mapped[str]
    items: Mapped[list[dict[str, str | int | None]]] = mapped_column(JSON)
    score: Mapped[int | None]
    positive: Mapped[bool | None]


class InstrumentSwitch(Model):
    """An instrument that an administrator has enabled, with the reference of its licence."""

    __tablename__ = "instrument_switch"

    instrument: Mapped[str] = mapped_column(primary_key=True)
    licence_reference: Mapped[str]
    enabled_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    enabled_at: Mapped[datetime]
