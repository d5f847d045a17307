"""Sign in and out."""

import hashlib
import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select

from referral.access.actor import Actor
from referral.accounts.models import ApiToken, SignIn, User
from referral.audit.trail import Tag, record
from referral.db import db
from referral.errors import RuleBroken

HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)  # the OWASP minimum
NOBODY = HASHER.hash("nobody has this password")
PATIENCE = timedelta(minutes=5)
TRIES = 10


class SignInRefused(RuleBroken):
    """The email address or the password is not right, or there were too many tries."""


def sign_in(email: str, password: str, at: datetime) -> str | None:
    """The token of a new sign-in, or None when it is refused.

    An unknown address costs as much time as a wrong password, and after ten failures in five
    minutes an account rests. The caller commits either way, so that a refusal is recorded.
    """
    wanted = select(User).where(User.email == email.lower()).with_for_update(of=User)
    user = db.session.scalars(wanted).one_or_none()
    rests = user is not None and _rests(user, at)
    right = _matches(user.password_hash if user else NOBODY, password)
    if user is None or rests or not right or user.state != "active":
        if user and not rests:
            user.failures, user.last_failure_at = user.failures + 1, at
        record(Tag.SIGN_IN_REFUSED, user.actor if user else None, at)
        return None
    user.failures = 0
    token = secrets.token_urlsafe(32)
    db.session.add(SignIn(user_id=user.id, token_hash=hash_of(token), started_at=at, seen_at=at))
    record(Tag.SIGNED_IN, user.actor, at)
    return token


def make_token(name: str, by: Actor, at: datetime) -> tuple[ApiToken, str]:
    """A key for a program of the actor's organisation, and its text, which is shown only now."""
    text = "ar_" + secrets.token_urlsafe(32)
    token = ApiToken(name=name, token_hash=hash_of(text), user_id=by.user_id, made_at=at)
    db.session.add(token)
    db.session.flush()  # the audit names it by its number
    record(Tag.TOKEN_MADE, by, at, record_id=token.id)
    return token, text


def revoke_token(token: ApiToken, by: Actor, at: datetime) -> None:
    """The key opens nothing from the next request on."""
    token.revoked_at = token.revoked_at or at
    record(Tag.TOKEN_REVOKED, by, at, record_id=token.id)


def sign_out(sign_in: SignIn, at: datetime) -> None:
    """End this browser's sign-in for good."""
    sign_in.ended_at = at
    record(Tag.SIGNED_OUT, sign_in.actor, at)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _rests(user: User, at: datetime) -> bool:
    if user.last_failure_at is None or at - user.last_failure_at > PATIENCE:
        user.failures = 0
    return user.failures >= TRIES


def _matches(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except VerificationError:
        return False
