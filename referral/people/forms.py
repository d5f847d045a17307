"""The fields in which a name is typed, wherever that is."""

from dataclasses import dataclass
from typing import Any

from wtforms import RadioField

from referral.people.naming import CHOICES, Naming, wrong_of
from referral.web.forms import Form, TextField, options


@dataclass(frozen=True)
class Typed:
    """A name as it was typed."""

    forename: str
    middle: str
    surname: str
    naming: Naming


class NameForm(Form):
    """A name: surname and forename, one of them, or a choice that says why there is none."""

    surname = TextField("Surname", limit=80)
    forename = TextField("Forename", limit=80)
    naming = RadioField("Their name", choices=options(CHOICES.items()), default=Naming.FULL)
    middle = TextField("Middle names", limit=80)

    @property
    def chosen(self) -> Naming:
        """What there is of the name; a word that is no choice is told by its field."""
        return Naming(self.naming.data) if self.naming.data in set(Naming) else Naming.FULL

    @property
    def typed(self) -> Typed:
        """The name as typed."""
        return Typed(self.forename.data, self.middle.data, self.surname.data, self.chosen)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is sound; what is wrong with the name stands at its field."""
        sound = super().validate(extra_validators)
        broken = list(wrong_of(self.typed))
        for rule in broken:
            self.tell(self[rule.fields[0]], rule().sentence)
        return sound and not broken
