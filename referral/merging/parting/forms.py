"""Whose is what came after two records were joined?"""

from uuid import UUID

from referral.merging.parting.actions import PartDetails
from referral.web.fields import Ticks
from referral.web.forms import Form


class PartForm(Form):
    """What is ticked is the other person's; the rest stays with the kept record."""

    of_the_other = Ticks("What belongs to the other person?", choices=[])

    def details(self) -> PartDetails:
        """What the action takes."""
        ticked = frozenset(UUID(number) for number in self.of_the_other.data or ())
        return PartDetails(self.seen_version, ticked)
