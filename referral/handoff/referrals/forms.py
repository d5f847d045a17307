"""Forms of the hand-off and of the service's answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from referral.consent.forms import CircumstancesForm, Listener, as_recorded
from referral.consent.names import LEVELS
from referral.consent.purposes import Level
from referral.handoff.referrals.actions import HandOffDetails
from referral.handoff.referrals.disclosing_actions import MoreDetails
from referral.handoff.referrals.matching import Fit
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.needs import KnownNeed, preset
from referral.handoff.referrals.states import Move
from referral.handoff.referrals.telling_queries import News
from referral.web.fields import MomentField, Ticks, required
from referral.web.forms import Form, TextField, options, tidy

CHOOSE = ("", "Choose a reason")
NOTHING = ("", "Nothing: do not send")


def note_field(label: str) -> TextAreaField:
    """A few lines of free text, which must say nothing about the alleged offence."""
    return TextAreaField(
        f"{label}. Do not write anything about the alleged offence",
        [Length(max=500, message="The note can be up to 500 characters")],
        filters=[tidy],
    )


@dataclass(frozen=True)
class Offer:
    """One service in the form, with the questions about it: how much it is told, of which needs."""

    fit: Fit
    level: RadioField
    needs: Ticks

    @property
    def chosen(self) -> bool:
        """Whether it is to be sent."""
        return bool(self.level.data)

    @property
    def codes(self) -> list[str]:
        """The needs that are ticked, by code."""
        return self.needs.data or []


class HandOffForm(CircumstancesForm):
    """How much may each service know, and of which needs? The safe default of each is nothing."""

    urgent = BooleanField("Urgent: answer today")
    note = note_field("A note that each of them reads")
    fits: Sequence[Fit] = ()

    @property
    def offers(self) -> list[Offer]:
        """Each service that fits, with its questions."""
        return [
            Offer(fit, self[_field_of("level", fit)], self[_field_of("needs", fit)])
            for fit in self.fits
        ]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Needs that are told are named: who is told of them, of which."""
        valid = bool(super().validate(extra_validators))
        for offer in self.offers:
            untold = offer.chosen and offer.level.data != Level.CONTACT and not offer.codes
            if untold and offer.needs.choices:
                offer.needs.errors = ["Tick the needs that they are told"]
                valid = False
        return valid

    def details(self) -> HandOffDetails:
        """The services chosen with the level and needs of each, urgency, note, how consent came."""
        chosen = [offer for offer in self.offers if offer.chosen]
        return HandOffDetails(
            {offer.fit.service.id: Level(offer.level.data) for offer in chosen},
            self.urgent.data,
            self.note.data or "",
            how=self.circumstances(),
            needs={offer.fit.service.id: offer.codes for offer in chosen},
        )


def hand_off_form(
    person: Listener,
    fits: Sequence[Fit],
    known: Sequence[KnownNeed],
    names: Mapping[str, str],
    lists: Mapping[str, Sequence[tuple[str, str]]],
) -> HandOffForm:
    """The form with two questions for each service that fits; its own needs are ticked.

    `names` are those of the needs by code.
    """
    choices = options((need.code, names.get(need.code, need.code)) for need in known)
    asked: dict[str, object] = {"fits": fits}
    for fit in fits:
        asked[_field_of("level", fit)] = RadioField(
            "How much they are told",
            [Optional()],
            choices=options([NOTHING, *LEVELS.items()]),
            default="",
        )
        asked[_field_of("needs", fit)] = Ticks(
            "For which needs", choices=choices, default=preset(known, fit.met)
        )
    form: HandOffForm = type("HandOffForm", (HandOffForm,), asked)(data=as_recorded(person))
    form.choose_from(lists)
    return form


def _field_of(question: str, fit: Fit) -> str:
    return f"{question}_{fit.service.id.hex}"


class TellForm(CircumstancesForm):
    """What else may the service know? Each thing by itself, and the person has to agree."""

    name = BooleanField("Their name")
    reach = BooleanField("How to reach them now")
    needs = Ticks("Needs that they have not been told")
    level = RadioField("How much they are told", choices=options(LEVELS.items()))
    agrees = BooleanField(
        "They have heard what will be told, and agree", [required("Ask them, then tick this")]
    )

    def details(self) -> MoreDetails:
        """What is told more, and how they agreed to it."""
        return MoreDetails(
            self.seen_version,
            Level(self.level.data),
            self.reach.data,
            tuple(self.needs.data or ()),
            self.circumstances(),
            self.name.data,
        )


def tell_form(
    person: Listener,
    news: News,
    names: Mapping[str, str],
    lists: Mapping[str, Sequence[tuple[str, str]]],
) -> TellForm:
    """The form with what is new; as much is told as before unless somebody chooses otherwise."""
    form = TellForm(data=as_recorded(person) | {"level": news.level})
    form.needs.choices = options((n.code, names.get(n.code, n.code)) for n in news.needs)
    form.choose_from(lists)
    return form


class UnmetForm(Form):
    """Which needs does no service meet, and why?"""

    unmet = Ticks("No service fits for", [required("Tick the need")])
    reason = SelectField("Why", [required("Choose a reason")])


class DropForm(Form):
    """Why need nobody else be found?"""

    reason = RadioField("Why?", [required("Choose why")])


class ChaseForm(Form):
    """Who did you speak to at the service, when, and what did they say?"""

    spoken_to = TextField(
        "Who did you speak to at the service?", [required("Enter who you spoke to")]
    )
    said = TextField("What did they say?", limit=200)
    happened_at = MomentField("When", [required("Enter when you spoke to them")], starts_now=True)

    def details(self) -> MoveDetails:
        """The call as typed."""
        note = ": ".join(filter(None, (self.spoken_to.data, self.said.data)))
        return MoveDetails(
            Move.CHASE, self.seen_version, note=note, happened_at=self.happened_at.data
        )


class CloseCaseForm(Form):
    """Why does the case end?"""

    reason = RadioField("Why does it end?", [required("Choose why the case ends")])


class AssignForm(Form):
    """The account in the service that has this referral; empty for none."""

    handler = SelectField("Who has it", [Optional()])


class MoveForm(Form):
    """One move with its reason, from the list that belongs to the move."""

    move = RadioField("What do you want to do?", [required("Choose what to do")])
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
