"""Counts of a user's recovery codes."""

from sqlalchemy import func, select

from referral.accounts.users.models import RecoveryCode, User
from referral.db import db


def codes_left(user: User) -> int:
    """The number of recovery codes that have not been used."""
    mine = select(func.count()).where(RecoveryCode.user_id == user.id)
    return db.session.scalar(mine) or 0
