"""The fields of instruments, as an assessment and a review ask them."""

from collections.abc import Mapping, Sequence

from wtforms import Field, RadioField
from wtforms.validators import Optional

from referral.casework.assessment.instruments import Instrument
from referral.web.fields import WholeNumberField
from referral.web.forms import Form, options


class ScreensForm(Form):
    """Instruments as they are answered. Any question may stay open, which means: not asked."""

    instruments: Sequence[Instrument] = ()

    def questions(self, instrument: Instrument) -> list[Field]:
        """The fields of one instrument."""
        if instrument.shell:
            return [self[f"total_{instrument.id}"]]
        return [self[f"item_{instrument.id}_{n}"] for n in range(len(instrument.questions))]

    def points(self) -> Mapping[str, Sequence[int | None]]:
        """The points of each question of what was answered at all, by the instrument's code."""
        found = {}
        for one in self.instruments:
            fields = [] if one.shell else self.questions(one)
            points = [int(field.data) if field.data else None for field in fields]
            if any(worth is not None for worth in points):
                found[one.id] = points
        return found

    def totals(self) -> Mapping[str, int]:
        """The total of each licensed form that was entered."""
        return {
            one.id: total
            for one in self.instruments
            if one.shell and (total := self[f"total_{one.id}"].data) is not None
        }


def screen_fields(instruments: Sequence[Instrument]) -> dict[str, Field]:
    """A field for each question; for a licensed form, one for its total."""
    fields: dict[str, Field] = {}
    for one in instruments:
        for number, question in enumerate(one.questions):
            answers = options((str(points), words) for words, points in question.answers)
            asked = RadioField(question.text, [Optional()], choices=answers)
            fields[f"item_{one.id}_{number}"] = asked
        if one.shell:
            fields[f"total_{one.id}"] = WholeNumberField(
                f"{one.title}: total of the form", least=0, most=one.most
            )
    return fields
