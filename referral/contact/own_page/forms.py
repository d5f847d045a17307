"""Forms of the person's own page, in few and neutral words."""

from uuid import UUID

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import Optional

from referral.accounts.users.addresses import network_of
from referral.casework.contact_plan.forms import address_field
from referral.consent.forms import RulesForm
from referral.contact.own_page.actions import CardEntry, ReachDetails
from referral.contact.own_page.standing import HELPED
from referral.contact.own_page.stopped_actions import BackDetails
from referral.web.fields import BirthDateField, EmailAddressField, PhoneField, Ticks, required
from referral.web.forms import Form, TextField, options

NOBODYS = UUID(int=0)


def _number(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


class EnterForm(Form):
    """The code on the card, and a birth date."""

    code = TextField("Code", [required("Type the code")], limit=40)
    born = BirthDateField("Date of birth", [required("Type the date of birth")])

    def entry(self, address: str | None, language: str | None = None) -> CardEntry:
        """The code and birth date as typed; `address` is the network address, None if unknown."""
        return CardEntry(self.code.data, self.born.data, network_of(address or ""), language)


class ReachForm(RulesForm):
    """How may you be reached?"""

    wanted = RadioField(
        "May we contact you?",
        [required("Choose yes or no")],
        choices=options([("yes", "Yes"), ("no", "No")]),
    )
    phone = PhoneField()
    channels = Ticks("How?")
    no_letters = BooleanField("Send no letters")
    email = EmailAddressField("Email address", [Optional()], limit=120)
    address = address_field()
    filled = (*RulesForm.filled, "phone", "email", "address")

    def details(self) -> ReachDetails:
        """The person's wish to be contacted, and what they changed of how."""
        return ReachDetails(
            self.wanted.data == "yes",
            self.said("phone"),
            self.rules(),
            self.said("email"),
            self.said("address"),
        )


class AboutForm(Form):
    """A form about one of those who have the details; left empty it is about all of them."""

    about = HiddenField()

    @property
    def service_id(self) -> UUID | None:
        """Which; None for all. What is no number at all is nobody's."""
        return (_number(self.about.data) or NOBODYS) if self.about.data else None


class BackForm(Form):
    """A form about something that was stopped, and the text to which they say yes again."""

    said = HiddenField()
    words = HiddenField()

    def details(self) -> BackDetails:
        """Which, and which text; what is no number at all is nobody's."""
        return BackDetails(_number(self.said.data) or NOBODYS, _number(self.words.data))


class MeetingForm(Form):
    """A form about one appointment."""

    meeting = HiddenField()

    @property
    def number(self) -> UUID:
        """Which; what is no number at all is nobody's."""
        return _number(self.meeting.data) or NOBODYS


class WordForm(AboutForm):
    """Did it help?"""

    helped = RadioField("Did it help?", [required("Choose one")], choices=options(HELPED))
