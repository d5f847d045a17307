"""Why an edition does not go on, in the words that the analyst reads."""

from referral.errors import RuleBroken


class PeriodRuns(RuleBroken):
    """This period is not over. Choose one that is."""

    fields = ("period",)


class PublishedAlready(RuleBroken):
    """This report of this period is published already. Say why it has to be corrected."""

    fields = ("why_revised",)


class NothingToCorrect(RuleBroken):
    """Nothing of this report and period is published yet, so there is nothing to correct."""

    fields = ("why_revised",)


class NotThatFar(RuleBroken):
    """This edition is not as far as that. Go on from where it stands."""

    status = 409


class DraftTooOld(RuleBroken):
    """Nobody went on with this draft for two weeks. Make a new one, with the numbers of today."""

    status = 409


class NumberWithoutACell(RuleBroken):
    """A number in this text stands nowhere in the edition. Use one that does, or none."""

    def __init__(self, field: str = "headline", number: str = "") -> None:
        super().__init__()
        self.fields = (field,)
        self.number = number

    @property
    def sentence(self) -> str:
        """The sentence with the number in it."""
        return f"“{self.number}”: {super().sentence}" if self.number else super().sentence


class NeedsASecond(RuleBroken):
    """Choose who signs second."""

    fields = ("second",)


class SomebodyElseSigns(RuleBroken):
    """The second signature is that of a colleague who was asked, not of who made the edition."""

    status = 403


class SignedAlready(RuleBroken):
    """It is signed. Change a word, and both sign anew."""

    status = 409


class RegisterMovedOn(RuleBroken):
    """Another edition was frozen meanwhile. Check this one again beside it."""

    status = 409


class OutAlready(RuleBroken):
    """It is out, and what was read cannot be taken back. Publish a correction and say why."""

    status = 409


class ReleaseTooFar(RuleBroken):
    """That is more than two years ahead. Choose a nearer moment, or leave it empty for now."""

    fields = ("release_at",)


class ReleaseBeforeFreeze(RuleBroken):
    """That moment is over. Choose when it is to go out, or leave it empty for now."""

    fields = ("release_at",)
