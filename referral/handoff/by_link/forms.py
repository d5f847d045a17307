"""Forms of the pages behind a link. They set no cookie: whoever sends them shows the link.

Programs that scan mail press buttons. None of these does anything by its button alone: something
has to be chosen or typed first, and nothing is chosen beforehand.
"""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from referral.handoff.by_link.actions import CameDetails
from referral.handoff.by_link.questions import Came
from referral.handoff.followup.forms import AppointmentForm, AttemptForm, EndForm
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move
from referral.web.fields import MomentField, required
from referral.web.forms import Form, tidy


class WithoutCookie:
    """A form that no other site can send, because it would need the link."""

    class Meta(Form.Meta):
        """Nothing in the session."""

        csrf = False


def _words(label: str) -> TextAreaField:
    longest = Length(max=500, message="The text can be up to 500 characters")
    return TextAreaField(label, [longest], filters=[tidy])


class Answered(WithoutCookie, Form):
    """One of several answers, some of which need a word more, which is asked for under them."""

    needs: Mapping[str, tuple[str, str]]  # by answer: the field that it needs, and what is said

    def validate(self, *more: Any, **named: Any) -> bool:
        """Whether an answer was chosen, and said with what it needs."""
        good: bool = super().validate(*more, **named)
        for answer, (name, sentence) in self.needs.items():
            if self["answer"].data == answer and not self[name].data and not self[name].errors:
                self.tell(self[name], sentence)
                good = False
        return good


class AnswerForm(Answered):
    """Yes, no with a reason, or a question; afterwards a question, or that it can no longer."""

    answer = RadioField("Your answer", [required("Choose your answer")])
    reason = RadioField("Why can’t you?", [Optional()])
    note = _words("What would you like to ask? Please do not name the person")
    needs = {
        Move.REJECT: ("reason", "Choose a reason why you can’t take it"),
        Move.CANCEL: ("reason", "Choose a reason why you can no longer"),
        Move.ASK: ("note", "Write what you would like to ask"),
    }

    def details(self) -> MoveDetails:
        """The move; the reason counts for a no, the note for a question."""
        step = Move(self.answer.data)
        reason = self.reason.data if step is not Move.ASK else None
        note = (self.note.data or "") if step is Move.ASK else ""
        return MoveDetails(step, self.seen_version, reason or None, note)


class CameForm(Answered):
    """What became of the appointment?"""

    answer = RadioField("What happened?", [required("Choose what happened")])
    not_held = RadioField("Why not?", [Optional()])
    moved_by = RadioField("Who moved it?", [Optional()])
    moved_to = MomentField("To when? Leave it empty if there is no new time")
    needs = {
        Came.NOT_HELD: ("not_held", "Choose why it did not take place"),
        Came.MOVED: ("moved_by", "Choose who moved it"),
    }

    def details(self) -> CameDetails:
        """What became of it; who moved it and to when count for a moved one only."""
        came = Came(self.answer.data)
        moved = came is Came.MOVED
        return CameDetails(
            came,
            self.seen_version,
            self.not_held.data if came is Came.NOT_HELD else None,
            self.moved_by.data if moved else None,
            self.moved_to.data if moved else None,
        )


class CodeForm(WithoutCookie, Form):
    """The six digits."""

    code = StringField(
        "Six digits from the email", [required("Type the code"), Length(max=20)], [tidy]
    )


class SureForm(WithoutCookie, Form):
    """A tick, and one button."""

    sure = BooleanField("Yes", [required("Tick the box first")])


class LinkEndForm(WithoutCookie, EndForm):
    """How did it end, and what changed?"""

    note = _words("Anything else? Please do not name the person")


class LinkAppointmentForm(WithoutCookie, AppointmentForm):
    """When do you expect them?"""


class LinkAttemptForm(WithoutCookie, AttemptForm):
    """How did you try to reach them, and how did it go?"""
