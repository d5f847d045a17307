"""The question before somebody reads what happened to a person who is a colleague's."""

from wtforms import RadioField
from wtforms.validators import InputRequired

from referral.web.forms import Form


class LookForm(Form):
    """Why do you look?"""

    why = RadioField("Why do you need it?", [InputRequired("Say why you need it")])
