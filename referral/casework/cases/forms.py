"""Forms of the offer's answer and of the case list."""

from wtforms import SelectField
from wtforms.validators import Optional

from referral.consent.forms import AgreementForm
from referral.custody.forms import OfferForm
from referral.custody.questions import NEEDS
from referral.web.forms import Form, TextField, options

NOT_CHOSEN = ("", "Choose")


class AnswerForm(OfferForm, AgreementForm):
    """The offer's answer with what the person agrees to."""


class TakeForm(Form):
    """Take a case: only the version that was seen."""


class GiveForm(Form):
    """Give a case to somebody of the team, or back to the team."""

    worker = SelectField("Give to", [Optional()])


class FindForm(Form):
    """Narrow the case list. What is searched for is sent hidden, never in an address."""

    name = TextField("Name", limit=80)
    centre = SelectField("Custody centre", [Optional()])
    need = SelectField("Need", [Optional()], choices=options([("", "Any"), *NEEDS.items()]))
    council = SelectField("Home area", [Optional()])


def offer_form(lists: dict[str, list[tuple[str, str]]]) -> AnswerForm:
    """The form with the codes that are valid today, by the name of their list."""
    form = AnswerForm()
    form.declined_reason.choices = options([NOT_CHOSEN, *lists["declined"]])
    form.not_asked_reason.choices = options([NOT_CHOSEN, *lists["offer_not_made"]])
    form.asker.choices = options(lists["asker"])
    form.language.choices = options(lists["language"])
    form.given_how.choices = options(lists["given_how"])
    form.channels.choices = options(lists["contact_channel"])
    return form
