"""Sign-ins, accounts, keys, and the trail of what was done and seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import abort
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from referral.access.actor import Actor
from referral.accounts.users.models import ApiToken, SecondFactor, SignIn, Stage, User
from referral.accounts.users.passwords import hash_of
from referral.accounts.users.states import UserState
from referral.audit.models import AuditEvent
from referral.db import db
from referral.directory.models import Organisation
from referral.web.paging import Page, page_of
from referral.web.way_back import KEPT_FOR

Recipient = aliased(Organisation)
AT_THE_DOOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Patience:
    """How long a sign-in may lie idle, at a shared desk and elsewhere, and how long it may last."""

    idle: timedelta
    idle_at_desk: timedelta
    longest: timedelta


def live_sign_in(token: str, at: datetime, patience: Patience) -> SignIn | None:
    """The sign-in behind a token, unless it was ended, ran out, or its user may not enter."""
    found = last_sign_in(token)
    if found is None or found.stage != Stage.OPEN:
        return None
    idle = patience.idle_at_desk if found.user.centre_id else patience.idle
    if at - found.seen_at > idle or at - found.started_at > patience.longest:
        return None
    return found


def last_sign_in(token: str) -> SignIn | None:
    """The same, even when it ran out: who was here last in this browser."""
    found = db.session.scalars(select(SignIn).filter_by(token_hash=hash_of(token))).one_or_none()
    return found if found and not found.ended_at and found.user.state == UserState.ACTIVE else None


def locked_sign_in(token: str, at: datetime) -> SignIn | None:
    """The sign-in that was locked in this browser, as long as what was typed is kept."""
    found = last_sign_in(token)
    locked = found is not None and found.stage == Stage.LOCKED
    return found if found and locked and at - found.seen_at <= KEPT_FOR else None


def at_the_door(token: str, stage: Stage, at: datetime) -> SignIn | None:
    """The sign-in that gave the right password a moment ago and still needs its second factor."""
    found = last_sign_in(token)
    if found is None or found.stage != stage or at - found.started_at > AT_THE_DOOR:
        return None
    return found


def factor_of(user: User) -> SecondFactor | None:
    """The authenticator app of a user, if there is one."""
    return db.session.get(SecondFactor, user.id)


def live_token(text: str, at: datetime) -> ApiToken | None:
    """The key behind a program's text, unless it is over or its maker may not enter."""
    found = db.session.scalars(select(ApiToken).filter_by(token_hash=hash_of(text))).one_or_none()
    if found is None or found.revoked_at or at >= found.expires_at:
        return None
    return found if found.user.state == UserState.ACTIVE else None


def tokens_of(actor: Actor, page: int) -> Page[ApiToken]:
    """One page of the keys that were made for the actor's organisation, newest first."""
    wanted = (
        select(ApiToken)
        .join(ApiToken.user)
        .options(contains_eager(ApiToken.user), joinedload(ApiToken.service))
    )
    mine = wanted.where(User.organisation_id == actor.organisation_id)
    return page_of(mine.order_by(ApiToken.made_at.desc(), ApiToken.id), page)


def colleagues(actor: Actor) -> Sequence[User]:
    """The users of the actor's organisation who may sign in, by name."""
    wanted = select(User).filter_by(organisation_id=actor.organisation_id, state=UserState.ACTIVE)
    return db.session.scalars(wanted.order_by(User.name, User.id)).all()


@dataclass(frozen=True)
class Deed:
    """One event of the trail with the names of who did it; no person in custody is named."""

    event: AuditEvent
    user: str
    organisation: str
    recipient: str


def users(name: str, page: int) -> Page[User]:
    """One page of the accounts whose name or email address holds a text, by name."""
    wanted = select(User).options(joinedload(User.organisation))
    if name:
        like = User.name.icontains(name, autoescape=True)
        wanted = wanted.where(or_(like, User.email.icontains(name, autoescape=True)))
    ordered = wanted.order_by(User.name, User.id)
    return page_of(ordered, page)


def deeds_with_names() -> Select[AuditEvent, str, str, str]:
    """The trail with the names of who did it, for which organisation, and who received."""
    return (
        select(AuditEvent, User.name, Organisation.name, Recipient.name)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .outerjoin(Organisation, Organisation.id == AuditEvent.organisation_id)
        .outerjoin(Recipient, Recipient.id == AuditEvent.recipient_id)
    )


def deed_of(event: AuditEvent, who: str | None, org: str | None, to: str | None) -> Deed:
    """An event with its names; what has no name is empty."""
    return Deed(event, who or "", org or "", to or "")


def token_for(actor: Actor, token_id: UUID) -> ApiToken:
    """A key of the actor's own organisation; 404 for any other."""
    mine = select(ApiToken).join(ApiToken.user).where(ApiToken.id == token_id)
    wanted = mine.where(User.organisation_id == actor.organisation_id)
    return db.session.scalars(wanted).one_or_none() or abort(404)


def active_user(email: str) -> User | None:
    """The account with this address that can sign in; None without one."""
    wanted = select(User).where(User.email == email.lower(), User.state == UserState.ACTIVE)
    return db.session.scalars(wanted).one_or_none()
