"""Forms that put a stay right."""

from wtforms import RadioField

from referral.custody.forms import SEXES, ReleaseForm
from referral.custody.places import MISTAKES, Mistake
from referral.custody.stay_actions import MistakeDetails, TimesDetails
from referral.people.correcting_actions import Correction
from referral.people.forms import NameForm
from referral.web.fields import BirthDateField, MomentField, required
from referral.web.forms import Form, TextField, options
from referral.web.moments import Side

WHY = "Why was it wrong? In a few words"


class WhyForm(Form):
    """Why is it put right?"""

    why = TextField(WHY, [required("Say why it was wrong")], limit=120)


class CorrectForm(NameForm, WhyForm):
    """Who is it really?"""

    date_of_birth = BirthDateField("Date of birth")
    sex = RadioField("Sex", choices=options(SEXES))

    def details(self) -> Correction:
        """The person as they should have been recorded, and why."""
        return Correction(
            self.forename.data,
            self.surname.data,
            self.middle.data,
            self.date_of_birth.data,
            self.sex.data,
            self.why.data,
            self.chosen,
        )


class ExpectForm(Form):
    """When are they expected to leave?"""

    expected_at = MomentField("When do they leave, as far as is known?", side=Side.FUTURE)


class BeganForm(WhyForm):
    """Since when are they held?"""

    authorised_at = MomentField(
        "Custody authorised at", [required("Enter when custody was authorised")]
    )

    def details(self) -> TimesDetails:
        """The time in UTC, why it was wrong, and the version that was read."""
        return TimesDetails(self.authorised_at.data, self.why.data, self.seen_version)


class LeftForm(ReleaseForm):
    """How did they leave really?"""

    why = TextField(WHY, [required("Say why it was wrong")], limit=120)


class MistakeForm(Form):
    """Why should this booking never have been made?"""

    why = RadioField(
        "What happened?",
        [required("Choose what happened")],
        choices=options((mistake.value, words) for mistake, words in MISTAKES.items()),
    )

    def details(self) -> MistakeDetails:
        """Why it was a mistake, and the version that was read."""
        return MistakeDetails(Mistake(self.why.data), self.seen_version)
