"""The guards on the pages behind a link to an account."""

from flask.typing import ResponseReturnValue

from referral.accounts.credentials.queries import TO_JOIN, TO_PASSWORD, AccountDoor
from referral.accounts.credentials.refusals import InvitationOver, PasswordLinkOver
from referral.post.links.guard import guard_of


def no_invitation(door: AccountDoor | None, status: int) -> ResponseReturnValue:
    """Used, run out or never there: who invited must do it again. Raises InvitationOver."""
    del door, status
    raise InvitationOver


def no_password_link(door: AccountDoor | None, status: int) -> ResponseReturnValue:
    """Used, run out or never there: another is asked for. Raises PasswordLinkOver."""
    del door, status
    raise PasswordLinkOver


by_invitation = guard_of(TO_JOIN, no_invitation)
by_password_link = guard_of(TO_PASSWORD, no_password_link)
