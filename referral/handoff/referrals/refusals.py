"""Rules about referrals; each docstring is the sentence that the user reads."""

from referral.errors import RuleBroken


class NoConsent(RuleBroken):
    """The person has not agreed to share anything with this service, so nothing can be sent."""

    fields = ("share",)


class NoService(RuleBroken):
    """Choose at least one service and how much to tell it.

    If none fits, record the unmet need.
    """


class AlreadyOpen(RuleBroken):
    """The person already has an open referral to this service."""

    fields = ("service",)


class AWorkerDecides(RuleBroken):
    """Under 18, a worker decides with the person who is told. Nothing is handed on from the desk.

    The team hears of everybody who accepts.
    """

    fields = ("service",)


class NotForTheirAge(RuleBroken):
    """Under 16, only services that say they take this age can be asked. Choose one of those."""

    fields = ("service",)


class IllegalMove(RuleBroken):
    """That is no longer possible: the referral has moved on. Look at where it stands now."""

    status = 409


class ReasonNeeded(RuleBroken):
    """Choose a reason from the list."""

    fields = ("reason",)


class NotConfirmedYet(RuleBroken):
    """Nobody has asked this service yet whether it takes people. Choose another one."""

    status = 409
    fields = ("service",)


class ServiceClosed(RuleBroken):
    """This service has closed, so it takes nobody on any more. The team finds another one."""

    status = 409
    fields = ("service",)


class NoteNeeded(RuleBroken):
    """Write a few words to explain."""

    fields = ("note",)


class OutcomeNeeded(RuleBroken):
    """Say what changed for each need that was sent. If nobody knows, choose “Not known”."""


class TimeOutside(RuleBroken):
    """Choose a time after the referral was sent and not later than now."""

    fields = ("happened_at",)


class NothingNew(RuleBroken):
    """Choose what else they are told. Needs are told from the second level on."""


class NoNumber(RuleBroken):
    """The person has not agreed to be contacted, so no number can be told."""


class WrittenUp(RuleBroken):
    """There is nothing to write up: the referral has not ended, or the time for it is over."""

    status = 409


class UnknownNeed(RuleBroken):
    """Choose among the needs that are known. Others are recorded at the desk or assessed."""


class StillOpen(RuleBroken):
    """A service still has an open referral for this person. End that first, then close the case."""


class RefusalStands(RuleBroken):
    """A service said no, and nobody has taken its need since. Find another, record it, or drop it.

    Then close the case, or choose another reason.
    """


class NothingToDrop(RuleBroken):
    """That is not promised any more. Look at the case to see what is next."""

    status = 409


class StopOver(RuleBroken):
    """There is nothing to confirm: they have done so, or the person has agreed again."""

    status = 409
