"""Somebody called or came: what can be answered at the telephone in a minute, and no more."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from referral.casework.doors.actions import Coming, MessageDetails
from referral.casework.doors.models import FamilyMessage
from referral.consent.forms import BESIDE, asked
from referral.consent.purposes import Companion
from referral.custody.doors import IN_PERSON, MADE_SURE, Sure, Way
from referral.known.actions import Saying
from referral.known.now import About
from referral.people.identity import Identity
from referral.people.naming import naming_of
from referral.web.fields import BirthDateField, MomentField, PhoneField, Ticks, required
from referral.web.forms import Form, TextField, options
from referral.web.moments import Side

Pairs = Sequence[tuple[str, str]]
NOBODY = "new"
YES = {"yes": True, "no": False}


class CameForm(Form):
    """Who it is, what they agree to, what would help, and by when they are met."""

    stated_by = TextField("Which agency, and who rang?", limit=120)
    place = TextField("Which court?", limit=80)
    forename = TextField("First name", limit=80)
    surname = TextField("Surname", limit=80)
    date_of_birth = BirthDateField("Date of birth")
    phone = PhoneField()
    council = SelectField("Home area", [Optional()])
    talk = asked("We may write down what they need, and keep it")
    contact = asked("We may ring or text them on this number")
    accompanied_by = RadioField(
        "Under 16: who is with them?", [Optional()], choices=options(BESIDE), default=""
    )
    accompanied_name = TextField("Their name", limit=80)
    needs = Ticks("What would help?")
    dangers = Ticks("In danger now?")
    due_at = MomentField("By when do you meet them or ring back?", side=Side.FUTURE)

    def validate(self, *more: Any, **named: Any) -> bool:
        """Whether all can be taken; a first name alone will do."""
        fits = super().validate(*more, **named)
        if not (self.forename.data or self.surname.data):
            self.tell(self.forename, "Ask for a name. A first name alone will do")
            return False
        return fits

    @property
    def identity(self) -> Identity:
        """Who they say they are."""
        forename, surname = self.forename.data, self.surname.data
        return Identity(
            forename,
            surname,
            self.date_of_birth.data,
            phone=self.phone.data,
            council_code=self.council.data or None,
            naming=naming_of(forename, surname),
        )

    def coming(self, way: Way, message: FamilyMessage | None) -> Coming:
        """What was typed, of this way to come."""
        needs = [Saying(About.NEED, code) for code in self.needs.data or ()]
        dangers = [Saying(About.DANGER, code) for code in self.dangers.data or ()]
        beside = self.accompanied_by.data
        return Coming(
            way,
            self.identity,
            YES.get(self.talk.data),
            YES.get(self.contact.data),
            [*needs, *dangers],
            due_at=self.due_at.data if "due_at" in self else None,
            stated_by=self.stated_by.data if "stated_by" in self else "",
            place=self.place.data if "place" in self else "",
            beside=Companion(beside) if beside else None,
            beside_name=self.accompanied_name.data if beside else "",
            message=message,
        )


class AgencyForm(CameForm):
    """The same of somebody for whom an agency speaks."""

    talk = asked("They say that the person agrees: we may write down what they need")
    contact = asked("They say that the person agrees: we may ring or text them")


def came_form(way: Way, lists: Mapping[str, Pairs], home: Pairs) -> CameForm:
    """The form with what is asked of this way to come, and today's codes."""
    form = AgencyForm() if way is Way.AGENCY else CameForm()
    form.council.choices = options([("", "Not known"), *home])
    form.needs.choices = options(lists["need"])
    form.dangers.choices = options((code, name.capitalize()) for code, name in lists["danger"])
    if way is not Way.AGENCY:
        del form.stated_by
    if way is not Way.COURT:
        del form.place
    if way in IN_PERSON:
        del form.due_at
    return form


class SureForm(Form):
    """How do you know that it is them?"""

    how = RadioField("How do you know that it is them?", [required("Say how you made sure")])

    def sure(self) -> Sure:
        """How the team made sure."""
        return Sure(self.how.data)


def sure_form(held: bool) -> SureForm:
    """The form; a ring back is a choice only where the number was held before."""
    form = SureForm()
    shown = {how: words for how, words in MADE_SURE.items() if held or how is not Sure.RUNG}
    form.how.choices = options((how.value, words) for how, words in shown.items())
    return form


class EarlierForm(Form):
    """Is it one of these people?"""

    same_as = RadioField("Is it one of these people?", [required("Choose who this is")])

    @property
    def chosen(self) -> UUID | None:
        """The earlier record that is theirs; None for somebody new."""
        return None if self.same_as.data == NOBODY else UUID(self.same_as.data)


class MessageForm(Form):
    """What family or a friend asks to be passed on; nothing of it is looked up."""

    caller = TextField("Who is calling?", [required("Ask who is calling")], limit=80)
    phone = PhoneField("Their number, to ring them back")
    whom = TextField(
        "For whom, as they say it", [required("Ask for whom. A first name will do")], limit=80
    )
    words = TextField("The message", limit=300)
    due_at = MomentField("By when do you see to it?", side=Side.FUTURE)

    def details(self) -> MessageDetails:
        """The message as typed."""
        said = self.words.data
        return MessageDetails(
            self.caller.data, self.phone.data, self.whom.data, said, self.due_at.data
        )
