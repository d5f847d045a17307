"""Whose is what came after two records were joined?"""

from referral.parting.actions import PartDetails
from referral.web.fields import Ticks
from referral.web.forms import Form


class PartForm(Form):
    """What is ticked is the other person's; the rest stays with the kept record."""

    of_the_other = Ticks("What belongs to the other person?", choices=[])

    def details(self) -> PartDetails:
        """What the action takes."""
        return PartDetails(self.seen_version, frozenset(self.of_the_other.data or ()))
