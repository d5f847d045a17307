"""The form of a saved filter."""

from wtforms import BooleanField

from referral.casework.saved.actions import FilterDetails
from referral.web.fields import required
from referral.web.forms import Form, TextField

LONGEST = 60


class FilterForm(Form):
    """What it is called, and whether the list begins with it; a lead shares it with the team."""

    name = TextField("Name of the filter", [required("Enter a name")], limit=LONGEST)
    starts = BooleanField("Cases opens with it")
    shared = BooleanField("The whole team may open it")

    def details(self) -> FilterDetails:
        """What was typed and ticked."""
        shared = bool(self.shared.data) if "shared" in self else False
        return FilterDetails(self.name.data, bool(self.starts.data), shared)
