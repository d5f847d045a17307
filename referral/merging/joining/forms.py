"""Which of two records is kept."""

from wtforms import RadioField

from referral.web.fields import required
from referral.web.forms import Form


class JoinForm(Form):
    """Compare, then say which one goes on."""

    kept = RadioField("Which record is kept?", [required("Choose the record that is kept")])
