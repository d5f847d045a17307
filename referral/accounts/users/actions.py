"""Sign in and out."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from referral.access.actor import Actor
from referral.access.permissions import ROLES, Role
from referral.accounts.users.failure_actions import PATIENCE, Gate, is_crowded, note_failed
from referral.accounts.users.key_actions import revoke_tokens
from referral.accounts.users.models import (
    SecondFactor,
    SignIn,
    Stage,
    User,
)
from referral.accounts.users.passwords import HASHER, NOBODY, hash_of, is_weak, matches
from referral.accounts.users.refusals import (
    TAKEN,
    CentreNeeded,
    ClosedForGood,
    EmailTaken,
    LastAdministrator,
    RoleDoesNotFit,
    WeakPassword,
    WrongPassword,
)
from referral.accounts.users.states import UserState
from referral.audit.trail import Tag, record
from referral.db import db
from referral.directory.models import Organisation
from referral.errors import StaleEdit
from referral.occasions import Occasion
from referral.post.links.actions import revoke_links
from referral.post.messages.actions import MessageDetails, write

# somebody leaves, or `moves` to another organisation: who keeps work in their name takes it back
LEAVING: Occasion[[User, Actor, datetime, bool]] = Occasion()
TRIES = 10
SIGN_IN = Gate("address", 100)  # looser: a whole custody suite may come from one address


@dataclass(frozen=True)
class UserDetails:
    """A user's name, role, one organisation and, for desk staff, custody centre."""

    name: str
    role: Role
    organisation_id: UUID
    centre_id: UUID | None = None


@dataclass(frozen=True)
class Knock:
    """An attempt to sign in: email address, password, network address."""

    email: str
    password: str
    address: str


def add_user(email: str, details: UserDetails, by: Actor | None, at: datetime) -> User:
    """A new account of somebody who has not joined yet.

    Raises EmailTaken, EmailInvited, EmailClosed, RoleDoesNotFit, CentreNeeded.
    """
    if taken := db.session.scalars(select(User).filter_by(email=email.lower())).one_or_none():
        raise TAKEN.get(taken.state, EmailTaken)
    user = User(email=email.lower(), state=UserState.INVITED, password_hash="")
    _become(user, details)
    db.session.add(user)
    db.session.flush()  # the audit names it by its number
    record(Tag.USER_INVITED, by, at, record_id=user.id)
    return user


def join(user: User, password: str, at: datetime) -> None:
    """Give an invited user a password of their own. Raises WeakPassword."""
    _set_password(user, password)
    user.state = UserState.ACTIVE
    record(Tag.USER_CHANGED, user.actor, at, record_id=user.id)


def reopen(user: User, by: Actor | None, at: datetime) -> None:
    """An account that was closed is as if it had just been invited: what opened it is gone."""
    user.state = UserState.INVITED
    user.password_hash = ""
    user.failures = 0
    record(Tag.USER_INVITED, by, at, record_id=user.id)


def change_user(user: User, details: UserDetails, seen: int, by: Actor, at: datetime) -> None:
    """Another name, role, organisation or centre; all sign-ins end at once.

    Raises StaleEdit, RoleDoesNotFit, CentreNeeded, LastAdministrator.
    """
    if user.version != seen:
        raise StaleEdit
    if details.role is not Role.ADMINISTRATOR:
        _leave_an_administrator(user)
    if (details.role, details.organisation_id) != (user.role, user.organisation_id):
        moves = details.organisation_id != user.organisation_id
        LEAVING.happens(user, by, at, moves)
        revoke_tokens(user, by, at)
    _become(user, details)
    end_sign_ins(user, at)
    record(Tag.USER_CHANGED, by, at, record_id=user.id)


def set_state(user: User, state: UserState, by: Actor, at: datetime) -> None:
    """Lock, unlock or close an account; all sign-ins end and all its links die at once.

    So do keys for programs, for good. Closed is closed: it is not unlocked.
    Raises LastAdministrator, ClosedForGood.
    """
    if user.state == UserState.CLOSED:
        raise ClosedForGood
    if state != UserState.ACTIVE:
        _leave_an_administrator(user)
        LEAVING.happens(user, by, at, False)
    elif not user.password_hash:
        state = UserState.INVITED  # who never joined is still only invited
    user.state = state
    user.failures = 0
    end_sign_ins(user, at)
    revoke_links(user.id, by, at)
    if state in {UserState.LOCKED, UserState.CLOSED}:
        revoke_tokens(user, by, at)
    record(Tag.USER_CHANGED, by, at, record_id=user.id)


def change_password(user: User, old: str, new: str, at: datetime) -> None:
    """One's own password; all sign-ins end. Raises WrongPassword, WeakPassword."""
    if not matches(user.password_hash, old):
        raise WrongPassword
    renew_password(user, new, at)


