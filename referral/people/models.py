"""The person as last known."""

import uuid
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from referral.clock import today
from referral.db import WORKED_OUT, Identified, Model, Numbered, one_of
from referral.people.ages import Young, age_on
from referral.people.details import Detail, HeardIn
from referral.people.names import fold
from referral.people.naming import NAMELESS, Naming, name_of
from referral.people.sources import Source

SEXES = ("M", "F", "X", "U")


class Person(Identified, Model):
    """Somebody who has been offered help in custody, across all their bookings."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint(f"sex IN {SEXES}", name="sex"),
        one_of("naming", Naming),
        CheckConstraint(
            "naming = 'full' AND forename <> '' AND surname <> ''"
            " OR naming = 'single' AND (forename = '' OR surname = '') AND forename <> surname"
            " OR naming IN ('unknown', 'refused') AND forename = '' AND surname = ''",
            name="named_as_chosen",
        ),
        Index("ix_person_name", "surname_key", "forename_key"),
    )

    forename: Mapped[str]
    surname: Mapped[str]
    forename_key: Mapped[str]
    surname_key: Mapped[str]
    date_of_birth: Mapped[date | None] = mapped_column(index=True)
    born_about: Mapped[int | None]  # the year, where the person gives no birth date
    sex: Mapped[str] = mapped_column(default="U")
    # these seven repeat what counts of all that was said (`SaidDetail`), for lists and recognition
    postcode: Mapped[str] = mapped_column(default="", info=WORKED_OUT)
    no_fixed_abode: Mapped[bool] = mapped_column(default=False, info=WORKED_OUT)
    council_code: Mapped[str | None] = mapped_column(
        ForeignKey("council.code"), index=True, info=WORKED_OUT
    )
    phone: Mapped[str] = mapped_column(default="", info=WORKED_OUT)
    s_number: Mapped[str] = mapped_column(default="", info=WORKED_OUT)
    language: Mapped[str] = mapped_column(default="en", info=WORKED_OUT)
    interpreter: Mapped[bool] = mapped_column(default=False, info=WORKED_OUT)
    middle: Mapped[str] = mapped_column(default="", server_default="")
    naming: Mapped[Naming] = mapped_column(default=Naming.FULL)
    # the number that another register knows the person by, when they were loaded from it
    reference: Mapped[str | None] = mapped_column(unique=True)
    # the words under which a worker finds them, each after a space; `reindex` keeps them right
    words: Mapped[str] = mapped_column(default="", server_default="")
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)

    @property
    def name(self) -> str:
        """Forename and surname, or one of them; for who has told none, words and about how old."""
        return name_of(self, self.age_on(today()))

    def age_on(self, on: date) -> int | None:
        """Whole years on a day, from the birth date or about from the year; None if unknown."""
        age = age_on(self.date_of_birth, self.born_about, on)
        return age.years if age else None

    def young_on(self, on: date) -> Young | None:
        """The path of the young on which they are; None for a grown person."""
        age = age_on(self.date_of_birth, self.born_about, on)
        return age.young if age else None

    @property
    def initials(self) -> str:
        """All that a shared, public desk shows until somebody chooses to see more."""
        if self.naming in NAMELESS:
            return self.name
        return "".join(f"{part[:1]}." for part in (self.forename, self.surname) if part).upper()


class PersonAlias(Identified, Model):
    """Another name, and perhaps birth date, that the person has used or was recorded with."""

    __tablename__ = "person_alias"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    forename: Mapped[str]
    middle: Mapped[str] = mapped_column(default="")
    surname: Mapped[str]
    date_of_birth: Mapped[date | None]  # none: the birth date of the person holds

    @property
    def name(self) -> str:
        """Forename and surname, or one of them."""
        return f"{self.forename} {self.surname}".strip()


class SaidDetail(Numbered, Model):
    """One word on a number, an address or a language. It is added, and never changed.

    Only that it was taken back is noted. Who said it, and who wrote it down, is empty where nobody
    noted it, and the second where the person typed it themselves.
    """

    __tablename__ = "said_detail"
    __table_args__ = (
        one_of("detail", Detail),
        one_of("heard_in", HeardIn),
        one_of("said_by", Source),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    detail: Mapped[Detail]
    value: Mapped[str]  # empty: none, or no
    said_by: Mapped[Source | None]
    heard_in: Mapped[HeardIn]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]

    @property
    def typed_by_themselves(self) -> bool:
        """Whether it was said on their own page, and so in no stay."""
        return self.heard_in is HeardIn.OWN_PAGE

    def take_back(self, at: datetime) -> None:
        """It counts no more, as if it had not been said."""
        self.taken_back_at = at


class PersonTraits(Model):
    """All that a person is recognised by, in one line, under a number short enough for the keys.

    It says again what the person, their aliases and all that was said of them say, so that one
    statement brings what is to be compared. `people.actions.reindex` keeps it right.
    """

    __tablename__ = "person_traits"

    number: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    line: Mapped[str]


class PersonKey(Model):
    """One of the keys under which a person is found; the table is its own covering index.

    No foreign key: it would be checked for each of the eighteen keys of a person, and they are only
    ever written together with the traits.
    """

    __tablename__ = "person_key"
    __table_args__ = {"sqlite_with_rowid": False}

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


def key_of(name: str) -> str:
    """A name folded, in one word: what it is sorted by."""
    return fold(name).replace("-", "")


class ToldApart(Model):
    """Somebody said that two records are two people. It stays as said, whatever is joined later."""

    __tablename__ = "told_apart"
    __table_args__ = (CheckConstraint("one_id < other_id", name="in_order"),)

    one_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    other_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id"), primary_key=True, index=True
    )
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
