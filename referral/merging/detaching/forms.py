"""The form that takes a stay off the wrong record."""

from referral.merging.detaching.actions import DetachDetails
from referral.web.fields import required
from referral.web.forms import Form, TextField


class DetachForm(Form):
    """Why is it somebody else?"""

    why = TextField("How do you know? In a few words", [required("Say how you know")], limit=120)

    def details(self) -> DetachDetails:
        """Why it is somebody else, and the version that was read."""
        return DetachDetails(self.why.data, self.seen_version)