def renew_password(user: User, password: str, at: datetime) -> None:
    """Another password: all sign-ins end, all links of the account die, and its owner is told.

    The tries that failed stay counted: it buys no more guesses at the second factor.
    Raises WeakPassword.
    """
    _set_password(user, password)
    end_sign_ins(user, at)
    revoke_links(user.id, user.actor, at)
    tell(user, "password-changed", at)
    record(Tag.PASSWORD_CHANGED, user.actor, at, record_id=user.id)


def tell(user: User, name: str, at: datetime, about_id: UUID | None = None) -> None:
    """Promise the owner of an account a message; when it cannot go, administrators see to it."""
    write(MessageDetails(name, user.email, about_id or user.id, user.email, None), at)


def _become(user: User, details: UserDetails) -> None:
    organisation = db.session.get_one(Organisation, details.organisation_id)
    standing = ROLES[details.role]
    if standing.kind != organisation.kind:
        raise RoleDoesNotFit
    if standing.at_centre and details.centre_id is None:
        raise CentreNeeded
    user.name, user.role = details.name, details.role
    user.organisation_id = organisation.id
    user.organisation = organisation
    user.centre_id = details.centre_id if standing.at_centre else None


def _leave_an_administrator(user: User) -> None:
    if user.role != Role.ADMINISTRATOR or user.state != UserState.ACTIVE:
        return
    others = select(User.id).where(
        User.role == Role.ADMINISTRATOR, User.state == UserState.ACTIVE, User.id != user.id
    )
    if db.session.scalars(others.limit(1)).first() is None:
        raise LastAdministrator


def end_sign_ins(user: User, at: datetime) -> None:
    """Every browser in which they signed in is out from its next request on."""
    live = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    db.session.execute(live.values(ended_at=at))


def _set_password(user: User, password: str) -> None:
    own = re.findall(r"\w+", f"{user.email.split('@')[0]} {user.name}")
    if is_weak(password, own, [*user.email.split("@"), *user.organisation.name.split()]):
        raise WeakPassword
    user.password_hash = HASHER.hash(password)


def sign_in(knock: Knock, required: bool, at: datetime) -> tuple[str, Stage] | None:
    """The token of a new sign-in and what is asked next, or None when it is refused.

    An unknown address costs as much time as a wrong password. After ten failures in five minutes
    an account rests, and after a hundred a network address. `required` says whether nobody comes
    in without a second factor. The caller commits either way, so that a refusal is recorded.
    """
    if is_crowded(SIGN_IN, knock.address, at):
        record(Tag.SIGN_IN_REFUSED, None, at)
        return None
    wanted = select(User).where(User.email == knock.email.lower()).with_for_update(of=User)
    user = db.session.scalars(wanted).one_or_none()
    if not proves(user, knock.password, knock.address, at) or user is None:
        return None
    stage = _asked_next(user, required)
    row = SignIn(user_id=user.id, user=user, started_at=at, seen_at=at)
    db.session.add(row)
    return let_on(row, stage, at), stage


def proves(user: User | None, password: str, address: str, at: datetime) -> bool:
    """Whether the password is that of a user who may enter; a failure is counted and recorded.

    The user is locked meanwhile, so that of many guesses at once each counts.
    """
    may = user is not None and user.state == UserState.ACTIVE and not rests(user, at)
    if matches((user and user.password_hash) or NOBODY, password) and may:
        return True
    note_failure(user, address, at)
    record(Tag.SIGN_IN_REFUSED, user.actor if user else None, at)
    return False


def let_on(row: SignIn, stage: Stage, at: datetime) -> str:
    """Move a sign-in on to a stage; returns its new token, for the earlier one opens nothing now.

    Failures are forgotten only when somebody is in: the right password alone would else buy as
    many guesses at the second factor as one likes.
    """
    token = renewed(row)
    row.stage = stage
    row.started_at = at
    row.seen_at = at
    if stage is Stage.OPEN:
        row.user.failures = 0
    record(Tag.SIGNED_IN if stage is Stage.OPEN else Tag.PASSWORD_RIGHT, row.user.actor, at)
    return token


def renewed(row: SignIn) -> str:
    """The new token of a sign-in; the one before opens nothing now."""
    token = secrets.token_urlsafe(32)
    row.token_hash = hash_of(token)
    return token


def note_failure(user: User | None, address: str, at: datetime) -> None:
    """Count a failed try against the account and the network address it came from."""
    if user and not rests(user, at):
        user.failures += 1
        user.last_failure_at = at
    note_failed(SIGN_IN, address, at)


def _asked_next(user: User, required: bool) -> Stage:
    if db.session.get(SecondFactor, user.id):
        return Stage.CODE
    return Stage.SET_UP if required else Stage.OPEN


def sign_out(sign_in: SignIn, at: datetime) -> None:
    """End this browser's sign-in for good."""
    sign_in.ended_at = at
    record(Tag.SIGNED_OUT, sign_in.actor, at)


def rests(user: User, at: datetime) -> bool:
    """Whether there were so many failures of late that even the right answer is refused."""
    if user.last_failure_at is None or at - user.last_failure_at > PATIENCE:
        user.failures = 0
    return user.failures >= TRIES
