"""What is refused about an account, in the words that the user reads."""

from collections.abc import Mapping

from referral.accounts.users.states import UserState
from referral.errors import RuleBroken


class SignInRefused(RuleBroken):
    """The email address or the password is not right, or there were too many tries."""


class EmailTaken(RuleBroken):
    """Somebody with this email address has an account already."""


class EmailInvited(EmailTaken):
    """Somebody with this email address was invited already. You can send the invitation again."""


class EmailClosed(EmailTaken):
    """The account with this email address was closed for good. You can invite them again."""


TAKEN: Mapping[UserState, type[EmailTaken]] = {
    UserState.INVITED: EmailInvited,
    UserState.CLOSED: EmailClosed,
}


class ClosedForGood(RuleBroken):
    """This account was closed for good. Invite them again in place of unlocking it."""

    status = 409


class RoleDoesNotFit(RuleBroken):
    """That role does not belong to an organisation of this kind. Choose another."""


class CentreNeeded(RuleBroken):
    """Choose the custody centre where this person works."""


class LastAdministrator(RuleBroken):
    """There must be an administrator left who can sign in."""


class WeakPassword(RuleBroken):
    """Use at least 12 characters, and nothing that others would try first."""


class WrongPassword(RuleBroken):
    """That is not your password now."""
