"""What is refused about published figures."""

from referral.errors import RuleBroken, StaleEdit


class FigureHeld(RuleBroken):
    """This source’s figure for that period is held. To change it, press Correct beside it."""

    fields = ("number",)


class FigureOver(StaleEdit):
    """Somebody has corrected this figure or taken it back. Look at the list, then start again."""


class FileHeld(RuleBroken):
    """This very file was taken in before. Nothing is added by it."""

    fields = ("file",)


class FileOver(StaleEdit):
    """Somebody has taken this file back already. Look at the list."""
