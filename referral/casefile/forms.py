"""Forms of the case list."""

from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from referral.custody.forms import ReleaseForm
from referral.custody.models import Booking
from referral.custody.places import COURT, ways_from
from referral.known.actions import Saying
from referral.known.now import About, Said
from referral.web.fields import MomentField, required
from referral.web.forms import Form, TextField, options


class TakeForm(Form):
    """Take a case: only the version that was seen."""


class GiveForm(Form):
    """Give a case to somebody of the team, or back to the team."""

    worker = SelectField("Give to", [Optional()])


class WhereForm(ReleaseForm):
    """Where is the person now?"""

    route = RadioField("Where are they now?", [required("Choose where they are")])
    released_at = MomentField("Since", [required("Enter since when")], starts_now=True)


def where_form(stay: Booking) -> WhereForm:
    """The form with the ways on from where the person is; at the desk nobody else says it."""
    form = WhereForm()
    del form.naloxone
    ways = {} if stay.released_at else ways_from(stay.leg.place)
    form.route.choices = options(ways.items())
    if COURT not in ways:
        del form.expected_at
    return form


class DangerForm(Form):
    """Does a danger apply?"""

    danger = SelectField("Danger", [required("Choose the danger")])
    applies = RadioField(
        "Does it apply?",
        [required("Say whether it applies")],
        choices=options(((Said.YES, "Yes"), (Said.NO, "No, or not any more"))),
    )
    reason = TextField("How do you know?", limit=200)

    def saying(self) -> Saying:
        """What was said of it, by code."""
        applies = Said(self.applies.data)
        return Saying(About.DANGER, self.danger.data, applies, reason=self.reason.data)


class FindForm(Form):
    """Narrow the case list. What is searched for is sent hidden, never in an address."""

    name = TextField("Name, birth date, phone or reference", limit=80)
    centre = SelectField("Custody centre", [Optional()])
    need = SelectField("Need", [Optional()])
    council = SelectField("Home area", [Optional()])
