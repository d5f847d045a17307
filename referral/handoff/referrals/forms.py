"""Forms of the hand-off and of the service's answer."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from referral.consent.forms import CircumstancesForm
from referral.consent.names import LEVELS
from referral.consent.purposes import Level
from referral.handoff.referrals.actions import HandOffDetails, MoveDetails
from referral.handoff.referrals.matching import Fit
from referral.handoff.referrals.states import Move
from referral.web.fields import Ticks
from referral.web.forms import Form, options, tidy

CHOOSE = ("", "Choose a reason")
NOTHING = ("", "Nothing: do not send")


def note_field(label: str) -> TextAreaField:
    """A few lines of free text, which must say nothing about the alleged offence."""
    return TextAreaField(
        f"{label}. Do not write anything about the alleged offence",
        [Length(max=500, message="The note can be up to 500 characters")],
        filters=[tidy],
    )


class HandOffForm(CircumstancesForm):
    """How much may each service know? The safe default of each is nothing."""

    urgent = BooleanField("Urgent: today")
    note = note_field("A note for the services")

    @property
    def levels(self) -> list[tuple[Fit, SelectField]]:
        """Each service that fits, with the question of how much it is told."""
        return [(fit, self[_field_of(fit)]) for fit in self.fits]

    fits: Sequence[Fit] = ()

    def details(self) -> HandOffDetails:
        """The services chosen with the level of each, urgency, note, and how consent was given."""
        chosen = {fit.service.id: Level(f.data) for fit, f in self.levels if f.data}
        return HandOffDetails(
            chosen, self.urgent.data, self.note.data or "", how=self.circumstances()
        )


def hand_off_form(
    fits: Sequence[Fit], lists: Mapping[str, Sequence[tuple[str, str]]]
) -> HandOffForm:
    """The form with one question for each service that fits."""
    asked = {
        _field_of(fit): SelectField(
            f"{fit.service.name} is told", [Optional()], choices=options([NOTHING, *LEVELS.items()])
        )
        for fit in fits
    }
    form: HandOffForm = type("HandOffForm", (HandOffForm,), {**asked, "fits": fits})()
    form.language.choices = options(lists["language"])
    form.given_how.choices = options(lists["given_how"])
    return form


def _field_of(fit: Fit) -> str:
    return f"level_{fit.service.id.hex}"


class UnmetForm(Form):
    """Which needs does no service meet, and why?"""

    unmet = Ticks("No service fits for", [InputRequired("Tick the need")])
    reason = SelectField("Why", [InputRequired("Choose a reason")])


class CloseCaseForm(Form):
    """Why does the case end?"""

    reason = RadioField("Why does it end?", [InputRequired("Choose why the case ends")])


class AssignForm(Form):
    """The account in the service that has this referral; empty for none."""

    handler = SelectField("Who has it", [Optional()])


class MoveForm(Form):
    """One move with its reason, from the list that belongs to the move."""

    move = RadioField("What do you want to do?", [InputRequired("Choose what to do")])
    reason = SelectField("Reason", [Optional()])
    suggested = SelectField("Would another service fit better?", [Optional()])
    note = note_field("Note")

    def details(self) -> MoveDetails:
        """The move; a reason is written "move:code" and counts for its own move only."""
        move = Move(self.move.data)
        belongs, _, code = (self.reason.data or "").partition(":")
        suggested = self.suggested.data if move is Move.REJECT else None
        return MoveDetails(
            move,
            self.seen_version,
            code if belongs == move else None,
            self.note.data or "",
            suggested_id=UUID(suggested) if suggested else None,
        )


def move_form(
    moves: Mapping[Move, str],
    reasons: Mapping[Move, Sequence[tuple[str, str]]],
    chosen: str | None = None,
    form: MoveForm | None = None,
) -> MoveForm:
    """The form with the moves that are legal now, perhaps one chosen; a reason names its move."""
    form = form or MoveForm(move=chosen)
    form.move.choices = options((move, label) for move, label in moves.items())
    grouped = [
        (f"{move}:{code}", f"{moves[move]}: {label}")
        for move, pairs in reasons.items()
        for code, label in pairs
    ]
    form.reason.choices = options([CHOOSE, *grouped])
    form.suggested.choices = options([("", "No")])
    return form
