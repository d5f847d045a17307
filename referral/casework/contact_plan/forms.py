"""Forms of the plan to stay in touch."""

from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import Length, Optional, Regexp

from referral.casework.contact_plan.actions import PlanDetails, TryDetails
from referral.web.fields import EmailAddressField, MomentField, PhoneField, required
from referral.web.forms import Form, TextField, tidy_lines
from referral.web.moments import Side


def address_field(label: str = "Address for letters, line by line") -> TextAreaField:
    """Where a letter reaches the person: no more lines than an envelope holds."""
    lines = Regexp(r"^([^\n]*\n?){0,7}$", message="An address can have up to seven lines")
    longest = Length(max=300, message="An address can be up to 300 characters")
    return TextAreaField(label, [Optional(), longest, lines], filters=[tidy_lines])


class PlanForm(Form):
    """How do we reach them? Asked while they are still here."""

    best_way = RadioField("Best way to reach them", [required("Choose the best way")])
    phone = PhoneField()
    number_confirmed = RadioField(
        "Is the number right? Ask them now", [required("Say whether you confirmed the number")]
    )
    second_contact = TextField("Somebody else who can reach them, if they agree", limit=120)
    usual_places = TextField("Where they usually are", limit=200)
    email = EmailAddressField("Email address, if only they read it", [Optional()], limit=120)
    address = address_field()
    year_long = BooleanField("Ask again after a year as well, if they choose that")

    def details(self) -> PlanDetails:
        """The contact plan as typed; the address keeps its lines."""
        return PlanDetails(
            self.best_way.data,
            self.number_confirmed.data,
            self.phone.data,
            self.second_contact.data,
            self.usual_places.data,
            self.year_long.data,
            self.email.data or "",
            self.address.data or "",
        )


class TryForm(Form):
    """How did you try, and how did it go?"""

    channel = RadioField("How did you try?", [required("Choose how you tried")])
    result = RadioField("How did it go?", [required("Choose how it went")])
    worth_it = SelectField("Was it worth it? Ask the person", [Optional()])
    happened_at = MomentField("When", [required("Enter when you tried")], starts_now=True)

    def details(self) -> TryDetails:
        """The attempt as typed; `worth_it` is None when it was not asked."""
        return TryDetails(
            self.channel.data,
            self.result.data,
            self.happened_at.data,
            self.worth_it.data or None,
        )


class BackForm(Form):
    """When did they come back?"""

    back_at = MomentField(
        "When did they come back?", [required("Enter when they came back")], side=Side.PAST
    )
