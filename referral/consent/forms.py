"""The part of a form in which the person says what they agree to."""

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Optional

from referral.consent.actions import Agreement, Circumstances, ContactRules
from referral.consent.purposes import Answer, Purpose
from referral.web.fields import Ticks
from referral.web.forms import Form, TextField, options

YES_NO = (("yes", "Yes"), ("no", "No"))
ANSWERS = {"yes": Answer.GRANTED, "no": Answer.REFUSED}


def asked(question: str) -> RadioField:
    """A question of its own; left open it was not asked, which is neither yes nor no."""
    return RadioField(question, [Optional()], choices=options(YES_NO))


class CircumstancesForm(Form):
    """How the person said what they agree to."""

    language = SelectField("Words read out in", default="en")
    given_how = SelectField("How they answered", default="spoken")
    interpreter_present = BooleanField("An interpreter was there")
    appropriate_adult = BooleanField("An appropriate adult was there")
    provisional = BooleanField("They may not be able to decide yet: a worker will confirm it later")
    capacity_note = TextField("Why? Do not write anything about the alleged offence", limit=200)

    def circumstances(self) -> Circumstances:
        """How the answers were given."""
        return Circumstances(
            language=self.language.data or "en",
            given_how=self.given_how.data or "spoken",
            interpreter=self.interpreter_present.data,
            appropriate_adult=self.appropriate_adult.data,
            provisional=self.provisional.data,
            capacity_note=self.capacity_note.data,
        )


class AgreementForm(CircumstancesForm):
    """The questions of consent, each asked by itself."""

    contact = asked("Be contacted afterwards")
    desk = asked("Custody staff may see next time that they are with a service")
    history = asked("Workers may see what happened before")
    outcome = asked("The service may tell us how it went")
    group = asked("After an overdose: the overdose group may hear of them")
    channels = Ticks("How may we reach them?")
    safe_times = TextField("When is it safe?", limit=100)
    no_message = BooleanField("Leave no message")
    no_letters = BooleanField("No letters to this address")

    def agreements(self) -> list[Agreement]:
        """One answer for each question that was asked; what was not asked is not recorded."""
        said = {
            Purpose.CONTACT: self.contact.data,
            Purpose.DESK: self.desk.data,
            Purpose.HISTORY: self.history.data,
            Purpose.OUTCOME: self.outcome.data,
            Purpose.GROUP: self.group.data,
        }
        rules = ContactRules(
            tuple(self.channels.data or ()),
            self.safe_times.data,
            self.no_message.data,
            self.no_letters.data,
        )
        return [
            Agreement(
                purpose,
                ANSWERS[word],
                rules=rules if purpose is Purpose.CONTACT else ContactRules(),
            )
            for purpose, word in said.items()
            if word in ANSWERS
        ]
