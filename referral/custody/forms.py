"""Forms of the booking desk."""

from uuid import UUID

from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from referral.custody.actions import BookingDetails, OfferDetails
from referral.custody.models import OfferAnswer
from referral.people.actions import Identity
from referral.web.fields import BirthDateField, MomentField, required
from referral.web.forms import Form, TextField, options

NEEDS = (
    ("DRUG", "Drugs"),
    ("ALC", "Alcohol"),
    ("MH", "Mental health"),
    ("HOUS", "Housing"),
    ("DEBT", "Money"),
)
NEW = "new"


class BookingForm(Form):
    """Who is this? With the earlier records that may be the same person as choices."""

    surname = TextField("Surname", [InputRequired("Enter the surname")], limit=80)
    forename = TextField("Forename", [InputRequired("Enter the forename")], limit=80)
    date_of_birth = BirthDateField("Date of birth")
    sex = RadioField(
        "Sex",
        choices=options(
            [("M", "Male"), ("F", "Female"), ("X", "Another way"), ("U", "Not stated")]
        ),
        default="U",
    )
    postcode = TextField("Postcode, if there is one", limit=10)
    phone = TextField("Phone number", limit=30)
    interpreter = BooleanField("Needs an interpreter")
    authorised_at = MomentField(
        "Custody authorised at", [required("Enter when custody was authorised")]
    )
    same_as = RadioField("Is it one of these people?", validators=[Optional()], choices=[])

    @property
    def identity(self) -> Identity:
        """Who the person says they are."""
        return Identity(
            forename=self.forename.data,
            surname=self.surname.data,
            date_of_birth=self.date_of_birth.data,
            sex=self.sex.data,
            postcode=self.postcode.data.upper(),
            phone=self.phone.data,
            interpreter=self.interpreter.data,
        )

    def details(self) -> BookingDetails:
        """What the action takes."""
        chosen = self.same_as.data
        same_as = UUID(chosen) if chosen and chosen != NEW else None
        return BookingDetails(self.identity, self.authorised_at.data, same_as)


class Ticks(SelectMultipleField):
    """A list of boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class OfferForm(Form):
    """How was the offer answered, what does the person agree to, and what do they need?"""

    answer = RadioField(
        "Their answer",
        [InputRequired("Choose how the offer was answered")],
        choices=options((a.value, a.value.capitalize()) for a in OfferAnswer),
    )
    declined_reason = RadioField("If they declined, why? You can leave this out", [Optional()])
    not_asked_reason = RadioField("If you did not ask, why?", [Optional()])
    ask_again_at = MomentField("Ask again at")
    agreed = Ticks("They agree to")
    needs = Ticks("They would like help with", choices=options(NEEDS))

    def details(self) -> OfferDetails:
        """What the action takes; a reason counts only for the answer that it belongs to."""
        answer = OfferAnswer(self.answer.data)
        reason = {
            OfferAnswer.DECLINED: self.declined_reason.data,
            OfferAnswer.NOT_ASKED: self.not_asked_reason.data,
        }.get(answer)
        waits = answer in {OfferAnswer.NOT_NOW, OfferAnswer.NOT_FIT}
        return OfferDetails(
            answer=answer,
            seen_version=self.seen_version,
            reason=reason,
            ask_again_at=self.ask_again_at.data if waits else None,
            needs=frozenset(self.needs.data or ()),
        )
