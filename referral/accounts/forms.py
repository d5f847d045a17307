"""The sign-in form."""

from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from referral.web.forms import Form, tidy


class SignInForm(Form):
    """Email address and password."""

    email = EmailField(
        "Email address", [InputRequired("Enter your email address"), Length(max=200)], [tidy]
    )
    password = PasswordField("Password", [InputRequired("Enter your password"), Length(max=200)])
