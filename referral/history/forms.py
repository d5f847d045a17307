"""The question before somebody reads what happened to a person who is a colleague's."""

from wtforms import RadioField

from referral.web.fields import required
from referral.web.forms import Form


class LookForm(Form):
    """Why do you look?"""

    why = RadioField("Why do you need it?", [required("Say why you need it")])
