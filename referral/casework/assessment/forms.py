"""The assessment form, built from the code lists and instruments of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, RadioField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from referral.casework.assessment.actions import AssessmentDetails, Need, Use
from referral.casework.assessment.instruments import Instrument
from referral.casework.assessment.screen_forms import ScreensForm, screen_fields
from referral.known.actions import Saying, SayWhyLifted
from referral.known.now import About, DangerNow, NeedNow, Said
from referral.web.fields import WholeNumberField, required
from referral.web.forms import Form, TextField, options, tidy

ROWS = 3
LIMITED = (
    "Are their day-to-day activities limited by a health problem or disability that has lasted, or "
    "is expected to last, at least 12 months?"
)
Pairs = Sequence[tuple[str, str]]
UNSAID = ("unsaid", "Did not want to say")  # beside the severities, which are a list of their own
ANSWERS = (("", "Not asked"), ("yes", "Yes"), ("no", "No"), ("declined", "Did not want to say"))
HIDDEN = {"csrf_token", "submit_key", "version", "save"}


@dataclass(frozen=True)
class Known:
    """What is known before the worker asks: needs that count, and dangers, by code."""

    needs: Mapping[str, NeedNow] = field(default_factory=dict)
    dangers: Mapping[str, DangerNow] = field(default_factory=dict)

    def stands(self, danger: str) -> bool:
        """Whether somebody in danger is not out of it yet."""
        return danger in self.dangers and self.dangers[danger].stands


class AssessmentForm(ScreensForm):
    """The assessment as typed. Any field may stay open, which means: not asked."""

    place = SelectField("Where you met", [Optional()])
    ethnicity = SelectField("What is their ethnic group?", [Optional()])
    disability = SelectField(LIMITED, [Optional()])
    goal_1 = TextField("A goal in their own words", limit=200)
    goal_2 = TextField("Another goal", limit=200)
    goal_3 = TextField("A third goal", limit=200)
    strengths = TextAreaField(
        "What is going well? Do not write anything about the alleged offence",
        [Length(max=1000, message="This can be up to 1,000 characters")],
        filters=[tidy],
    )
    needs: Pairs = ()
    dangers: Pairs = ()
    before: Mapping[str, str] = {}
    known: Known = Known()

    @property
    def need_rows(self) -> list[tuple[str, str, Field, Field, Field]]:
        """Each need: its code and name, and the fields for severity, wish and "still so"."""
        return [
            (code, name, self[f"severity_{code}"], self[f"wants_{code}"], self[f"same_{code}"])
            for code, name in self.needs
        ]

    @property
    def danger_rows(self) -> list[tuple[str, Field, Field | None]]:
        """Each danger: its code, its answer, and the reason for a no, where it stands."""
        return [
            (code, self[f"danger_{code}"], self[f"why_{code}"] if self.known.stands(code) else None)
            for code, _ in self.dangers
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all can be taken; a danger that stands is not denied without a reason."""
        right = bool(super().validate(extra_validators))
        for _, answer, why in self.danger_rows:
            if why is not None and answer.data == Said.NO and not why.data:
                why.errors = [SayWhyLifted.__doc__ or ""]
                right = False
        return right

    @property
    def grid(self) -> list[tuple[Field, Field, Field]]:
        """The substance grid: substance, days and route, three times."""
        rows = range(1, ROWS + 1)
        return [(self[f"substance_{n}"], self[f"days_{n}"], self[f"route_{n}"]) for n in rows]

    def typed(self, sent: MultiDict[str, str]) -> dict[str, list[str]]:
        """Everything that was typed, valid or not, to be kept as a draft."""
        known = set(self._fields) - HIDDEN
        return {name: values for name, values in sent.lists() if name in known and any(values)}

    def details(self) -> AssessmentDetails:
        """The finished assessment; goals, substances and totals left empty are left out."""
        goals = [g for g in (self.goal_1.data, self.goal_2.data, self.goal_3.data) if g]
        return AssessmentDetails(
            self.seen_version,
            self.place.data or "",
            list(self._needs()),
            goals,
            self.strengths.data or "",
            [Use(s.data, d.data, r.data or None) for s, d, r in self.grid if s.data],
            self.points(),
            self.totals(),
            unsaid=[code for code, _, said, *_ in self.need_rows if said.data == UNSAID[0]],
            dangers=[
                Saying(About.DANGER, code, Said(answer.data), reason=why.data if why else "")
                for code, answer, why in self.danger_rows
                if answer.data
            ],
            ethnicity=self.ethnicity.data or None,
            disability=self.disability.data or None,
        )

    def _needs(self) -> Any:
        for code, _, severity, wants, same in self.need_rows:
            said = severity.data or (self.before.get(code) if same.data else None)
            if said and said != UNSAID[0]:
                yield Need(code, said, wants.data)


def assessment_form(
    lists: Mapping[str, Pairs],
    instruments: Sequence[Instrument],
    before: Mapping[str, str],
    known: Known,
    typed: Mapping[str, list[str]] | None,
) -> AssessmentForm:
    """The form with today's lists; filled from a draft; `before` is what each need weighed last."""
    told = {
        "needs": lists["need"],
        "dangers": lists["danger"],
        "instruments": instruments,
        "before": before,
        "known": known,
    }
    kind = type("AssessmentForm", (AssessmentForm,), _fields(lists, instruments) | told)
    form: AssessmentForm = kind(MultiDict(typed)) if typed else kind()
    form.place.choices = options([("", "Choose"), *lists["origin"]])
    form.ethnicity.choices = options([("", "Not asked"), *lists["ethnicity"]])
    form.disability.choices = options([("", "Not asked"), *lists["disability"]])
    return form


def _fields(lists: Mapping[str, Pairs], instruments: Sequence[Instrument]) -> dict[str, Field]:
    fields = _known_fields(lists)
    for row in range(1, ROWS + 1):
        names = options([("", "Choose"), *lists["substance"]])
        ways = options([("", "Choose"), *lists["route_of_use"]])
        fields[f"substance_{row}"] = SelectField("Substance", [Optional()], choices=names)
        fields[f"days_{row}"] = WholeNumberField("Days of the last 28", least=0, most=28)
        fields[f"route_{row}"] = SelectField("How", [Optional()], choices=ways)
    return fields | screen_fields(instruments)


def _known_fields(lists: Mapping[str, Pairs]) -> dict[str, Field]:
    """Of each need and each danger."""
    fields: dict[str, Field] = {}
    for code, name in lists["need"]:
        weights = options([("", "Not asked"), *lists["severity"], UNSAID])
        fields[f"severity_{code}"] = SelectField(name, [Optional()], choices=weights)
        fields[f"wants_{code}"] = BooleanField("Wants help")
        fields[f"same_{code}"] = BooleanField("Still so")
    for code, name in lists["danger"]:
        danger = name[:1].upper() + name[1:]
        fields[f"danger_{code}"] = SelectField(danger, [Optional()], choices=options(ANSWERS))
        fields[f"why_{code}"] = TextField("Why it does not apply any more", limit=200)
    return fields


class LicenceForm(Form):
    """Enable an instrument whose words may not be shipped."""

    instrument = RadioField("Instrument", [required("Choose the instrument")])
    licence_reference = TextField("Your licence reference", limit=200)
