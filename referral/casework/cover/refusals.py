"""Rules about leave; each docstring is the sentence that the user reads."""

from referral.errors import RuleBroken


class OneselfCovers(RuleBroken):
    """Nobody covers for themselves. Choose a colleague."""

    fields = ("cover",)


class CannotCover(RuleBroken):
    """Choose somebody in your own team who works cases."""

    fields = ("cover",)


class CoverIsAway(RuleBroken):
    """They are on leave themselves on some of these days. Choose somebody who is there."""

    fields = ("cover",)


class LeaveIsOver(RuleBroken):
    """The last day is before today. Enter a day that is still to come."""

    fields = ("last_day",)


class LeaveRunsBackwards(RuleBroken):
    """The last day is before the first. Change one of them."""

    fields = ("last_day",)


class CoveredAlready(RuleBroken):
    """Somebody covers on some of these days already. End that first, or choose other days."""

    fields = ("first_day",)
    status = 409


class NotYourLeave(RuleBroken):
    """Only who is away and the team lead can arrange who covers. Ask your team lead."""


class CoverEnded(RuleBroken):
    """That has ended already. Reload the page to see who covers today."""

    status = 409
