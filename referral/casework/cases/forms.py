"""The form of an offer's answer, with what the person agrees to."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from wtforms import RadioField
from wtforms.validators import Optional

from referral.consent.actions import Agreement
from referral.consent.forms import AgreementForm, as_recorded
from referral.consent.purposes import Answer, Purpose
from referral.custody.actions import OfferDetails
from referral.custody.forms import OfferForm, Pairs, as_known, questions
from referral.custody.models import Booking
from referral.web.forms import options

NOT_CHOSEN = ("", "Choose")
ANYWAY = "later"
NO_CONTACT = Agreement(Purpose.CONTACT, Answer.REFUSED)


class AnswerForm(OfferForm, AgreementForm):
    """The offer's answer with what the person agrees to."""

    though_declined = RadioField(
        "They want no worker. Do they want to be contacted?",
        [Optional()],
        choices=options(((ANYWAY, "Yes, later, and by nobody in the cells"), ("no", "No"))),
    )

    def choose_from(self, lists: Mapping[str, Pairs]) -> None:
        """Offer the codes that are valid today, by the name of their list."""
        super().choose_from(lists)
        self.ask(questions(lists))
        self.declined_reason.choices = options([NOT_CHOSEN, *lists["declined"]])
        self.not_asked_reason.choices = options([NOT_CHOSEN, *lists["offer_not_made"]])
        self.asker.choices = options(lists["asker"])
        self.channels.choices = options(lists["contact_channel"])

    def agreements(self) -> list[Agreement]:
        """Who said, when asked which it is, that they want no contact either refuses it."""
        said = super().agreements()
        if self.though_declined.data != "no":
            return said
        return [a for a in said if a.purpose is not Purpose.CONTACT] + [NO_CONTACT]

    def details(self) -> OfferDetails:
        """The offer, and whether who declined it wants to be contacted all the same."""
        return replace(super().details(), contact_anyway=self.though_declined.data == ANYWAY)


F = TypeVar("F", bound=AnswerForm)


def offer_form(
    kind: type[F],
    lists: Mapping[str, Pairs],
    booking: Booking,
    known: Mapping[str, object],
    at: datetime,
) -> F:
    """The form with the codes that are valid today, by the name of their list.

    What is known at the desk of needs and dangers is ticked, the language is the person's own, and
    all that is `known` is filled in.
    """
    boxes = questions(lists)
    filled = {**known, **as_known(booking, boxes, at), **as_recorded(booking.person)}
    form = kind(data=filled)
    form.choose_from(lists)
    return form
