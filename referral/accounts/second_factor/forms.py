"""Forms of the second factor."""

from wtforms import HiddenField, PasswordField, RadioField
from wtforms.validators import Length

from referral.accounts.second_factor.actions import SetUpDetails
from referral.web.fields import required
from referral.web.forms import Form, TextField, options


class CodeForm(Form):
    """A code of the app, or one of the recovery codes."""

    code = TextField("Code", [required("Enter the code")], limit=40)


class SetUpForm(Form):
    """The first code that the app makes of the secret that this page carries, sealed."""

    sealed = HiddenField()
    code = TextField("The 6 digits your app shows now", [required("Enter the code")])

    def details(self, secret: str) -> SetUpDetails:
        """The secret that the page offered and the code that was typed."""
        return SetUpDetails(secret, self.code.data)


class OwnSetUpForm(SetUpForm):
    """The same for somebody already signed in, who gives their password again."""

    password = PasswordField("Your password", [required("Enter your password"), Length(max=200)])

    def details(self, secret: str) -> SetUpDetails:
        """The secret, the code, and the password that was typed again."""
        return SetUpDetails(secret, self.code.data, self.password.data or "")


class KeepForm(Form):
    """The choice between new recovery codes and removing the app."""

    act = RadioField(
        "What do you want to do?",
        choices=options(
            [
                ("codes", "Make new recovery codes, because the old ones are used up or lost"),
                ("remove", "Remove this app, for example because you have a new phone"),
            ]
        ),
        validators=[required("Choose one")],
    )
    password = PasswordField("Your password", [required("Enter your password"), Length(max=200)])
