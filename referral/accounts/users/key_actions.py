"""Keys with which programs act: for one service, or for all of an organisation where so chosen."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.access.actor import Actor
from referral.accounts.users.models import USE_IS_KEPT, ApiToken, User
from referral.accounts.users.passwords import hash_of
from referral.audit.trail import Tag, record
from referral.db import db
from referral.directory.queries import own_service_for


@dataclass(frozen=True)
class KeyDetails:
    """A key to be made: for which program, and for which service; None for all of them."""

    name: str
    service_id: UUID | None


def make_token(details: KeyDetails, by: Actor, at: datetime) -> tuple[ApiToken, str]:
    """A key for a program of the actor's organisation, and its text, which is shown only now."""
    service = own_service_for(by, details.service_id) if details.service_id else None
    text = "ar_" + secrets.token_urlsafe(32)
    token = ApiToken(
        name=details.name,
        token_hash=hash_of(text),
        user_id=by.user_id,
        service=service,
        made_at=at,
    )
    db.session.add(token)
    db.session.flush()  # the audit names it by its number
    record(Tag.TOKEN_MADE, by, at, record_id=token.id)
    return token, text


def revoke_tokens(user: User, by: Actor, at: datetime) -> None:
    """All keys that a user made open nothing from the next request on."""
    mine = select(ApiToken).filter_by(user_id=user.id, revoked_at=None).order_by(ApiToken.id)
    for token in db.session.scalars(mine):
        revoke_token(token, by, at)


def note_token(token: ApiToken, at: datetime) -> None:
    """A program used its key: kept to the hour, so that reading does not always write."""
    if token.used_at is None or at - token.used_at >= USE_IS_KEPT:
        token.used_at = at


def revoke_token(token: ApiToken, by: Actor, at: datetime) -> None:
    """The key opens nothing from the next request on."""
    token.revoked_at = token.revoked_at or at
    record(Tag.TOKEN_REVOKED, by, at, record_id=token.id)
