"""The form with which the same measures are asked again."""

from collections.abc import Sequence

from referral.casework.assessment.instruments import Instrument
from referral.casework.assessment.screen_forms import ScreensForm, screen_fields
from referral.casework.change.actions import AgainDetails


class AgainForm(ScreensForm):
    """The measures as they are answered now. Any may stay open."""

    def details(self) -> AgainDetails:
        """What was answered of each."""
        return AgainDetails(self.points(), self.totals())


def again_form(instruments: Sequence[Instrument]) -> AgainForm:
    """The form of these measures, with nothing of the last time in it: it would lead the answer."""
    fields = screen_fields(instruments) | {"instruments": instruments}
    kind = type("AgainForm", (AgainForm,), fields)
    form: AgainForm = kind()
    return form
