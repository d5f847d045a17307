"""Rules about accounts; each docstring is the sentence that the user reads."""

from collections.abc import Mapping

from referral.accounts.users.states import UserState
from referral.errors import RuleBroken


class SignInRefused(RuleBroken):
    """The email address or password is wrong, or there were too many tries.

    Check both, or try again later.
    """


class EmailTaken(RuleBroken):
    """Somebody already has an account with this email address."""


class EmailInvited(EmailTaken):
    """Somebody with this email address was invited already. Send the invitation again."""


class EmailClosed(EmailTaken):
    """The account with this email address was closed for good. You can invite them again."""


TAKEN: Mapping[UserState, type[EmailTaken]] = {
    UserState.INVITED: EmailInvited,
    UserState.CLOSED: EmailClosed,
}


class ClosedForGood(RuleBroken):
    """This account was closed for good, so it cannot be unlocked. Invite them again instead."""

    status = 409


class RoleDoesNotFit(RuleBroken):
    """That role does not belong to this kind of organisation. Choose another role."""


class CentreNeeded(RuleBroken):
    """Choose the custody centre where this person works."""


class LastAdministrator(RuleBroken):
    """This is the last administrator who can sign in. Invite another one first."""


class WeakPassword(RuleBroken):
    """Use at least 12 characters, and nothing that is easy to guess."""


class WrongPassword(RuleBroken):
    """That is not your current password. Type it again."""
