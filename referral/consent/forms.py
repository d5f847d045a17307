"""The part of a form in which the person says what they agree to."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import Optional, ValidationError

from referral.consent.actions import AS_BEFORE, Agreement, Circumstances, ContactRules, RulesSaid
from referral.consent.names import COMPANIONS
from referral.consent.purposes import Answer, Companion, Purpose
from referral.consent.words import ENGLISH
from referral.web.fields import PhoneField, Ticks
from referral.web.filled import FilledForm
from referral.web.forms import Form, TextField, options

YES_NO = (("yes", "Yes"), ("no", "No"))
BESIDE = (("", "Nobody"), *COMPANIONS.items())
ANSWERS = {"yes": Answer.GRANTED, "no": Answer.REFUSED}


def asked(question: str) -> RadioField:
    """A question of its own; left open it was not asked, which is neither yes nor no."""
    return RadioField(question, [Optional()], choices=options(YES_NO))


class Listener(Protocol):
    """The person to whom the words are read out, as recorded."""

    @property
    def language(self) -> str: ...
    @property
    def interpreter(self) -> bool: ...


def as_recorded(person: Listener) -> dict[str, Any]:
    """How the questions stand for somebody: the data of a form that nobody has typed into yet.

    Never their number, which they may have told others alone.
    """
    return {
        "language": person.language,
        "spoken": person.language,
        "interpreter_present": person.interpreter,
    }


class CircumstancesForm(Form):
    """How the person said what they agree to, and in which language they were asked."""

    language = SelectField("Words in")
    spoken = HiddenField()  # the language of the words that stood on the screen
    look = HiddenField()  # pressed instead of saving, to see other words first
    given_how = SelectField("How they answered", default="spoken")
    interpreter_present = BooleanField("An interpreter was there")
    accompanied_by = RadioField(
        "Who was there with them?", [Optional()], choices=options(BESIDE), default=""
    )
    accompanied_name = TextField("Their name", limit=80)
    provisional = BooleanField("They may not be able to decide yet: a worker will confirm it later")
    capacity_note = TextField("Why? Do not write anything about the alleged offence", limit=200)

    def choose_from(self, lists: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Offer the languages and the ways to answer that are valid today."""
        self.language.choices = options(lists["language"])
        self.given_how.choices = options(lists["given_how"])

    @property
    def looks(self) -> bool:
        """Whether somebody wants to see other words, and nothing is to be saved yet."""
        return bool(self.look.data)

    def show(self, version: int) -> None:
        """Who only looks at other words saves what they had read, and nothing newer."""
        if not self.looks:
            super().show(version)

    def validate_language(self, field: SelectField) -> None:
        """Raises ValidationError where the chosen words have not been on the screen."""
        if field.data != self.spoken.data:
            raise ValidationError("These are the words in that language. Read them out, then save")

    def turn(self) -> str:
        """The page shows the words in the chosen language from now on; returns its code."""
        field: Any = self.language
        known = {choice.value for choice in field.choices}
        language: str = field.data if field.data in known else ENGLISH
        self.spoken.data = language
        return language

    def circumstances(self) -> Circumstances:
        """How the answers were given."""
        beside = self.accompanied_by.data
        return Circumstances(
            language=self.spoken.data,
            given_how=self.given_how.data or "spoken",
            interpreter=self.interpreter_present.data,
            accompanied_by=Companion(beside) if beside else None,
            accompanied_name=self.accompanied_name.data if beside else "",
            provisional=self.provisional.data,
            capacity_note=self.capacity_note.data,
        )


class RulesForm(FilledForm):
    """How may the person be reached safely? Filled with what they said before."""

    channels = Ticks("How may we reach them?")
    safe_times = TextField("When is it safe?", limit=100)
    no_message = BooleanField("Leave no message")
    no_letters = BooleanField("No letters to this address")
    filled: ClassVar[tuple[str, ...]] = ("channels", "safe_times", "no_message", "no_letters")

    def show_rules(self, rules: ContactRules | None) -> None:
        """Fill in how to reach them, as far as the reader may see it; what was typed stays."""
        if self.is_submitted():
            return
        if rules and not self.seen.data:
            self.channels.data = list(rules.channels)
            self.safe_times.data = rules.safe_times
            self.no_message.data = rules.no_message
            self.no_letters.data = rules.no_letters
        self.was_shown()

    @property
    def says_how(self) -> bool:
        """Whether anything stands in these fields, and so must not be folded away."""
        return any(self[name].data for name in RulesForm.filled)

    def rules(self) -> RulesSaid:
        """What was said of it this time."""
        channels = self.said("channels")
        return RulesSaid(
            None if channels is None else tuple(channels),
            self.said("safe_times"),
            self.said("no_message"),
            self.said("no_letters"),
        )


class AgreementForm(RulesForm, CircumstancesForm):
    """The questions of consent, each asked by itself."""

    contact = asked("Be contacted afterwards")
    desk = asked("Custody staff may see next time that they are with a service")
    history = asked("Workers may see what happened before")
    outcome = asked("The service may tell us how it went")
    group = asked("After an overdose: the overdose group may hear of them")
    phone = PhoneField()
    filled: ClassVar[tuple[str, ...]] = (*RulesForm.filled, "phone")
    only_with_a_yes: ClassVar[tuple[str, ...]] = filled

    def validate(self, *more: Any, **named: Any) -> bool:
        """Whether all can be taken; how to reach them is not said without whether."""
        fits = super().validate(*more, **named)
        if self.contact.data or not any(map(self.touched, self.only_with_a_yes)):
            return fits
        self.tell(self.contact, "Ask whether they may be contacted: how counts only with a yes")
        return False

    def agreements(self) -> list[Agreement]:
        """One answer for each question that was asked; what was not asked is not recorded."""
        said = {
            Purpose.CONTACT: self.contact.data,
            Purpose.DESK: self.desk.data,
            Purpose.HISTORY: self.history.data,
            Purpose.OUTCOME: self.outcome.data,
            Purpose.GROUP: self.group.data,
        }
        rules = self.rules()
        return [
            Agreement(
                purpose,
                ANSWERS[word],
                rules=rules if purpose is Purpose.CONTACT else AS_BEFORE,
                phone=self.said("phone") if purpose is Purpose.CONTACT else None,
            )
            for purpose, word in said.items()
            if word in ANSWERS
        ]
