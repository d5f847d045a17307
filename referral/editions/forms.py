"""The forms of an edition, step by step."""

from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from referral.published.audiences import Audience
from referral.web.fields import DayField, MomentField, required
from referral.web.forms import Form, TextField, options

FOR_WHOM = options(
    [
        (Audience.PUBLIC.value, "Everybody: numbers under 10 are withheld"),
        (Audience.PARTNER.value, "Partners under an agreement: numbers under 5 are withheld"),
    ]
)


class ChooseForm(Form):
    """Which report, of which period, for whom, and when it is to go out."""

    report = SelectField("Report", [required("Choose a report")])
    period = SelectField("Period", [required("Choose a period")])
    area = SelectField("Area", [required("Choose an area")])
    audience = RadioField("For whom", [required("Choose for whom it is")], choices=FOR_WHOM)
    release_at = MomentField("Goes out", [Optional()])
    why_revised = TextField("Why it is corrected", limit=300)


class LeaveOutForm(Form):
    """What to do with an edition that was refused."""

    leave_out = RadioField("What to do", [required("Choose what to do")])


class WordsForm(Form):
    """The sentences, whom to ask, and when the next edition comes."""

    headline = TextField("Headline", [required("Write a headline")], limit=300)
    second = TextField("Second sentence", limit=500)
    contact = TextField("Whom to ask about it", [required("Say whom to ask")], limit=200)
    next_on = DayField("Next edition", [Optional()])


class SignForm(Form):
    """Who signs second; nobody has to for partners."""

    second = SelectField("Ask to sign second", [Optional()])
