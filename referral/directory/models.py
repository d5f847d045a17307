"""Areas, code lists, custody centres, organisations and their services."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.access.permissions import OrganisationKind
from referral.db import Identified, Model, Numbered, one_of
from referral.directory.deadlines import Kind, Unit


class Council(Model):
    """A council area with the police division, health board and ADP that it lies in."""

    __tablename__ = "council"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    division_letter: Mapped[str] = mapped_column(index=True)
    division_name: Mapped[str]
    board_code: Mapped[str] = mapped_column(index=True)
    board_name: Mapped[str]
    adp_code: Mapped[str] = mapped_column(index=True)
    adp_name: Mapped[str]


class Code(Model):
    """One row of a code list in one version: valid from a day, until another or for good."""

    __tablename__ = "code"

    list_name: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    label: Mapped[str]
    position: Mapped[int]


class DeadlineAmount(Model):
    """How long a kind of thing may take from a day on, until another row or for good."""

    __tablename__ = "deadline_amount"
    __table_args__ = (
        CheckConstraint("number BETWEEN 0 AND 1000", name="number"),
        one_of("kind", Kind),
        one_of("unit", Unit),
    )

    kind: Mapped[Kind] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int]
    unit: Mapped[Unit]


class ChangedDay(Model):
    """A day that is worked, or is not, other than the weekends and bank holidays say."""

    __tablename__ = "changed_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    works: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")


class CustodyCentre(Identified, Model):
    """A place where people are held. Centres open and close; `sample` ones are not official."""

    __tablename__ = "custody_centre"
    __table_args__ = (CheckConstraint("closed_on >= opened_on", name="closes_after_opening"),)

    name: Mapped[str] = mapped_column(unique=True)
    council_code: Mapped[str] = mapped_column(ForeignKey("council.code"), index=True)
    kind: Mapped[str]
    access_model: Mapped[str]
    healthcare_24_7: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    sample: Mapped[bool] = mapped_column(default=False)
    council: Mapped[Council] = relationship()

    __mapper_args__ = {"version_id_col": version}


team_centre = Table(
    "team_centre",
    Model.metadata,
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
    Column("centre_id", ForeignKey("custody_centre.id"), primary_key=True),
)


organisation_council = Table(
    "organisation_council",
    Model.metadata,
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
    Column("council_code", ForeignKey("council.code"), primary_key=True),
)

service_council = Table(
    "service_council",
    Model.metadata,
    Column("service_id", ForeignKey("service.id"), primary_key=True),
    Column("council_code", ForeignKey("council.code"), primary_key=True),
)


class Organisation(Numbered, Model):
    """An employer of users. A team covers custody centres and councils, an ADP councils.

    One that the product shipped is not confirmed until somebody has asked it.
    """

    __tablename__ = "organisation"
    __table_args__ = (one_of("kind", OrganisationKind),)

    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OrganisationKind]
    phone: Mapped[str] = mapped_column(default="", server_default="")  # for messages to people
    address: Mapped[str] = mapped_column(default="", server_default="")  # on letters
    closed_on: Mapped[date | None]
    confirmed: Mapped[bool] = mapped_column(default=True, server_default=true())
    confirmed_by: Mapped[str] = mapped_column(default="", server_default="")
    confirmed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    centres: Mapped[list[CustodyCentre]] = relationship(
        secondary=team_centre, order_by=CustodyCentre.name
    )
    councils: Mapped[list[Council]] = relationship(
        secondary=organisation_council, order_by=Council.name
    )

    __mapper_args__ = {"version_id_col": version}


class Service(Identified, Model):
    """A service that an organisation offers; its capacity is what it last said, and when.

    Without councils it takes people from all of Scotland. Ages are in whole years, both ends in.
    One that is not confirmed is offered to nobody.
    """

    __tablename__ = "service"

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    eligibility: Mapped[str] = mapped_column(default="")
    how_to_refer: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    alert: Mapped[str] = mapped_column(default="")
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]
    sexes: Mapped[str] = mapped_column(default="")  # "F" for women only, "M" for men only
    closed_on: Mapped[date | None]
    confirmed: Mapped[bool] = mapped_column(default=True, server_default=true())
    confirmed_by: Mapped[str] = mapped_column(default="", server_default="")
    confirmed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    capacity: Mapped[str] = mapped_column(default="additional-assessment-required")
    capacity_as_at: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship()
    needs: Mapped[list["ServiceNeed"]] = relationship(
        order_by="ServiceNeed.need", cascade="all, delete-orphan"
    )
    councils: Mapped[list[Council]] = relationship(secondary=service_council, order_by=Council.name)

    __table_args__ = (
        CheckConstraint("sexes IN ('', 'F', 'M')", name="sexes"),
        CheckConstraint("maximum_age >= minimum_age", name="ages_in_order"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def word(self) -> tuple[str, ...]:
        """All that the service says of itself: how it stands, three texts, its address."""
        return self.capacity, self.alert, self.eligibility, self.how_to_refer, self.email

    def is_open(self, on: date) -> bool:
        """Whether it takes people on a day, and is written to."""
        return self.closed_on is None or on < self.closed_on

    def email_on(self, on: date) -> str:
        """Where it is written to on a day; empty where there is no address, or it has closed."""
        return self.email if self.is_open(on) else ""


class ServicePlaces(Model):
    """How many people a service could take in a week, as it last said, and when that was."""

    __tablename__ = "service_places"
    __table_args__ = (CheckConstraint("places BETWEEN 0 AND 99", name="places"),)

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)  # its Monday
    places: Mapped[int]
    said_at: Mapped[datetime]


class ServiceNeed(Model):
    """A need that a service meets, by its code."""

    __tablename__ = "service_need"

    service_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    need: Mapped[str] = mapped_column(primary_key=True)
