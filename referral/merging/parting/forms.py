"""The form that says whose each later row is."""

from uuid import UUID

from referral.merging.parting.actions import PartDetails
from referral.web.fields import Ticks
from referral.web.forms import Form


class PartForm(Form):
    """The later rows: those ticked are the other person's, the rest stays with the kept record."""

    of_the_other = Ticks("What belongs to the other person?", choices=[])

    def details(self) -> PartDetails:
        """The version that was read and the numbers that were ticked."""
        ticked = frozenset(UUID(number) for number in self.of_the_other.data or ())
        return PartDetails(self.seen_version, ticked)
