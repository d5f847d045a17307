"""What is refused on the way back in, in the words that the user reads."""

from referral.errors import RuleBroken


class InvitationOver(RuleBroken):
    """This invitation was used, or has run out. Ask your administrator to send it again."""

    status = 404


class PasswordLinkOver(RuleBroken):
    """This link was used, or has run out. Ask for a new one on the sign-in page."""

    status = 404


class NothingToInviteTo(RuleBroken):
    """This account is in use. Who forgot the password asks for a new one on the sign-in page."""

    status = 409


class AskedTooOften(RuleBroken):
    """New passwords were asked for too often from here. Try again in an hour."""

    status = 429


class NobodyThere(RuleBroken):
    """There is no account with this email address."""


class LockedOut(RuleBroken):
    """This account is locked or closed. An administrator opens it again."""


class AccountsInUse(RuleBroken):
    """There are accounts already. An administrator invites; `accounts recover` lets one back in."""


class NotForYourself(RuleBroken):
    """Two other people must make sure that it is you."""

    status = 409


class AnotherMustConfirm(RuleBroken):
    """You have made sure already. Another person who makes sure that it is them must confirm."""

    status = 409


class NoAppToReset(RuleBroken):
    """No authenticator app is set up for this account, or it is locked or closed."""

    status = 409
