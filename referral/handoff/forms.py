"""Forms of the hand-off and of the service's answer."""

from uuid import UUID

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from referral.consent.models import Level
from referral.handoff.actions import HandOffDetails, MoveDetails
from referral.handoff.states import Move
from referral.web.forms import Form, options, tidy


class HandOffForm(Form):
    """To which service, and how much may it know?"""

    service = RadioField("Service", [InputRequired("Choose a service")])
    level = RadioField(
        "The person agrees that this service is told",
        [InputRequired("Ask the person, and choose their answer")],
        choices=options(
            [
                ("none", "Nothing"),
                (Level.CONTACT.value, "Only how to reach them"),
                (Level.SUMMARY.value, "How to reach them and what they need help with"),
                (Level.FULL.value, "All of that and their date of birth"),
            ]
        ),
    )

    def details(self) -> HandOffDetails:
        """What the action takes."""
        level = None if self.level.data == "none" else Level(self.level.data)
        return HandOffDetails(UUID(self.service.data), level)


class MoveForm(Form):
    """One move of a service with its reason, from the list that belongs to the move."""

    move = RadioField("What do you want to do?", [InputRequired("Choose what to do")])
    reason = SelectField("Reason", [Optional()])
    note = TextAreaField(
        "Note. Do not write anything about the alleged offence",
        [Length(max=500, message="The note can be up to 500 characters")],
        filters=[tidy],
    )

    def details(self) -> MoveDetails:
        """What the action takes."""
        return MoveDetails(
            Move(self.move.data), self.seen_version, self.reason.data or None, self.note.data or ""
        )
