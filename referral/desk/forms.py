"""The forms of the desk: who came in and how they answered; the page of a booking."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import Optional, ValidationError

from referral.casework.cases.forms import AnswerForm, offer_form
from referral.consent.forms import RulesForm
from referral.consent.names import LEVELS
from referral.consent.purposes import Level
from referral.custody.actions import WarningDetails
from referral.custody.forms import ANSWERS, SEXES, BookingForm, Pairs
from referral.custody.models import Booking
from referral.desk.actions import StillTrue
from referral.desk.already import Already, already_said
from referral.desk.sharing import NOBODY, Wish
from referral.desk.still_true import DETAILS
from referral.people.identity import Identity
from referral.web.fields import PhoneField, PostcodeField
from referral.web.forms import TextField, number_in, options

F = TypeVar("F", bound="ArrivalForm")
KEPT = tuple(f"kept_{name}" for name in DETAILS)
LISTS = (  # of the codes from which the forms of the desk choose
    *("declined", "offer_not_made", "asker", "language", "given_how", "contact_channel"),
    *("need", "desk_need", "danger", "told"),
)
OF_THE_TALK = ("told", "contact", "desk", "history", "outcome", "group", "service", "share")
HOW_MUCH = (*((level, f"Yes: {words.lower()}") for level, words in LEVELS.items()), ("no", "No"))


class TalkForm(AnswerForm):
    """What is said at the desk, whom the officer told of a danger, and where the hand goes next."""

    answer = RadioField("Their answer", [Optional()], choices=options(ANSWERS))
    told = RadioField("Who did you tell?", [Optional()], choices=[])
    service = RadioField(
        "Share with a service the person already wants?",
        [Optional()],
        choices=[],
        validate_choice=False,  # whom it takes, and whether it is open, is a rule
    )
    share = RadioField("May it be told, and how much?", [Optional()], choices=options(HOW_MUCH))
    then = HiddenField()  # the button that was pressed, where it is not the plain one

    def choose_from(self, lists: Mapping[str, Pairs]) -> None:
        """Offer the codes that are valid today, by the name of their list."""
        super().choose_from(lists)
        self.told.choices = options(lists["told"])

    @property
    def wish(self) -> Wish | None:
        """The service that is to be told, and how much; None where nobody is to be."""
        number = number_in(self.service.data or "")
        if number is None or self.share.data == "no":
            return None
        return Wish(number, next((one for one in Level if one == self.share.data), None))

    def validate_service(self, field: RadioField) -> None:
        """Raises ValidationError for what is no service at all."""
        if field.data and field.data != NOBODY and number_in(field.data) is None:
            raise ValidationError("Choose one that is on the list")

    @property
    def said_more(self) -> bool:
        """Whether anything of the talk was answered, besides the answer to the offer."""
        boxes = ((self.needs, self.needs_seen), (self.dangers, self.dangers_seen))
        ticked = any(set(box.data or ()) != set((seen.data or "").split()) for box, seen in boxes)
        return ticked or any(self[name].data for name in OF_THE_TALK)

    def needs_an_answer(self, *, alone: bool, fits: bool) -> bool:
        """What they say is kept with an answer alone; what stands `alone` needs none."""
        if self.answer.data or (alone and not self.said_more):
            return fits
        self.tell(self.answer, "Choose how the offer was answered: the rest is kept with it")
        return False

    def warning(self) -> WarningDetails | None:
        """Whom the officer has told already; None where nobody is named."""
        return WarningDetails(self.told.data) if self.told.data else None


class ArrivalForm(BookingForm, TalkForm):
    """Who came in, and the whole talk where they are asked at once; else the booking alone."""

    only_with_a_yes: ClassVar[tuple[str, ...]] = RulesForm.filled  # a number tells people apart

    @property
    def identity(self) -> Identity:
        """The identity as typed; without a yes to be contacted, a number only tells them apart."""
        typed = super().identity
        given = self.phone.data or ""
        if self.contact.data == "yes":
            return replace(typed, phone=given)
        return replace(typed, number=typed.number or given)

    @property
    def says_already(self) -> Already | None:
        """What the officer says of a stay that goes on."""
        return already_said(self.already.data)

    def validate(self, *more: Any, **named: Any) -> bool:
        """Whether all can be taken; without an answer, who it is stands alone."""
        return self.needs_an_answer(alone=True, fits=super().validate(*more, **named))

    def validate_language(self, field: SelectField) -> None:
        """Raises ValidationError where they answered to words that were not on the screen."""
        if self.answer.data:
            super().validate_language(field)


def arrival_form(lists: Mapping[str, Pairs], home: Iterable[tuple[str, str]], kind: type[F]) -> F:
    """The form of a new booking with today's codes and the councils, nothing answered yet."""
    form = kind()
    form.choose_from(lists)
    form.council.choices = options([("", "Same as the custody centre"), *home])
    form.show_rules(None)
    return form


class DeskForm(TalkForm):
    """The offer's answer, and the fields that nobody typed this time: are they still true?"""

    kept_sex = RadioField("Sex", [Optional()], choices=options(SEXES))
    kept_postcode = PostcodeField()
    kept_no_fixed_abode = BooleanField("No fixed abode")
    kept_phone = PhoneField()
    kept_language = SelectField("Language", [Optional()])
    kept_interpreter = BooleanField("Needs an interpreter")
    all_right = BooleanField("They say that all of this is right")
    cell = TextField("Cell", limit=6)
    filled: ClassVar[tuple[str, ...]] = (*AnswerForm.filled, *KEPT, "cell")

    def validate(self, *more: Any, **named: Any) -> bool:
        """Whether all can be taken; another cell, and what is still true, need no answer."""
        alone = self.touched("cell") or self.still_true() is not None
        return self.needs_an_answer(alone=alone, fits=super().validate(*more, **named))

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
    lists: Mapping[str, Pairs],
    booking: Booking,
    unconfirmed: Collection[str],
    at: datetime,
) -> DeskForm:
    """The form with today's codes, filled with what is known; `unconfirmed` from the last time."""
    last = {name: getattr(booking.person, name.removeprefix("kept_")) for name in KEPT} | {
        "cell": booking.cell
    }
    form = offer_form(DeskForm, lists, booking, last, at)
    form.kept_language.choices = options(lists["language"])
    form.keep(unconfirmed)
    return form
