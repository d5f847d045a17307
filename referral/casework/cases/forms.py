"""The form of an offer's answer, with what the person agrees to."""

from datetime import datetime

from referral.consent.forms import AgreementForm, as_recorded
from referral.custody.forms import OfferForm, as_known, questions
from referral.custody.models import Booking
from referral.web.forms import options

NOT_CHOSEN = ("", "Choose")


class AnswerForm(OfferForm, AgreementForm):
    """The offer's answer with what the person agrees to."""


def offer_form(
    lists: dict[str, list[tuple[str, str]]], booking: Booking, at: datetime
) -> AnswerForm:
    """The form with the codes that are valid today, by the name of their list.

    What is known at the desk of needs and dangers is ticked, and the language is the person's own.
    """
    boxes = questions(lists)
    form = AnswerForm(data=as_known(booking, boxes, at) | as_recorded(booking.person))
    form.ask(boxes)
    form.declined_reason.choices = options([NOT_CHOSEN, *lists["declined"]])
    form.not_asked_reason.choices = options([NOT_CHOSEN, *lists["offer_not_made"]])
    form.asker.choices = options(lists["asker"])
    form.choose_from(lists)
    form.channels.choices = options(lists["contact_channel"])
    return form
