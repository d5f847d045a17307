"""How many sheets, which sheet, and what was written on it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from referral.custody.actions import OfferDetails, WarningDetails
from referral.custody.forms import Pairs
from referral.desk.forms import ArrivalForm, arrival_form
from referral.desk.sheets import MOST
from referral.web.fields import MomentField, WholeNumberField, required
from referral.web.forms import Form, TextField
from referral.web.moments import Side


class PrintForm(Form):
    """How many sheets?"""

    how_many = WholeNumberField(
        "How many sheets?", [required("Enter how many sheets to print")], least=1, most=MOST
    )


UNKNOWN = "No sheet that was printed at this custody centre has this number. Check it"


class FindForm(Form):
    """Which sheet?"""

    number = TextField("The number on the sheet", limit=20)


class SheetForm(ArrivalForm):
    """A booking and its talk as they were written on paper, and when that was."""

    authorised_at = MomentField(
        "Custody authorised at", [required("Enter when custody was authorised")], side=Side.PAST
    )
    written_at = MomentField(
        "When was it written?", [required("Enter the time on the sheet")], side=Side.PAST
    )

    def details(self) -> OfferDetails:
        """The answer as it was given then."""
        return replace(super().details(), asked_at=self.written_at.data)

    def warning(self) -> WarningDetails | None:
        """Whom the officer told then; None where nobody is named."""
        told = super().warning()
        return replace(told, told_at=self.written_at.data) if told else None


def sheet_form(lists: Mapping[str, Pairs], home: Iterable[tuple[str, str]]) -> SheetForm:
    """The form of a sheet with today's codes and the councils, nothing answered yet."""
    return arrival_form(lists, home, SheetForm)
