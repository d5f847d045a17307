"""The form of an alert."""

from datetime import date

from wtforms import TextAreaField
from wtforms.validators import Length, Optional

from referral.alerts.actions import AlertDetails
from referral.web.fields import DayField, Ticks, required
from referral.web.forms import Form, TextField, tidy


class AlertForm(Form):
    """A danger in words, the areas that are warned of it, and the last day of the warning."""

    headline = TextField("Headline, in one line", [required("Enter the headline")], limit=80)
    text = TextAreaField(
        "What should people know and do? Do not name anybody",
        [
            required("Enter what people should know"),
            Length(max=1000, message="The text can be up to 1,000 characters"),
        ],
        filters=[tidy],
    )
    councils = Ticks("Where is it shown?", [Optional()])
    ends_on = DayField("Last day on which it is shown", [required("Enter the last day")])

    def details(self) -> AlertDetails:
        """The alert as typed; without a last day it has the earliest, which the action refuses."""
        ends_on = self.ends_on.data or date.min
        councils = self.councils.data or ()
        return AlertDetails(self.headline.data, self.text.data or "", councils, ends_on)
