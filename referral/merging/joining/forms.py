"""Which of two records is kept."""

from wtforms import RadioField
from wtforms.validators import InputRequired

from referral.web.forms import Form


class JoinForm(Form):
    """Compare, then say which one goes on."""

    kept = RadioField("Which record is kept?", [InputRequired("Choose the record that is kept")])
