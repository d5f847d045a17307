"""What a mentor is asked to do."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Optional

from referral.accounts.users.models import User
from referral.casework.along.actions import GoingDetails
from referral.casework.along.goings import BECAME, ERRANDS, Became, Errand
from referral.web.fields import MomentField, required
from referral.web.forms import Form, TextField, options
from referral.web.moments import Side


class AlongForm(Form):
    """Who meets them, for what, where and when."""

    errand = RadioField("What for?", [required("Say what for")], choices=options(ERRANDS.items()))
    mentor = SelectField("Which mentor?", [Optional()])
    place = TextField("Where do they meet?", [required("Say where they meet")], limit=100)
    starts_at = MomentField("When?", side=Side.FUTURE)
    agrees = BooleanField("They agree that this mentor meets them, and knows their first name")

    def details(self) -> GoingDetails:
        """What was typed."""
        mentor = UUID(self.mentor.data) if self.mentor.data else None
        errand = Errand(self.errand.data)
        return GoingDetails(mentor, errand, self.place.data, self.starts_at.data, self.agrees.data)


def along_form(mentors: Iterable[User]) -> AlongForm:
    """The form with the mentors of the team."""
    form = AlongForm()
    named = [(str(one.id), one.name) for one in mentors]
    form.mentor.choices = options([("", "Choose"), *named])
    return form


class BecameForm(Form):
    """What came of it?"""

    became = RadioField(
        "What came of it?", [required("Say what came of it")], choices=options(BECAME.items())
    )

    def said(self) -> Became:
        """What came of it."""
        return Became(self.became.data)
