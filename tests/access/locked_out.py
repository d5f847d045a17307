"""Somebody who cannot come in without their app."""

from datetime import datetime

from referral.access.actor import Actor
from referral.accounts.users.models import SecondFactor, User
from referral.db import db


def with_an_app(email: str, worker: Actor, at: datetime) -> User:
    """Of the team, and asked for the code of an app at each sign-in."""
    known = db.session.get_one(User, worker.user_id)
    user = User(name=email, email=email, role=known.role, organisation=known.organisation)
    user.organisation_id, user.password_hash = known.organisation_id, known.password_hash
    db.session.add(user)
    db.session.flush()
    db.session.add(SecondFactor(user_id=user.id, secret="x", last_step=0, set_up_at=at))
    db.session.flush()
    return user
