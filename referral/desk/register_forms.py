"""Each line of a register read by the very fields of the booking page, with their sentences."""

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar
from uuid import UUID

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms.validators import ValidationError

from referral.clock import now
from referral.custody.actions import AuthorisedLater, AuthorisedLongAgo
from referral.custody.forms import BookingForm, Pairs
from referral.desk.register import COLUMNS, Coming, check_columns
from referral.directory.bounds import BOUNDS
from referral.people.naming import naming_of, wrong_of
from referral.web.fields import MomentField, required
from referral.web.forms import TextField, options, tidy
from referral.web.moments import Side
from referral.web.tables import Row, Table

WHOLE = re.compile(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{2,4}[ tT,]+\d{1,2}[:.]\d{2}.*")
SEXES = {"male": "M", "man": "M", "female": "F", "woman": "F", "not stated": "U"}
YES, NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0", ""})


class WholeMoment(MomentField):
    """A moment with its day and year: a file is read on another day than it was written."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises ValueError, whose sentence stands beside the field."""
        self.data = None
        if valuelist and valuelist[0].strip() and not WHOLE.fullmatch(valuelist[0].strip()):
            raise ValueError("Write day, year and time, like 24/11/2026 14:30")
        super().process_formdata(valuelist)


class LineForm(BookingForm):
    """One booking of a register."""

    custody_reference = TextField(
        "Custody reference", [required("Enter the custody reference")], limit=30
    )
    authorised_at = WholeMoment(
        "Custody authorised at", [required("Enter when custody was authorised")], side=Side.PAST
    )
    ticked: ClassVar[tuple[str, ...]] = ("no_fixed_abode", "interpreter")

    class Meta:
        """Nobody typed it into a page of ours."""

        csrf = False

    def validate_authorised_at(self, field: MomentField) -> None:
        """Raises ValidationError for what the booking would refuse."""
        if field.data and field.data > now():
            raise ValidationError(AuthorisedLater().sentence)
        if field.data and BOUNDS["authorised_at"].too_early(field.data, now()):
            raise ValidationError(AuthorisedLongAgo().sentence)

    def problems(self) -> list[str]:
        """What is wrong with the line, field by field; nothing of it is wrong with the page."""
        FlaskForm.validate(self)
        said = [f"{field.label.text}: {field.errors[0]}" for field in self if field.errors]
        return said + [f"Name: {rule().sentence}" for rule in wrong_of(self.typed)]


def coming_from(
    table: Table, centres: Mapping[str, UUID], lists: Mapping[str, Pairs]
) -> list[Coming]:
    """The bookings of a file, with centres by their names in small letters and today's lists.

    Raises NoTable.
    """
    check_columns(table.columns)
    fields = COLUMNS.fields_of(table.columns)
    return [_coming(row, fields, centres, lists["language"]) for row in table.rows]


def _coming(
    row: Row, fields: Mapping[str, str], centres: Mapping[str, UUID], languages: Pairs
) -> Coming:
    if row.wrong:
        return Coming(row.line, wrong=[row.wrong])
    said = {field: row.cells[column] for column, field in fields.items()}
    reference = tidy(said["custody_reference"])
    centre = centres.get(tidy(said.pop("centre")).lower())
    wrong = [] if centre else ["Custody centre: Write the name of one that you may book for"]
    wrong += [f"{name}: Write yes or no" for name in _neither(said)]
    form = _form(said, languages)
    wrong += form.problems()
    booking = None if wrong else form.booking()
    return Coming(row.line, reference, centre, booking, wrong)


def _neither(said: Mapping[str, str]) -> list[str]:
    """The labels of what is neither yes nor no."""
    typed = {name: said.get(name, "").lower() for name in LineForm.ticked}
    labels = {"no_fixed_abode": "No fixed abode", "interpreter": "Needs an interpreter"}
    return [labels[name] for name, word in typed.items() if word not in YES | NO]


def _form(said: Mapping[str, str], languages: Sequence[tuple[str, str]]) -> LineForm:
    """The line as if it had been typed; what is said in words becomes its code."""
    typed = dict(said)
    for name in LineForm.ticked:
        if typed.get(name, "").lower() not in YES:
            typed.pop(name, None)
    codes = {label.lower(): code for code, label in languages}
    for name, words in (("sex", SEXES), ("language", codes)):
        word = typed.get(name, "")
        typed[name] = words.get(word.lower(), word.upper() if name == "sex" else word.lower())
        if not word:
            del typed[name]
    typed["naming"] = naming_of(tidy(said["forename"]), tidy(said["surname"]))
    form = LineForm(MultiDict(typed))
    form.language.choices = options(languages)
    form.council.choices = options([("", "")])
    return form
