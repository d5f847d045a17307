"""Users and their sign-ins."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from flask_login import UserMixin
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.access.actor import Actor
from referral.access.permissions import Role
from referral.accounts.users.states import UserState
from referral.db import Identified, Model, one_of
from referral.directory.models import Organisation, Service

KEY_LASTS = timedelta(days=365)
USE_IS_KEPT = timedelta(hours=1)


class Stage(StrEnum):
    """How far somebody has come in: all the way, or the password was right and more is asked.

    Who locked the screen was in all the way, and gives the password alone to go on.
    """

    OPEN = "open"
    CODE = "code"
    SET_UP = "set-up"
    LOCKED = "locked"


class User(Identified, Model):
    """Somebody who signs in: one organisation, one role."""

    __tablename__ = "user_account"
    __table_args__ = (
        one_of("state", UserState),
        one_of("role", Role),
        # so that work can point at somebody of one organisation, and at nobody else
        Index("uq_user_account_employer", "id", "organisation_id", unique=True),
    )

    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role]
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    centre_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("custody_centre.id"))
    password_hash: Mapped[str]
    state: Mapped[UserState] = mapped_column(default=UserState.ACTIVE)
    version: Mapped[int] = mapped_column(default=1)
    failures: Mapped[int] = mapped_column(default=0)
    last_failure_at: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}

    @property
    def actor(self) -> Actor:
        """This user as the rest of the code sees them."""
        return Actor(self.id, self.name, self.role, self.organisation_id, self.centre_id)


class SignIn(UserMixin, Identified, Model):
    """One signed-in browser. It lives on the server, so that signing out really ends it."""

    __tablename__ = "sign_in"
    __table_args__ = (one_of("stage", Stage),)

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    stage: Mapped[Stage] = mapped_column(default=Stage.OPEN)
    user: Mapped[User] = relationship(lazy="joined")

    @property
    def actor(self) -> Actor:
        """The user of this browser, as the rest of the code sees them."""
        return self.user.actor


class SecondFactor(Model):
    """The authenticator app of a user. Its secret is sealed; a code counts once only."""

    __tablename__ = "second_factor"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    secret: Mapped[str]
    last_step: Mapped[int]
    wrong: Mapped[int] = mapped_column(default=0)
    set_up_at: Mapped[datetime]


class RecoveryCode(Identified, Model):
    """A code that lets a user in once without the app. Only its hash is kept."""

    __tablename__ = "recovery_code"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)


class SignInFailure(Identified, Model):
    """One failed try from a network address, which is kept as a keyed hash, for minutes."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_address", "address", "at"),)

    address: Mapped[str]
    at: Mapped[datetime]


class ApiToken(UserMixin, Identified, Model):
    """A key with which a program of one organisation acts in the name of who made it.

    It opens the referrals of one service; of all of them only where that was chosen.
    """

    __tablename__ = "api_token"

    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    service_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("service.id"))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(lazy="joined")
    service: Mapped[Service | None] = relationship()

    @property
    def expires_at(self) -> datetime:
        """From when on it opens nothing, also where nobody has revoked it."""
        return self.made_at + KEY_LASTS

    @property
    def actor(self) -> Actor:
        """The actor behind this key: its maker, named with the program, for its service alone."""
        maker = self.user.actor
        return replace(maker, name=f"{maker.name} ({self.name})", service_id=self.service_id)
