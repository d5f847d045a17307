"""The form in which a worker records a call to a service."""

from wtforms import BooleanField

from referral.handoff.withdrawals.actions import CallDetails
from referral.web.fields import MomentField, required
from referral.web.forms import Form, TextField


class CallForm(Form):
    """A call that told a service to stop: to whom, when, and whether they say they have."""

    spoken_to = TextField(
        "Who did you speak to at the service?", [required("Enter who you spoke to")]
    )
    happened_at = MomentField("When", [required("Enter when you spoke to them")], starts_now=True)
    stopped = BooleanField("They say they have stopped, and deleted what they need not keep")

    def details(self) -> CallDetails:
        """The call as typed, its time in UTC."""
        return CallDetails(self.spoken_to.data, self.happened_at.data, bool(self.stopped.data))
