"""The form that searches the trail."""

from uuid import UUID

from wtforms import SelectField
from wtforms.validators import Optional, Regexp

from referral.oversight.queries import TrailSearch
from referral.web.fields import DayField
from referral.web.forms import Form, TextField


class TrailForm(Form):
    """A search of the trail; sent hidden, never in an address."""

    record_id = TextField(
        "Number of a person or record",
        [Optional(), Regexp(r"^[0-9a-fA-F-]{36}$", message="Type the whole number, 36 characters")],
    )
    email = TextField("Email address of the user", limit=200)
    tag = SelectField("What was done", [Optional()])
    first = DayField("From", [Optional()])
    last = DayField("To", [Optional()])

    def found(self) -> TrailSearch:
        """The search as typed; a field that was typed wrong counts as empty."""
        good = self.validate() if self.is_submitted() else True
        number = UUID(self.record_id.data) if good and self.record_id.data else None
        return TrailSearch(
            number, self.email.data or "", self.tag.data or "", self.first.data, self.last.data
        )
