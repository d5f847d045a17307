"""The choice between the earlier records that may be somebody's, and a new one."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import HiddenField, RadioField
from wtforms.validators import Optional

from referral.web.forms import Form, options

NEW = "new"


class WhoForm(Form):
    """Is it one of these people? Of whose stay goes on: what is true?"""

    same_as = RadioField("Is it one of these people?", validators=[Optional()], choices=[])
    already = RadioField(
        "What is true?", validators=[Optional()], choices=[], validate_choice=False
    )
    shown = HiddenField()  # the earlier records that were on the screen

    def offer(self, known: Iterable[tuple[UUID, str]]) -> None:
        """These people, by number and name, are the choices; without any there is none to make."""
        named = [(str(number), name) for number, name in known]
        nobody = [(NEW, "None of these: a new person")] if named else []
        self.same_as.choices = options([*named, *nobody])

    @property
    def chosen_record(self) -> UUID | None:
        """The record that was chosen; None for a new person, and where nothing was chosen."""
        chosen = self.same_as.data
        return UUID(chosen) if chosen and chosen != NEW else None

    @property
    def decided(self) -> bool:
        """Whether the officer has said who it is: "none of these" counts for what was shown."""
        choices: Any = self.same_as.choices
        offered = {choice.value for choice in choices} - {NEW}
        if self.same_as.data == NEW and self.shown.data:
            said = offered <= set(self.shown.data.split())
        else:
            said = bool(self.same_as.data) or not offered
        if not said:
            self.tell(self.same_as, "Choose who this is, or say that it is a new person")
        return said
