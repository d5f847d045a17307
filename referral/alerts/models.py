"""Alerts, where they hold, and who has read them."""

import uuid
from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.accounts.users.models import User
from referral.db import Identified, Model
from referral.directory.models import Council

alert_council = Table(
    "harm_alert_council",
    Model.metadata,
    Column("alert_id", ForeignKey("harm_alert.id"), primary_key=True),
    Column("council_code", ForeignKey("council.code"), primary_key=True),
)


class HarmAlert(Identified, Model):
    """An alert for some council areas, until the end of a day; it names nobody."""

    __tablename__ = "harm_alert"

    headline: Mapped[str]
    text: Mapped[str]
    ends_on: Mapped[date] = mapped_column(index=True)  # the last day on which it is shown
    posted_at: Mapped[datetime]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    councils: Mapped[list[Council]] = relationship(secondary=alert_council, order_by=Council.name)
    by: Mapped[User] = relationship()


class AlertRead(Model):
    """The first time that a user opened an alert."""

    __tablename__ = "harm_alert_read"

    alert_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("harm_alert.id"), primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    read_at: Mapped[datetime]
