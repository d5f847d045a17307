"""The one question. The page sets no cookie: whoever sends it shows the link."""

from wtforms import RadioField

from referral.contact.worth_it.actions import WorthDetails
from referral.web.fields import required
from referral.web.forms import Form, TextField, options

ANSWERS = (("yes", "Yes"), ("partly", "Partly"), ("no", "No"))
LONGEST = 200


class WorthForm(Form):
    """Was it worth it?"""

    answer = RadioField("Was it worth it?", [required("Choose one")], choices=options(ANSWERS))
    changed = TextField("What changed? A few words, if you like", limit=LONGEST)

    def details(self) -> WorthDetails:
        """The answer by code, and what changed in the person's own words."""
        return WorthDetails(self.answer.data, self.changed.data)


class LinkWorthForm(WorthForm):
    """The same behind a link, which no other site can know."""

    class Meta(Form.Meta):
        """Nothing in the session."""

        csrf = False
