"""Joinings: which records, by whom, and exactly how each stood before."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.accounts.users.models import User
from referral.db import Identified, Model
from referral.people.models import Person

STANDS = text("parted_at IS NULL")


class Joining(Identified, Model):
    """One record went into another: how both stood before, and whether they were parted again."""

    __tablename__ = "joining"
    __table_args__ = (
        Index(
            "uq_joining_one_standing",
            "absorbed_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        CheckConstraint("(parted_at IS NULL) = (parted_by_id IS NULL)", name="parted_by_somebody"),
        CheckConstraint("survivor_id <> absorbed_id", name="of_two"),
    )

    number: Mapped[int]  # counts the joinings that touch either record, so that the last is known
    survivor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    absorbed_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    survivor_before: Mapped[dict[str, Any]] = mapped_column(JSON)
    absorbed_before: Mapped[dict[str, Any]] = mapped_column(JSON)
    joined_as: Mapped[dict[str, Any]] = mapped_column(JSON)
    joined_at: Mapped[datetime]
    joined_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    parted_as: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # what the joined record said
    parted_at: Mapped[datetime | None]
    parted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    told_at: Mapped[datetime | None]  # when a guardian first read who saw the joined record
    version: Mapped[int] = mapped_column()
    survivor: Mapped[Person] = relationship(foreign_keys=survivor_id)
    absorbed: Mapped[Person] = relationship(foreign_keys=absorbed_id)
    joined_by: Mapped[User] = relationship(foreign_keys=joined_by_id)
    parted_by: Mapped[User | None] = relationship(foreign_keys=parted_by_id)

    __mapper_args__ = {"version_id_col": version}


class JoinedValue(Identified, Model):
    """One value of one row at the joining: what it was and what it became, also where it stayed.

    With `given` it is a later episode that was said to be the other person's at the parting.
    """

    __tablename__ = "joined_value"
    __table_args__ = (Index("ix_joined_value_joining", "joining_id", "place", "column"),)

    joining_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("joining.id"))
    place: Mapped[str]  # the table
    row_id: Mapped[uuid.UUID]
    column: Mapped[str]
    before: Mapped[Any] = mapped_column(JSON)
    after: Mapped[Any] = mapped_column(JSON)
    given: Mapped[bool] = mapped_column(default=False)
