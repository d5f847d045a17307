"""Forms of signing in and of the accounts."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import EmailField, PasswordField, RadioField, SelectField
from wtforms.validators import Length, Optional

from referral.access.permissions import Role
from referral.accounts.users.actions import Knock, UserDetails
from referral.accounts.users.addresses import network_of
from referral.accounts.users.key_actions import KeyDetails
from referral.accounts.users.passwords import LONGEST
from referral.directory.models import Service
from referral.web.fields import EmailAddressField, as_sent_if_right, required
from referral.web.forms import Form, TextField, options, tidy

ALL = "all"


class SignInForm(Form):
    """Email address and password."""

    email = EmailField(
        "Email address",
        [required("Enter your email address"), Length(max=200)],
        [tidy, as_sent_if_right],
    )
    password = PasswordField("Password", [required("Enter your password"), Length(max=200)])

    def knock(self, address: str | None) -> Knock:
        """The attempt to sign in; `address` is where it comes from, None where that is unknown."""
        return Knock(self.email.data or "", self.password.data or "", network_of(address or ""))


class UnlockForm(Form):
    """The password of who locked this screen."""

    password = PasswordField("Password", [required("Enter your password"), Length(max=200)])


class UserForm(Form):
    """A user's name, role, organisation and centre."""

    name = TextField("Name", [required("Enter the name")])
    role = SelectField("Role", choices=options((r, r.capitalize()) for r in Role))
    organisation = SelectField("Organisation", [required("Choose the organisation")])
    centre = SelectField("Custody centre, for desk staff", [Optional()])

    def details(self) -> UserDetails:
        """The user as typed; the centre is None for everybody but desk staff."""
        return UserDetails(
            self.name.data,
            Role(self.role.data),
            UUID(self.organisation.data),
            UUID(self.centre.data) if self.centre.data else None,
        )


class InviteForm(UserForm):
    """The same with the email address of the person to invite."""

    email = EmailAddressField("Email address", [required("Enter the email address")])


class JoinForm(Form):
    """A first password, typed twice."""

    password = PasswordField(
        "A password of at least 12 characters",
        [required("Choose a password"), Length(max=LONGEST)],
    )
    again = PasswordField("Type it again", [required("Type it again"), Length(max=LONGEST)])

    def agrees(self) -> bool:
        """Whether the two were the same; else it is said beside the second."""
        if self.password.data == self.again.data:
            return True
        self.again.errors = ["The two passwords are not the same"]
        return False


class PasswordForm(JoinForm):
    """A new password in place of the old one."""

    old = PasswordField(
        "Your current password", [required("Enter your password"), Length(max=LONGEST)]
    )


class TokenForm(Form):
    """A new key for a program."""

    name = TextField("Which program is it for?", [required("Name the program")], limit=60)
    service = RadioField(
        "Whose referrals may it see and answer?", [required("Choose one service, or all")]
    )

    def offer(self, services: Iterable[Service]) -> None:
        """Let one of the services be chosen, or all; nothing is chosen beforehand."""
        each = [(str(service.id), service.name) for service in services]
        self.service.choices = options([*each, (ALL, "All services of your organisation")])

    def details(self) -> KeyDetails:
        """The key as chosen."""
        chosen = self.service.data
        return KeyDetails(self.name.data, None if chosen == ALL else UUID(chosen))


class FindForm(Form):
    """Narrow the list of accounts; sent hidden, never in an address."""

    name = TextField("Name or email address", limit=200)
