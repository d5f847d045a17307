"""Forms of the booking desk."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import Optional, ValidationError

from referral.clock import today
from referral.custody.actions import BookingDetails, OfferDetails, ReleaseDetails, WarningDetails
from referral.custody.leg_actions import TransferDetails
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.custody.places import COURT, LEADS_TO
from referral.custody.who_forms import WhoForm
from referral.directory.models import CustodyCentre
from referral.known.actions import Saying
from referral.known.now import About, latest_words
from referral.known.ticks import LAST, NO_OTHER, UNSAID, Boxes, ticked
from referral.people.forms import NameForm
from referral.people.identity import Identity
from referral.web.fields import (
    BirthDateField,
    MomentField,
    PhoneField,
    PostcodeField,
    Ticks,
    WholeNumberField,
    required,
)
from referral.web.forms import Form, TextField, options
from referral.web.moments import Side
from referral.web.reading import OLDEST, YOUNGEST

SEXES = (("M", "Male"), ("F", "Female"), ("X", "Another way"), ("U", "Not stated"))
ANSWERS = tuple((answer, answer.capitalize()) for answer in OfferAnswer)
Pairs = Sequence[tuple[str, str]]


class BookingForm(NameForm, WhoForm):
    """The identity of a person to book; the earlier records that may be theirs are choices."""

    date_of_birth = BirthDateField("Date of birth")
    sex = RadioField("Sex", [Optional()], choices=options(SEXES))  # left open it is not stated
    authorised_at = MomentField(
        "Custody authorised at", [required("Enter when custody was authorised")], starts_now=True
    )
    about_age = WholeNumberField("Or about how old?", least=YOUNGEST, most=OLDEST)
    postcode = PostcodeField()
    no_fixed_abode = BooleanField("No fixed abode")
    council = SelectField("Home area", [Optional()])
    number = PhoneField("Phone number, to tell them apart")
    custody_reference = TextField("Custody reference", limit=30)
    cell = TextField("Cell", limit=6)
    s_number = TextField("S-number, if known", limit=20)
    language = SelectField("Language", default="en")
    interpreter = BooleanField("Needs an interpreter")

    @property
    def identity(self) -> Identity:
        """The identity as typed."""
        age = self.about_age.data
        return Identity(
            forename=self.forename.data,
            middle=self.middle.data,
            naming=self.chosen,
            surname=self.surname.data,
            date_of_birth=self.date_of_birth.data,
            born_about=today().year - age if age else None,
            sex=self.sex.data or "U",
            postcode=self.postcode.data,
            no_fixed_abode=self.no_fixed_abode.data,
            council_code=self.council.data or None,
            number=self.number.data,
            s_number=self.s_number.data.upper(),
            language=self.language.data or "en",
            interpreter=self.interpreter.data,
        )

    def booking(self) -> BookingDetails:
        """The booking; `same_as` is None for a new person."""
        same_as, since = self.chosen_record, self.authorised_at.data
        reference, cell = self.custody_reference.data, self.cell.data
        return BookingDetails(self.identity, since, same_as, reference, cell)


class OfferForm(Form):
    """How was the offer answered, and what does the person need?"""

    answer = RadioField(
        "Their answer",
        [required("Choose how the offer was answered")],
        choices=options(ANSWERS),
    )
    asker = SelectField("Who asked?", default="custody")
    declined_reason = SelectField("Why? You can leave this out", [Optional()])
    not_asked_reason = SelectField("Why did you not ask?", [Optional()])
    ask_again_at = MomentField("Ask again at", side=Side.FUTURE)
    needs = Ticks("They would like help with")
    needs_seen = HiddenField()  # the boxes that were ticked on the screen
    dangers = Ticks("Do any of these apply?")
    dangers_seen = HiddenField()

    def validate_needs(self, field: Ticks) -> None:
        """Raises ValidationError for two words on what is not ticked."""
        if {NO_OTHER, UNSAID} <= set(field.data or ()):
            raise ValidationError("Tick “None of these” or “Did not want to say”, not both")

    validate_dangers = validate_needs

    def ask(self, boxes: Mapping[About, Pairs]) -> None:
        """Show these boxes, and the two that speak of the rest."""
        self.needs.choices = options([*boxes[About.NEED], *LAST])
        self.dangers.choices = options([*boxes[About.DANGER], *LAST])

    def catch_up(self, stand: Mapping[str, Any]) -> None:
        """Somebody else wrote meanwhile: what they ticked is ticked too, beside what was typed."""
        for field, seen in ((self.needs, self.needs_seen), (self.dangers, self.dangers_seen)):
            before, now = set((seen.data or "").split()), set(stand[field.name])
            field.data = [*({*(field.data or ())} | now - before) - (before - now)]
            seen.data = stand[seen.name]

    def _said(self, about: About, field: Any, seen: str | None) -> list[Saying]:
        shown = [one.value for one in field.choices[: -len(LAST)]]
        boxes = Boxes(shown, (seen or "").split(), field.data or ())
        return [Saying(about, code, answer) for code, answer in boxes.answers.items()]

    def details(self) -> OfferDetails:
        """The offer; a reason or a time counts only for the answer that it belongs to."""
        answer = OfferAnswer(self.answer.data)
        reason = {
            OfferAnswer.DECLINED: self.declined_reason.data,
            OfferAnswer.NOT_ASKED: self.not_asked_reason.data,
        }.get(answer)
        waits = answer in {OfferAnswer.NOT_NOW, OfferAnswer.NOT_FIT}
        said = self._said(About.NEED, self.needs, self.needs_seen.data)
        said += self._said(About.DANGER, self.dangers, self.dangers_seen.data)
        return OfferDetails(
            answer=answer,
            seen_version=self.seen_version,
            reason=reason,
            ask_again_at=self.ask_again_at.data if waits else None,
            otherwise=said,
            asker=self.asker.data or "custody",
        )


def questions(lists: Mapping[str, Pairs]) -> dict[About, Pairs]:
    """The boxes of the desk: the needs it is set to ask about, and every danger."""
    known = {code for code, _ in lists["need"]}
    return {
        About.NEED: [(code, label) for code, label in lists["desk_need"] if code in known],
        About.DANGER: [(code, label[:1].upper() + label[1:]) for code, label in lists["danger"]],
    }


def as_known(
    booking: Booking, boxes: Mapping[About, Pairs], at: datetime
) -> dict[str, list[str] | str]:
    """How the boxes stand for somebody: the data of a form that nobody has typed into yet."""
    counts = {
        About.NEED: booking.needs_at_desk,
        About.DANGER: booking.dangers_at_desk(at),
    }
    found: dict[str, list[str] | str] = {}
    for about, pairs in boxes.items():
        last = latest_words(booking.words_at_desk, about)
        stand = ticked([code for code, _ in pairs], counts[about], last)
        found[f"{about}s"] = stand
        found[f"{about}s_seen"] = " ".join(stand)
    return found


class WarningForm(Form):
    """The person who was told of the dangers, by role and perhaps by name."""

    told = RadioField("Who did you tell?", [required("Choose whom you told")])
    name = TextField("Their name, if you know it", limit=80)

    def details(self) -> WarningDetails:
        """The person told: by code, and by name if given."""
        return WarningDetails(self.told.data, self.name.data)


class LiftForm(Form):
    """Which danger does not apply any more, and why?"""

    danger = RadioField("Which one?", [required("Choose which danger")])
    reason = TextField("What did they say?", [required("Enter why it does not apply")], limit=200)


def lift_form(booking: Booking, names: Mapping[str, str], at: datetime) -> LiftForm:
    """The form with the dangers that stand in this stay, by the names of their codes."""
    form = LiftForm()
    standing = booking.dangers_at_desk(at)
    form.danger.choices = options((code, names[code].capitalize()) for code in standing)
    return form


class ReleaseForm(Form):
    """How and when did the person leave?"""

    route = RadioField("How do they leave?", [required("Choose how they leave")])
    released_at = MomentField("When", [required("Enter when they left")], starts_now=True)
    expected_at = MomentField("When does the court sit?", side=Side.FUTURE)
    note = TextField("Which court, hospital or prison?", limit=80)
    naloxone = RadioField("Take-home naloxone", [Optional()])

    def details(self) -> ReleaseDetails:
        """The route and naloxone by code, the times in UTC, and the version that was read."""
        to_court = self.route.data == COURT
        naloxone = self._fields.get("naloxone")  # asked at the desk alone
        return ReleaseDetails(
            self.route.data,
            self.released_at.data,
            (naloxone and naloxone.data) or "",
            self.seen_version,
            self.expected_at.data if to_court else None,
            self.note.data if self.route.data in LEADS_TO else "",
        )

    def naloxone_of(self, centre: CustodyCentre | None, codes: Iterable[tuple[str, str]]) -> None:
        """The answers about naloxone; a centre without healthcare has none to give."""
        self.naloxone.choices = options(codes)
        if (
            not self.is_submitted()
            and not self.naloxone.data
            and not (centre and centre.healthcare_24_7)
        ):
            self.naloxone.data = "none"


class TransferForm(Form):
    """To which other centre?"""

    centre = SelectField("Which centre?", [required("Choose the centre")])
    left_at = MomentField("Leaves at", [required("Enter when they leave")], starts_now=True)
    note = TextField("Anything its desk should know of the way", limit=120)

    def details(self) -> TransferDetails:
        """The centre by its number, the time in UTC, and the version that was read."""
        return TransferDetails(
            UUID(self.centre.data), self.left_at.data, self.seen_version, self.note.data
        )
