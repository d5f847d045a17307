"""Find the live sign-in of a browser."""

from datetime import datetime, timedelta

from sqlalchemy import select

from referral.accounts.actions import hash_of
from referral.accounts.models import SignIn
from referral.db import db


def live_sign_in(token: str, at: datetime, idle: timedelta, longest: timedelta) -> SignIn | None:
    """The sign-in behind a token, unless it was ended, ran out, or its user may not enter."""
    found = db.session.scalars(select(SignIn).filter_by(token_hash=hash_of(token))).one_or_none()
    if found is None or found.ended_at or found.user.state != "active":
        return None
    if at - found.seen_at > idle or at - found.started_at > longest:
        return None
    return found
