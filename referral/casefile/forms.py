"""Forms of the case list."""

from wtforms import SelectField
from wtforms.validators import Optional

from referral.custody.questions import NEEDS
from referral.web.forms import Form, TextField, options


class TakeForm(Form):
    """Take a case: only the version that was seen."""


class GiveForm(Form):
    """Give a case to somebody of the team, or back to the team."""

    worker = SelectField("Give to", [Optional()])


class FindForm(Form):
    """Narrow the case list. What is searched for is sent hidden, never in an address."""

    name = TextField("Name", limit=80)
    centre = SelectField("Custody centre", [Optional()])
    need = SelectField("Need", [Optional()], choices=options([("", "Any"), *NEEDS.items()]))
    council = SelectField("Home area", [Optional()])
