"""Forms of the directory."""

from datetime import date
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import Length, Optional, Regexp

from referral.access.permissions import OrganisationKind
from referral.directory.actions import (
    CapacityDetails,
    CentreDetails,
    OrganisationDetails,
    ServiceDetails,
)
from referral.directory.deadlines import Amount, Unit
from referral.web.fields import (
    DayField,
    EmailAddressField,
    PhoneField,
    Ticks,
    WholeNumberField,
    required,
)
from referral.web.forms import Form, TextField, options, tidy


def _day(label: str) -> DayField:
    return DayField(label, [Optional()])


def _words(label: str) -> TextAreaField:
    longest = Length(max=500, message=f"{label} can be up to 500 characters")
    return TextAreaField(label, [longest], filters=[tidy])


class CentreForm(Form):
    """A custody centre."""

    name = TextField("Name", [required("Enter the name")])
    council_code = SelectField("Council", [required("Choose the council")])
    kind = SelectField("Kind", [required("Choose the kind")])
    access_model = SelectField("How a worker is reached", [required("Choose how")])
    healthcare_24_7 = BooleanField("Healthcare is there round the clock")
    opened_on = _day("Opened on")
    closed_on = _day("Closed on")
    sample = BooleanField("This is a sample: nobody has checked it yet")

    def details(self) -> CentreDetails:
        """The centre as typed; an open-ended day is None."""
        return CentreDetails(
            self.name.data,
            self.council_code.data,
            self.kind.data,
            self.access_model.data,
            self.healthcare_24_7.data,
            self.opened_on.data,
            self.closed_on.data,
            self.sample.data,
        )


class OrganisationForm(Form):
    """An organisation."""

    name = TextField("Name", [required("Enter the name")])
    kind = SelectField("Kind", choices=options((k, k.capitalize()) for k in OrganisationKind))
    centres = Ticks("Custody centres that a team covers")
    councils = Ticks("Councils that a team or an ADP covers")
    closed_on = _day("Closed on")
    phone = PhoneField("Team’s phone number, shown in messages to people and on letters")
    address = TextField("Team’s address, shown on letters", limit=200)

    def details(self) -> OrganisationDetails:
        """The organisation with the numbers of its centres and the codes of its councils."""
        return OrganisationDetails(
            self.name.data,
            OrganisationKind(self.kind.data),
            [UUID(number) for number in self.centres.data or ()],
            self.councils.data or (),
            self.closed_on.data,
            self.phone.data,
            self.address.data,
        )


class CapacityForm(Form):
    """A service's own word on its capacity, who it takes and how to refer."""

    capacity = SelectField("Room for more people?", [required("Choose how it stands")])
    alert = TextField("A note for those who refer, if there is one", limit=200)
    eligibility = _words("Who it takes, in words")
    how_to_refer = _words("How to refer, in words")
    email = EmailAddressField(
        "Email address of the team that answers referrals. Another one is used only after somebody "
        "else has typed in the code that is sent there",
        [Optional()],
    )
    old_is_dead = BooleanField("Nobody reads the address until now: send nothing there any more")

    def says(self) -> CapacityDetails:
        """The service's word as typed; an empty text stays empty."""
        return CapacityDetails(
            self.capacity.data,
            self.alert.data,
            self.eligibility.data or "",
            self.how_to_refer.data or "",
            self.email.data or "",
            bool(self.old_is_dead.data),
        )


class ServiceForm(CapacityForm):
    """A service."""

    organisation_id = SelectField("Organisation", [required("Choose the organisation")])
    name = TextField("Name", [required("Enter the name")])
    needs = Ticks("Needs it meets", [required("Tick at least one need")])
    councils = Ticks("Councils it covers (none means all of Scotland)", [Optional()])
    sexes = SelectField(
        "For", choices=options([("", "Everybody"), ("F", "Women only"), ("M", "Men only")])
    )
    minimum_age = WholeNumberField("Lowest age", least=0, most=110)
    maximum_age = WholeNumberField("Highest age", least=0, most=110)
    phone = PhoneField("Phone")
    address = TextField("Address", limit=200)
    closed_on = _day("Closed on")

    def details(self) -> ServiceDetails:
        """The service with its own word; ages in whole years, None for no limit."""
        return self.details_of(UUID(self.organisation_id.data))

    def details_of(self, organisation_id: UUID) -> ServiceDetails:
        """The same as a service of this organisation."""
        return ServiceDetails(
            organisation_id=organisation_id,
            name=self.name.data,
            needs=self.needs.data or (),
            councils=self.councils.data or (),
            sexes=self.sexes.data or "",
            minimum_age=self.minimum_age.data,
            maximum_age=self.maximum_age.data,
            phone=self.phone.data,
            address=self.address.data,
            closed_on=self.closed_on.data,
            says=self.says(),
        )


class CodeForm(Form):
    """A new code of a list."""

    code = TextField(
        "Code",
        [
            required("Enter the code"),
            Regexp(r"^[A-Za-z0-9_-]*$", message="Use letters, digits, - and _ only"),
        ],
        limit=30,
    )
    label = TextField("What it is called", [required("Enter what it is called")])


class LabelForm(Form):
    """Another label for a code; left empty, the code is ended."""

    label = TextField("What to call it from today. Leave it empty to end the code")


class DeadlineForm(Form):
    """How long may it take?"""

    number = WholeNumberField(
        "How many (0 working days means the same day)",
        [required("Enter how many")],
        least=0,
        most=1000,
    )
    unit = SelectField("Of what", choices=options((u, u.capitalize()) for u in Unit))

    def amount(self) -> Amount:
        """The number and its unit."""
        return Amount(self.number.data, Unit(self.unit.data))


class DayForm(Form):
    """Is this day worked, whatever the bank holidays say?"""

    day = DayField("Day", [required("Enter the day")])
    works = RadioField(
        "What is it?",
        [required("Choose what the day is")],
        choices=options(
            (("no", "A day off"), ("yes", "A working day"), ("as is", "As the bank holidays say"))
        ),
        default="no",
    )
    reason = TextField("Why", limit=100)

    @property
    def chosen(self) -> date:
        """The day, once the form is valid."""
        return self.day.data or date.min
