"""What a hand-off is refused for, in the words that the user reads."""

from referral.errors import RuleBroken


class NoConsent(RuleBroken):
    """The person has not agreed to share anything with this service, so nothing can be sent."""


class NoService(RuleBroken):
    """Choose at least one service, and how much it is told. If none fits, record the unmet need."""


class AlreadyOpen(RuleBroken):
    """The person already has an open referral to this service."""


class IllegalMove(RuleBroken):
    """That is not possible any more: the referral has moved on. Look at where it stands now."""

    status = 409


class ReasonNeeded(RuleBroken):
    """Choose a reason from the list."""


class NoteNeeded(RuleBroken):
    """Write in a few words what you mean."""


class OutcomeNeeded(RuleBroken):
    """Say for each need what changed. “Not known” is an answer."""


class TimeOutside(RuleBroken):
    """That time is still to come, or before the referral was sent."""


class StillOpen(RuleBroken):
    """A service still has a referral of this person. End that first, then close the case."""


class StopOver(RuleBroken):
    """They have confirmed that already, or the person has agreed again. There is nothing to do."""

    status = 409
