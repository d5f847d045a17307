"""Find the live sign-in of a browser."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from referral.access.actor import Actor
from referral.accounts.actions import hash_of
from referral.accounts.models import ApiToken, SignIn, User
from referral.db import db


def live_sign_in(token: str, at: datetime, idle: timedelta, longest: timedelta) -> SignIn | None:
    """The sign-in behind a token, unless it was ended, ran out, or its user may not enter."""
    found = db.session.scalars(select(SignIn).filter_by(token_hash=hash_of(token))).one_or_none()
    if found is None or found.ended_at or found.user.state != "active":
        return None
    if at - found.seen_at > idle or at - found.started_at > longest:
        return None
    return found


def live_token(text: str) -> ApiToken | None:
    """The key behind a program's text, unless it was revoked or its maker may not enter."""
    found = db.session.scalars(select(ApiToken).filter_by(token_hash=hash_of(text))).one_or_none()
    return found if found and not found.revoked_at and found.user.state == "active" else None


def tokens_of(actor: Actor) -> Sequence[ApiToken]:
    """The keys that were made for the actor's organisation, newest first."""
    wanted = select(ApiToken).join(ApiToken.user).options(contains_eager(ApiToken.user))
    mine = wanted.where(User.organisation_id == actor.organisation_id)
    return db.session.scalars(mine.order_by(ApiToken.made_at.desc(), ApiToken.id)).all()


def colleagues(actor: Actor) -> Sequence[User]:
    """Who of the actor's organisation may sign in, by name."""
    wanted = select(User).filter_by(organisation_id=actor.organisation_id, state="active")
    return db.session.scalars(wanted.order_by(User.name, User.id)).all()
