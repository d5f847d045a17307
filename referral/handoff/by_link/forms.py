"""Forms of the pages behind a link. They set no cookie: whoever sends them shows the link."""

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from referral.handoff.followup.forms import AppointmentForm, EndForm
from referral.handoff.referrals.actions import MoveDetails
from referral.handoff.referrals.states import Move
from referral.web.fields import required
from referral.web.forms import Form, tidy


class WithoutCookie:
    """A form that no other site can send, because it would need the link."""

    class Meta(Form.Meta):
        """Nothing in the session."""

        csrf = False


def _words(label: str) -> TextAreaField:
    longest = Length(max=500, message="The text can be up to 500 characters")
    return TextAreaField(label, [longest], filters=[tidy])


class AnswerForm(WithoutCookie, Form):
    """Yes, no with a reason, or a question."""

    reason = RadioField("Why can’t you?", [Optional()])
    note = _words("What would you like to ask? Please do not name the person")

    def details(self, step: Move) -> MoveDetails:
        """The move for `step`; the reason counts for a no, the note for a question."""
        reason = self.reason.data if step is Move.REJECT else None
        note = (self.note.data or "") if step is Move.ASK else ""
        return MoveDetails(step, self.seen_version, reason or None, note)


class CodeForm(WithoutCookie, Form):
    """The six digits."""

    code = StringField("Code from the email", [required("Type the code"), Length(max=20)], [tidy])


class PlainForm(WithoutCookie, Form):
    """One button."""


class LinkEndForm(WithoutCookie, EndForm):
    """How did it end, and what changed?"""

    note = _words("Anything else? Please do not name the person")


class LinkAppointmentForm(WithoutCookie, AppointmentForm):
    """When do you expect them?"""
