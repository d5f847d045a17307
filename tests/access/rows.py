"""How one row of a record gets other values, for the states that are written down of it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from conftest import EMAILS
from sqlalchemy import Update, select, update

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.clock import day_of

Put = Callable[[str, datetime], list[Update]]
States = Mapping[str, Put]
DAY = timedelta(days=1)


def written(model: type[Any], **values: object) -> Put:
    """One row with other values; its version stays, so that no older one is in the way."""

    def put(number: str, at: datetime) -> list[Update]:
        said = {k: v(at) if callable(v) else v for k, v in values.items()}
        return [change_of(model, UUID(number), **said)]

    return put


def change_of(model: type[Any], number: UUID, **values: object) -> Update:
    """The same as one statement."""
    if hasattr(model, "version"):
        values = {**values, "version": model.version}
    return update(model).where(model.id == number).values(**values)


def at_once(at: datetime) -> datetime:
    """The moment itself."""
    return at


def user_of(role: Role) -> Any:
    """The account of a role."""
    return select(User.id).where(User.email == EMAILS[role]).scalar_subquery()


def yesterday(at: datetime) -> Any:
    """The day before."""
    return day_of(at) - DAY
