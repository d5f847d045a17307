"""Renew what opens an account: for people who were invited, forgot the password or lost the app."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, func, select

from referral.access.actor import Actor
from referral.access.permissions import OrganisationKind, Role
from referral.accounts.credentials.models import FactorReset, PasswordAsked
from referral.accounts.credentials.queries import AccountDoor, account_with, open_reset
from referral.accounts.credentials.refusals import (
    AccountsInUse,
    AnotherMustConfirm,
    AskedTooOften,
    LockedOut,
    NoAppToReset,
    NobodyThere,
    NotForYourself,
    NothingToInviteTo,
)
from referral.accounts.second_factor.actions import forget
from referral.accounts.users import actions as accounts
from referral.accounts.users.actions import UserDetails
from referral.accounts.users.models import User
from referral.accounts.users.queries import factor_of
from referral.accounts.users.states import UserState
from referral.audit.trail import Tag, record
from referral.db import db
from referral.directory.models import Organisation
from referral.jobs.actions import enqueue, forget_done
from referral.jobs.kinds import Effect, Task
from referral.post.links.actions import make_link, revoke_links, use
from referral.post.links.models import Link
from referral.post.links.purposes import LinkPurpose
from referral.web.sealing import fingerprint, seal, unseal

FORGOTTEN = "forgotten"
ASKED = "address of who forgot a password"
COUNTED_FOR = timedelta(hours=1)
MOST_OF_A_SOURCE = 20  # a whole custody suite may come from one network address
MOST_OF_AN_ADDRESS = 3
A_SECOND_PERSON_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class Founder:
    """The first administrator to be: email address, name and national body."""

    email: str
    name: str
    organisation: str


def invite(email: str, details: UserDetails, by: Actor | None, at: datetime) -> tuple[User, Link]:
    """A new account and its invitation, which goes out by e-mail and can be passed on by hand.

    Raises EmailTaken, EmailInvited, EmailClosed, RoleDoesNotFit, CentreNeeded.
    """
    user = accounts.add_user(email, details, by, at)
    return user, _invitation(user, by, at)


def invite_again(user: User, by: Actor | None, at: datetime) -> Link:
    """Another invitation: the earlier one dies. A closed account begins anew with it.

    Raises NothingToInviteTo.
    """
    if user.state not in {UserState.INVITED, UserState.CLOSED}:
        raise NothingToInviteTo
    if user.state == UserState.CLOSED:
        accounts.reopen(user, by, at)
        forget(user, at)
    revoke_links(user.id, by, at)
    return _invitation(user, by, at)


def _invitation(user: User, by: Actor | None, at: datetime) -> Link:
    link = _link(user, LinkPurpose.JOIN, by, at)
    accounts.tell(user, "invitation", at, about_id=link.id)
    return link


def _link(user: User, purpose: LinkPurpose, by: Actor | None, at: datetime) -> Link:
    link = make_link(purpose, user.id, f"{purpose}:{uuid4()}", at)
    if link is None:  # not with a random occasion
        raise LookupError(purpose)
    record(Tag.LINK_SENT, by, at, record_id=link.id)
    return link


def join(door: AccountDoor, password: str, at: datetime) -> None:
    """Take up an invitation with a password of one's own. Raises LinkOver, WeakPassword."""
    accounts.join(door.user, password, at)
    use(door.link, "joined", door.user.actor, at)


def first_administrator(founder: Founder, at: datetime) -> tuple[User, Link]:
    """Invite the first administrator, or again as long as nobody has ever joined.

    An earlier address that was mistyped is closed. Raises AccountsInUse, EmailTaken.
    """
    everybody = db.session.scalars(select(User).order_by(User.id)).all()
    if any(user.password_hash for user in everybody):
        raise AccountsInUse
    for user in everybody:
        if user.email == founder.email.lower():
            return user, invite_again(user, None, at)
    body = everybody[0].organisation if everybody else _national_body(founder.organisation)
    for user in everybody:
        user.state = UserState.CLOSED
        revoke_links(user.id, None, at)
    details = UserDetails(founder.name, Role.ADMINISTRATOR, body.id)
    return invite(founder.email, details, None, at)


def _national_body(name: str) -> Organisation:
    body = Organisation(name=name, kind=OrganisationKind.NATIONAL)
    db.session.add(body)
    db.session.flush()  # the account points at it
    return body


