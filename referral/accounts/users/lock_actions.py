"""Hide the screen of a shared desk, and go on where one was; or let somebody else in."""

from datetime import datetime

from referral.accounts.users.actions import SIGN_IN, proves, renewed
from referral.accounts.users.failure_actions import is_crowded
from referral.accounts.users.models import SignIn, Stage, User
from referral.audit.trail import Tag, record
from referral.db import db


def lock(sign_in: SignIn, at: datetime) -> None:
    """From the next request on this browser opens nothing, until the password is typed."""
    sign_in.stage = Stage.LOCKED
    sign_in.seen_at = at
    record(Tag.SCREEN_LOCKED, sign_in.actor, at)


def unlock(sign_in: SignIn, password: str, address: str, at: datetime) -> str | None:
    """The new token of who goes on; None where the password is wrong.

    A wrong one counts as at the sign-in, and after so many even the right one is refused. The
    authenticator app is not asked again: it was, when they signed in a while ago.
    """
    user = sign_in.user
    db.session.refresh(user, with_for_update={"of": User})
    if is_crowded(SIGN_IN, address, at):
        record(Tag.SIGN_IN_REFUSED, user.actor, at)
        return None
    if not proves(user, password, address, at):
        return None
    user.failures = 0
    sign_in.stage = Stage.OPEN
    sign_in.seen_at = at
    record(Tag.SCREEN_UNLOCKED, user.actor, at)
    return renewed(sign_in)
