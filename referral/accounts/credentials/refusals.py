"""Rules about the ways back in; each docstring is the sentence that the user reads."""

from referral.errors import RuleBroken


class InvitationOver(RuleBroken):
    """This invitation has been used or has run out. Ask your administrator to send it again."""

    status = 404


class PasswordLinkOver(RuleBroken):
    """This link has been used or has run out. Ask for a new one on the sign-in page."""

    status = 404


class NothingToInviteTo(RuleBroken):
    """This account is in use already.

    If they forgot the password, they can ask for a new one on the sign-in page.
    """

    status = 409


class AskedTooOften(RuleBroken):
    """Too many people have asked for a new password from here. Try again in an hour."""

    status = 429


class NobodyThere(RuleBroken):
    """No account has this email address. Check how it is spelled."""


class LockedOut(RuleBroken):
    """This account is locked or closed. Ask an administrator to open it again."""


class AccountsInUse(RuleBroken):
    """There are accounts already.

    Ask an administrator to invite you, or use `accounts recover` to let somebody back in.
    """


class NotForYourself(RuleBroken):
    """You cannot vouch for yourself. Ask two other people to make sure that it is you."""

    status = 409


class AnotherMustConfirm(RuleBroken):
    """You have vouched for them already. Ask a second administrator to confirm who they are."""

    status = 409


class NoAppToReset(RuleBroken):
    """There is no app to reset: none is set up, or the account is locked or closed."""

    status = 409
