"""The form of a booking: the offer's answer, and what was kept from the last time."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import ClassVar

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Optional

from referral.casework.cases.forms import AnswerForm, offer_form
from referral.custody.forms import SEXES
from referral.custody.models import Booking
from referral.desk.actions import StillTrue
from referral.desk.still_true import DETAILS
from referral.web.fields import PhoneField, PostcodeField
from referral.web.forms import options

KEPT = tuple(f"kept_{name}" for name in DETAILS)


class DeskForm(AnswerForm):
    """The offer's answer, and the fields that nobody typed this time: are they still true?"""

    kept_sex = RadioField("Sex", [Optional()], choices=options(SEXES))
    kept_postcode = PostcodeField()
    kept_no_fixed_abode = BooleanField("No fixed abode")
    kept_phone = PhoneField()
    kept_language = SelectField("Language", [Optional()])
    kept_interpreter = BooleanField("Needs an interpreter")
    all_right = BooleanField("They say that all of this is right")
    filled: ClassVar[tuple[str, ...]] = (*AnswerForm.filled, *KEPT)

    def keep(self, fields: Collection[str]) -> None:
        """Leave only what was kept, or typed while somebody else confirmed it.

        The address has two fields.
        """
        asked = {f"kept_{name}" for name in fields} | {n for n in KEPT if self[n].raw_data}
        if "kept_postcode" in asked:
            asked.add("kept_no_fixed_abode")
        for name in KEPT:
            if name not in asked:
                del self[name]
        if not asked:
            del self.all_right

    @property
    def kept(self) -> list[str]:
        """The names of the fields that were kept, and may be confirmed."""
        return [name for name in KEPT if name in self]

    def still_true(self) -> StillTrue | None:
        """What they say of what was kept: all of it, what they changed, or nothing."""
        right = bool(self.kept) and self.all_right.data
        said = {name.removeprefix("kept_"): self.said(name) for name in self.kept}
        said = {name: value for name, value in said.items() if value is not None}
        return StillTrue(**said, all_right=right) if said or right else None


def desk_form(
    lists: dict[str, list[tuple[str, str]]],
    booking: Booking,
    unconfirmed: Collection[str],
    at: datetime,
) -> DeskForm:
    """The form with today's codes, filled with what is known; `unconfirmed` from the last time."""
    last: Mapping[str, object] = {
        name: getattr(booking.person, name.removeprefix("kept_")) for name in KEPT
    }
    form = offer_form(DeskForm, lists, booking, last, at)
    form.kept_language.choices = options(lists["language"])
    form.keep(unconfirmed)
    return form
