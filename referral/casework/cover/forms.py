"""The form of a leave."""

from wtforms import SelectField

from referral.web.fields import DayField, required
from referral.web.forms import Form


class CoverForm(Form):
    """Who is away, where somebody may say it for others; who covers; the days."""

    absent = SelectField("Who is away?", [required("Choose who is away")])
    cover = SelectField("Who covers?", [required("Choose who covers")])
    first_day = DayField("First day away", [required("Enter the first day")])
    last_day = DayField("Last day away", [required("Enter the last day")])
