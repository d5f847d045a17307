"""The form of an offer's answer, with what the person agrees to."""

from referral.consent.forms import AgreementForm
from referral.custody.forms import OfferForm
from referral.web.forms import options

NOT_CHOSEN = ("", "Choose")


class AnswerForm(OfferForm, AgreementForm):
    """The offer's answer with what the person agrees to."""


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
