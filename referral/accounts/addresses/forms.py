"""The code to an address that was typed for a service."""

from wtforms import StringField
from wtforms.validators import Length

from referral.web.fields import required
from referral.web.forms import Form, tidy


class AddressCodeForm(Form):
    """Six digits, from the email at the new address or as they are read out on the telephone."""

    code = StringField(
        "Six digits that were sent to the new address",
        [required("Type the six digits"), Length(max=20)],
        [tidy],
    )
