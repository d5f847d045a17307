"""Forms of the offer's answer and of the case list."""

from referral.consent.actions import Agreement
from referral.consent.models import Answer, Purpose
from referral.custody.forms import OfferForm
from referral.web.forms import Form, options

AGREEMENTS = (
    (Purpose.TALK.value, "Talk to an arrest referral worker"),
    (Purpose.CONTACT.value, "Be contacted afterwards"),
    (Purpose.DESK.value, "Let custody staff see next time that they are with a service"),
    (Purpose.HISTORY.value, "Let workers see what happened before"),
    (Purpose.OUTCOME.value, "Let the service tell us how it went"),
)


class AnswerForm(OfferForm):
    """The offer's answer with what the person agrees to; what is not ticked is a no."""

    def agreements(self) -> list[Agreement]:
        """One answer for each purpose that was asked."""
        said = set(self.agreed.data or ())
        return [
            Agreement(Purpose(code), Answer.GRANTED if code in said else Answer.REFUSED)
            for code, _ in AGREEMENTS
        ]


class TakeForm(Form):
    """Take a case: only the version that was seen."""


def offer_form(declined: list[tuple[str, str]], not_asked: list[tuple[str, str]]) -> AnswerForm:
    """The form with the reasons that are valid today."""
    form = AnswerForm()
    form.declined_reason.choices = options(declined)
    form.not_asked_reason.choices = options(not_asked)
    form.agreed.choices = options(AGREEMENTS)
    return form
