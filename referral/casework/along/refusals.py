"""Rules about peer mentors; each docstring is the sentence that the user reads."""

from referral.errors import RuleBroken


class AskThemFirst(RuleBroken):
    """Ask the person: a mentor meets them only if they agree, and tick it."""

    fields = ("agrees",)


class NoMentor(RuleBroken):
    """Choose a peer mentor of your own team."""

    fields = ("mentor",)


class MeetWhen(RuleBroken):
    """Say when they meet: from now on, and within 40 days."""

    fields = ("starts_at",)


class AlongOver(RuleBroken):
    """This has been called off, or is over. Look at your list again."""

    status = 409
