"""What is refused about an account, in the words that the user reads."""

from referral.errors import RuleBroken


class EmailTaken(RuleBroken):
    """Somebody with this email address has an account already."""


class RoleDoesNotFit(RuleBroken):
    """That role does not belong to an organisation of this kind. Choose another."""


class CentreNeeded(RuleBroken):
    """Choose the custody centre where this person works."""


class LastAdministrator(RuleBroken):
    """There must be an administrator left who can sign in."""


class WeakPassword(RuleBroken):
    """Use at least 12 characters, and nothing that others would try first."""


class InviteOver(RuleBroken):
    """This invitation was used, or is over a week old. Ask your administrator for a new one."""

    status = 404


class WrongPassword(RuleBroken):
    """That is not your password now."""
