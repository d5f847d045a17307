"""The person as last known."""

import unicodedata
from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from referral.db import Identified, Model

SEXES = ("M", "F", "X", "U")


class Person(Identified, Model):
    """Somebody who has been offered help in custody, across all their bookings."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint(f"sex IN {SEXES}", name="sex"),
        Index("ix_person_name", "surname_key", "forename_key"),
    )

    forename: Mapped[str]
    surname: Mapped[str]
    forename_key: Mapped[str]
    surname_key: Mapped[str]
    date_of_birth: Mapped[date | None] = mapped_column(index=True)
    sex: Mapped[str] = mapped_column(default="U")
    postcode: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    interpreter: Mapped[bool] = mapped_column(default=False)

    @property
    def initials(self) -> str:
        """All that a shared, public desk shows until somebody chooses to see more."""
        return f"{self.forename[:1]}.{self.surname[:1]}.".upper()


def key_of(name: str) -> str:
    """A name folded for comparison: no case, accents, spaces or marks."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
