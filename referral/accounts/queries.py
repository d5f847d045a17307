"""Find the live sign-in of a browser."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from referral.access.actor import Actor
from referral.accounts.actions import hash_of
from referral.accounts.models import SignIn, User
from referral.db import db


def live_sign_in(token: str, at: datetime, idle: timedelta, longest: timedelta) -> SignIn | None:
    """The sign-in behind a token, unless it was ended, ran out, or its user may not enter."""
    found = db.session.scalars(select(SignIn).filter_by(token_hash=hash_of(token))).one_or_none()
    if found is None or found.ended_at or found.user.state != "active":
        return None
    if at - found.seen_at > idle or at - found.started_at > longest:
        return None
    return found


def colleagues(actor: Actor) -> Sequence[User]:
    """Who of the actor's organisation may sign in, by name."""
    wanted = select(User).filter_by(organisation_id=actor.organisation_id, state="active")
    return db.session.scalars(wanted.order_by(User.name, User.id)).all()
