"""Forms in which a service says what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from referral.casework.contact_plan.try_actions import AttemptDetails
from referral.handoff.followup.actions import AppointmentDetails, AttendanceDetails
from referral.handoff.referrals.forms import MoveForm, note_field
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import MOVE_LABELS, Move
from referral.web.fields import MomentField, WholeNumberField, required
from referral.web.forms import Form, TextField, options


class RoomsForm(Form):
    """For how many people has each service room this week? What was said this week is filled in."""

    services: Sequence[UUID] = ()

    def said(self) -> dict[UUID, int]:
        """The places that were typed, by service; what was left empty is left out."""
        typed = {number: self[room_field(number)].data for number in self.services}
        return {number: places for number, places in typed.items() if places is not None}

    def validate(self, *more: Any, **named: Any) -> bool:
        """One number at least: an empty form says nothing."""
        fits = super().validate(*more, **named)
        if fits and self.services and not self.said():
            self.tell(self[room_field(self.services[0])], HOW_MANY)
            return False
        return fits


HOW_MANY = "Enter how many places"


def room_field(service_id: UUID) -> str:
    """The name of the field for the places of one service."""
    return f"places_{service_id.hex}"


def rooms_form(known: Mapping[UUID, tuple[str, int | None]]) -> RoomsForm:
    """The form with one number for each service, by its name and what it said this week.

    What was said can be changed and not be made unsaid; what is too old to count is asked anew.
    """
    asked: dict[str, object] = {"services": tuple(known)}
    for number, (name, places) in known.items():
        again = [] if places is None else [required(HOW_MANY)]
        asked[room_field(number)] = WholeNumberField(name, again, default=places, least=0, most=99)
    form: RoomsForm = type("RoomsForm", (RoomsForm,), asked)()
    return form


class AppointmentForm(Form):
    """When and where?"""

    starts_at = MomentField("Date and time", [required("Enter the date and time")])
    place = TextField("Where", limit=120)

    def details(self) -> AppointmentDetails:
        """The appointment as typed, its time in UTC."""
        return AppointmentDetails(self.starts_at.data, self.place.data)


class CameForm(Form):
    """Did they come? One button each."""

    came = RadioField(
        "Did they come?",
        [required("Say whether they came")],
        choices=options((("yes", "Came"), ("no", "Did not come"))),
    )

    def details(self) -> AttendanceDetails:
        """An appointment that took place, and whether they came."""
        return AttendanceDetails(True, self.seen_version, came=self.came.data == "yes")


class NotHeldForm(Form):
    """Why did it not take place, who moved it, and to when?"""

    not_held = RadioField("Why not?", [required("Choose why it did not take place")])
    moved_by = SelectField("Who moved it?", [Optional()])
    moved_to = MomentField("Moved to. Leave it empty if there is no new time")

    def details(self) -> AttendanceDetails:
        """An appointment that did not take place: why, who moved it, and the new time if any."""
        return AttendanceDetails(
            False,
            self.seen_version,
            not_held=self.not_held.data,
            moved_by=self.moved_by.data or None,
            moved_to=self.moved_to.data,
        )


class AttemptForm(Form):
    """How did you try to reach them, and how did it go?"""

    channel = RadioField("How did you try?", [required("Choose how you tried")])
    result = RadioField("How did it go?", [required("Choose how it went")])
    happened_at = MomentField("When", [required("Enter when you tried")], starts_now=True)

    def details(self) -> AttemptDetails:
        """The attempt: channel and result by code, the time in UTC."""
        return AttemptDetails(self.channel.data, self.result.data, self.happened_at.data)


class ChangesForm(Form):
    """What changed for each need?"""

    needs: Sequence[str] = ()

    @property
    def changes(self) -> list[RadioField]:
        """The question of what changed, one for each need of the referral."""
        return [self[f"change_{need}"] for need in self.needs]

    @property
    def said(self) -> dict[str, str]:
        """The changes that were said, need by need."""
        answers = {need: self[f"change_{need}"].data for need in self.needs}
        return {need: change for need, change in answers.items() if change}


class EndForm(ChangesForm):
    """How did it end, and what changed for each need?"""

    move = RadioField(
        "How does it end?",
        [required("Choose how it ends")],
        choices=options((m, MOVE_LABELS[m]) for m in (Move.COMPLETE, Move.FAIL)),
    )
    reason = SelectField("Reason", [required("Choose a reason")])
    note = note_field("Note")

    def details(self) -> MoveDetails:
        """The ending with its changes, need by need; a reason counts for its own ending only."""
        belongs, _, code = (self.reason.data or "").partition(":")
        return MoveDetails(
            Move(self.move.data),
            self.seen_version,
            code if belongs == self.move.data else None,
            self.note.data or "",
            changes=self.said,
        )


SAID_AT = "When did the service tell you?"


class ReplyForm(MoveForm):
    """A service's reply by letter or phone, typed in by a worker with the service's own time."""

    happened_at = MomentField(SAID_AT, [required("Enter when they told you")], starts_now=True)

    def details(self) -> MoveDetails:
        """The move, at the time when the service said so, in UTC."""
        return replace(super().details(), happened_at=self.happened_at.data)


class ReplyEndForm(EndForm):
    """The same for an ending."""

    happened_at = MomentField(SAID_AT, [required("Enter when they told you")], starts_now=True)

    def details(self) -> MoveDetails:
        """The ending, at the time when the service said so, in UTC."""
        return replace(super().details(), happened_at=self.happened_at.data)


F = TypeVar("F", bound=EndForm)


def end_form(
    needs: Sequence[tuple[str, str]],
    changes: Sequence[tuple[str, str]],
    reasons: Sequence[tuple[str, str]],
    *,
    base: type[F],
) -> F:
    """The form with one question a need, by code and label."""
    form: F = type("EndForm", (base,), _questions(needs, changes))()
    form.reason.choices = options([("", "Choose a reason"), *reasons])
    return form


def write_up_form(
    needs: Sequence[tuple[str, str]],
    changes: Sequence[tuple[str, str]],
    said: Mapping[str, str],
) -> ChangesForm:
    """The same questions after the end, with what was said last."""
    known = {f"change_{need}": change for need, change in said.items()}
    form: ChangesForm = type("WriteUpForm", (ChangesForm,), _questions(needs, changes))(data=known)
    return form


def _questions(
    needs: Sequence[tuple[str, str]], changes: Sequence[tuple[str, str]]
) -> dict[str, object]:
    asked: dict[str, object] = {
        f"change_{code}": RadioField(
            f"{label}: what changed?",
            [required("Say what changed. If nobody knows, choose “Not known”")],
            choices=options(changes),
        )
        for code, label in needs
    }
    return asked | {"needs": [code for code, _ in needs]}
