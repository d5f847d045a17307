"""Rules about the other doors; each docstring is the sentence that the user reads."""

from referral.errors import RuleBroken


class NothingKept(RuleBroken):
    """Without their yes nothing is written down. Leave this page: nothing of it is kept."""

    fields = ("talk",)


class ByWhen(RuleBroken):
    """Say by when you will meet them or ring back: from now on, and within 14 days."""

    fields = ("due_at",)


class WhoSaysSo(RuleBroken):
    """Say who told you that they agreed: the agency, and the name of who rang."""

    fields = ("stated_by",)


class NoTeamThere(RuleBroken):
    """No arrest referral team covers that area here. Ring one that you know of."""

    fields = ("council",)


class BookedByTheDesk(RuleBroken):
    """The desk said who this is. Ask your team lead to join records, under Duplicates."""

    status = 409


class SureAlready(RuleBroken):
    """Somebody has said already how you made sure that it is them. Reload the page."""

    status = 409


class NotHeldBefore(RuleBroken):
    """We did not hold this number before they rang, so it does not show who they are. Meet them."""

    fields = ("how",)


class NoNumberBack(RuleBroken):
    """Ask on which number to ring them back."""

    fields = ("phone",)


class MessageOver(RuleBroken):
    """This message has been dealt with already, and what it said is gone."""

    status = 409


class ClosedByHand(RuleBroken):
    """Somebody closed this case by hand. It opens again when the person comes back."""

    status = 409


class GoesOn(RuleBroken):
    """They have an open case by now. Go on there."""

    status = 409
