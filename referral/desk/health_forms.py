"""What custody healthcare sends of one person."""

from wtforms import HiddenField

from referral.web.forms import Form


class KnowsForm(Form):
    """Of which dangers does healthcare know? Those that stood on its screen."""

    dangers = HiddenField()

    @property
    def codes(self) -> list[str]:
        """Their codes."""
        return (self.dangers.data or "").split()


class NaloxoneForm(Form):
    """Was naloxone supplied or declined? By code."""

    naloxone = HiddenField()
