"""Forms of the ways back in."""

from wtforms import EmailField, RadioField
from wtforms.validators import Length

from referral.web.fields import as_sent_if_right, required
from referral.web.forms import Form, options, tidy

MADE_SURE = (
    ("met", "I met them in person and know them, or saw their staff pass"),
    ("rang", "I rang them on a number that we already had"),
    ("leader", "Somebody I know, who leads them, met them in person and told me so"),
)


class ForgottenForm(Form):
    """The email address of the account whose password was forgotten."""

    email = EmailField(
        "Email address",
        [required("Enter your email address"), Length(max=200)],
        [tidy, as_sent_if_right],
    )


class VouchForm(Form):
    """The way in which somebody made sure that this is the user who lost their app."""

    how = RadioField(
        "How did you make sure it is them?",
        [required("Choose how you made sure it is them")],
        choices=options(MADE_SURE),
    )
