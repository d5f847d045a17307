"""The forms of published figures: one figure, its correction, a file."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from referral.clock import today
from referral.official.actions import FigureDetails
from referral.official.daisy import Numbering
from referral.official.files import Sent, Wrong
from referral.official.places import Place
from referral.official.spans import Span, span_of
from referral.official.throughput import LONGEST, MOST, Part, Stated
from referral.web.fields import DayField, required
from referral.web.filters import counted
from referral.web.forms import Form, TextField, options, tidy
from referral.web.tables import NoTable

ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]*")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
LONGEST_NAME = 200


class SpanField(StringField):
    """A period as it is written: a year, a quarter, a month, or two days."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises ValueError, whose sentence stands beside the field."""
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = span_of(valuelist[0], today())

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""


class CountField(StringField):
    """A whole number as it is printed, with commas or without; 0 is one."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises ValueError, whose sentence stands beside the field."""
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        plain = typed.replace(",", "") if GROUPED.fullmatch(typed) else typed
        if not (plain.isascii() and plain.isdigit() and len(plain) < 10) or int(plain) > MOST:
            raise ValueError(f"Type a whole number from 0 to {MOST:,}")
        self.data = int(plain)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:,}"


def over(form: object, field: SpanField) -> None:
    """A validator: the period is over. Raises ValidationError."""
    del form
    if field.data and field.data.last >= today():
        raise ValidationError("The period is not over yet. Check it")


class SubjectForm(Form):
    """What a figure is about, and whose it is."""

    place = SelectField("Area or custody centre", [required("Choose the area or the centre")])
    span = SpanField("Period", [required("Enter the period"), over])
    definition = TextField(
        "What was counted", [required("Enter what was counted, in the words of the source")],
        limit=LONGEST,
    )  # fmt: skip
    source = TextField("Source", [required("Enter the title of the source")], limit=LONGEST)


class StatedForm(Form):
    """What a source says: how many, of which day, and where."""

    number = CountField("How many", [required("Enter the count, 0 or more")])
    published_on = DayField("Published on")
    read_on = DayField("Or, where it bears no day: read on")
    address = TextField("Web address", limit=LONGEST)
    of: Span | None = None  # the days of the figure that is corrected

    def stated(self) -> Stated:
        """What was typed."""
        return Stated(
            self.number.data, self.published_on.data, self.read_on.data, self.address.data or ""
        )

    def validate(self, *more: Any, **named: Any) -> bool:
        """Whether what was typed will do, and its days fit the period and today."""
        super().validate(*more, **named)
        self._check_days(self.last_day)
        if self.address.data and not ADDRESS.fullmatch(self.address.data):
            self.tell(self.address, "Type an address that begins with https://, or leave it empty")
        return not self.errors

    @property
    def last_day(self) -> date | None:
        """The last day that the figure is about; None where it cannot be read."""
        return self.of.last if self.of else None

    def _check_days(self, last: date | None) -> None:
        days = self.published_on, self.read_on
        if not any(field.data or field.errors for field in days):
            self.tell(self.published_on, "Enter the day on which it was published, or was read")
        for field in days:
            if field.data and field.data > today():
                self.tell(field, "That day lies ahead. Check it")
            elif field.data and last and field.data < last:
                self.tell(field, "That day lies before the end of the period. Check both")


class FigureForm(SubjectForm, StatedForm):
    """One figure of custody throughput with its source."""

    @property
    def last_day(self) -> date | None:
        """The last day of the period that was typed."""
        return self.span.data.last if self.span.data and not self.span.errors else None

    def details_of(self, place: Place) -> FigureDetails:
        """The figure that was typed, of this place."""
        part = Part(self.span.data, self.definition.data, self.source.data, self.stated())
        return FigureDetails(place, part)


class FileForm(Form):
    """A file that somebody has published."""

    file = FileField("The file, as a spreadsheet saves it (CSV)")

    def sent(self) -> Sent:
        """What was sent. Raises NoTable."""
        if not self.file.data:
            raise NoTable("Choose the file")
        name = tidy((self.file.data.filename or "").replace("\\", "/").rpartition("/")[2])
        return Sent(name[:LONGEST_NAME] or "a file without a name", self.file.data.read())

    def refuse(self, wrong: Sequence[Wrong]) -> None:
        """Nothing is taken in of a file with a mistake on some of its lines."""
        if wrong:
            lines = counted(len(wrong), "line is", "lines are")
            self.tell(self.file, f"{lines} wrong, so nothing was taken in. Put the file right")


class DaisyForm(FileForm):
    """A file of Source of Referrals, and how it numbers its quarters."""

    numbering = RadioField(
        "In this file, 2024Q3 is",
        [required("Say how the file numbers its quarters")],
        choices=options([
            (Numbering.CALENDAR, "July to September 2024: quarters of the calendar"),
            (Numbering.FINANCIAL, "October to December 2024: quarters of the year from April"),
        ]),
    )  # fmt: skip
