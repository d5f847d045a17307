"""The person as last known."""

import unicodedata
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
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
    born_about: Mapped[int | None]  # the year, where the person gives no birth date
    sex: Mapped[str] = mapped_column(default="U")
    postcode: Mapped[str] = mapped_column(default="")
    no_fixed_abode: Mapped[bool] = mapped_column(default=False)
    council_code: Mapped[str | None] = mapped_column(ForeignKey("council.code"), index=True)
    phone: Mapped[str] = mapped_column(default="")
    s_number: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    interpreter: Mapped[bool] = mapped_column(default=False)

    @property
    def name(self) -> str:
        """Forename and surname."""
        return f"{self.forename} {self.surname}"

    def age_on(self, on: date) -> int | None:
        """Whole years on a day, from the birth date or about from the year; None if unknown."""
        if self.date_of_birth is None:
            return on.year - self.born_about if self.born_about else None
        birthday_to_come = (on.month, on.day) < (self.date_of_birth.month, self.date_of_birth.day)
        return on.year - self.date_of_birth.year - birthday_to_come

    @property
    def initials(self) -> str:
        """All that a shared, public desk shows until somebody chooses to see more."""
        return f"{self.forename[:1]}.{self.surname[:1]}.".upper()


def key_of(name: str) -> str:
    """A name folded for comparison: no case, accents, spaces or marks."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