def recover(email: str, at: datetime, *, app_too: bool) -> Link:
    """A link for somebody locked out who sits at this machine; `app_too` resets their app too.

    Raises NobodyThere, LockedOut.
    """
    user = account_with(email)
    if user is None:
        raise NobodyThere
    record(Tag.RECOVERY_MADE, None, at, record_id=user.id, reason="app" if app_too else "password")
    if user.state == UserState.INVITED:
        return invite_again(user, None, at)
    if user.state != UserState.ACTIVE:
        raise LockedOut
    return _link(user, LinkPurpose.RECOVER if app_too else LinkPurpose.PASSWORD, None, at)


def ask_for_password(email: str, source: str, at: datetime) -> None:
    """Note that somebody forgot their password; a worker later looks for the account.

    So nothing that can be seen or timed here tells whether it exists. Raises AskedTooOften.
    """
    old = at - COUNTED_FOR
    db.session.execute(delete(PasswordAsked).where(PasswordAsked.asked_at < old))
    forget_done(FORGOTTEN, old)
    asked = PasswordAsked(email=seal(ASKED, email), asked_at=at)
    asked.email_mark = fingerprint(ASKED, email.lower())
    asked.source_mark = fingerprint("source", source)
    if _times(PasswordAsked.source_mark == asked.source_mark) >= MOST_OF_A_SOURCE:
        raise AskedTooOften
    enough = _times(PasswordAsked.email_mark == asked.email_mark) >= MOST_OF_AN_ADDRESS
    db.session.add(asked)
    db.session.flush()  # the work names it by its number
    if not enough:  # of whom others ask too often is not told either
        enqueue(FORGOTTEN, f"{FORGOTTEN}:{asked.id}", at, about_id=asked.id)


def _times(which: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(PasswordAsked).where(which)) or 0


def answer_forgotten(task: Task) -> Effect | None:
    """Send the link to the address of the account, if there is one that is in use."""
    asked = db.session.get(PasswordAsked, task.about_id)
    user = account_with(unseal(ASKED, asked.email) or "") if asked else None
    if user is None or user.state != UserState.ACTIVE:
        return None
    link = _link(user, LinkPurpose.PASSWORD, None, task.at)
    accounts.tell(user, "new-password", task.at, about_id=link.id)
    record(Tag.PASSWORD_ASKED, None, task.at, record_id=user.id)
    return None


def renew_password(door: AccountDoor, password: str, at: datetime) -> None:
    """Set a new password by a link. The app stays, unless the link was made on the machine.

    Raises LinkOver, WeakPassword.
    """
    user = door.user
    use(door.link, "changed", user.actor, at)
    if door.purpose is LinkPurpose.RECOVER and factor_of(user):
        _reset_app(user, user.actor, at)
    accounts.renew_password(user, password, at)


def vouch(user: User, how: str, by: Actor, at: datetime) -> None:
    """Record that `by` has made sure it is this user; the second to do so resets their app.

    `how` is a code of the ways to make sure. Raises NotForYourself, AnotherMustConfirm,
    NoAppToReset.
    """
    db.session.refresh(user, with_for_update={"of": User})  # one at a time
    if by.user_id == user.id:
        raise NotForYourself
    if user.state != UserState.ACTIVE or factor_of(user) is None:
        raise NoAppToReset
    asked = open_reset(user, at)
    if asked is None:
        asked = FactorReset(user_id=user.id, asked_by_id=by.user_id, asked_at=at)
        asked.expires_at = at + A_SECOND_PERSON_WITHIN
        db.session.add(asked)
        accounts.tell(user, "app-asked", at)
        record(Tag.FACTOR_RESET_ASKED, by, at, record_id=user.id, reason=how)
        return
    if asked.asked_by_id == by.user_id:
        raise AnotherMustConfirm
    asked.confirmed_by_id = by.user_id
    asked.confirmed_at = at
    user.failures = 0
    _reset_app(user, by, at, how)


def _reset_app(user: User, by: Actor, at: datetime, how: str = "") -> None:
    forget(user, at)
    accounts.tell(user, "app-reset", at)
    record(Tag.FACTOR_RESET, by, at, record_id=user.id, reason=how)


def keep_app(user: User, by: Actor, at: datetime) -> None:
    """Withdraw an open reset: the app was found, or something is wrong with the request."""
    if asked := open_reset(user, at):
        asked.withdrawn_at = at
        record(Tag.FACTOR_RESET_WITHDRAWN, by, at, record_id=user.id)
