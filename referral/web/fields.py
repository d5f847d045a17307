"""Fields for days and moments, read as people write them in Scotland."""

import re
from datetime import UTC, date, datetime
from typing import Any

from wtforms import SelectMultipleField, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from referral.clock import SCOTLAND, now, today


class BirthDateField(StringField):
    """A birth date typed as day, month, year with any marks between; may be left empty."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises ValueError, whose sentence stands beside the field."""
        parts = re.findall(r"[0-9]+", valuelist[0] if valuelist else "")
        self.data = None
        if not parts:
            return
        try:
            day, month, year = (int(part) for part in parts)
            self.data = date(year, month, day)
        except (ValueError, OverflowError):
            raise ValueError("Type the date as day month year, like 3 5 1985") from None
        if not self.data.year >= 1900 or self.data > today():
            raise ValueError("The date of birth must be in the past")

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else ""


class MomentField(StringField):
    """A date and time of the browser's own picker, in Scottish time, as an aware moment.

    It starts with this moment where that is the likely answer (`starts_now`), else empty.
    """

    data: Any

    def __init__(self, label: str, validators: Any = (), *, starts_now: bool = False, **more: Any):
        super().__init__(label, validators, **more)
        self.starts_now = starts_now

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises ValueError for what is no time, or one that the clocks skip."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            local = datetime.strptime(valuelist[0].strip(), "%Y-%m-%dT%H:%M").replace(
                tzinfo=SCOTLAND
            )
        except ValueError:
            raise ValueError("Type a date and time, like 2026-11-24T03:15") from None
        moment = local.astimezone(UTC)
        if moment.astimezone(SCOTLAND).replace(tzinfo=None) != local.replace(tzinfo=None):
            raise ValueError("The clocks went forward: that time does not exist")
        self.data = moment

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        shown = self.data or (now() if self.starts_now else None)
        return shown.astimezone(SCOTLAND).strftime("%Y-%m-%dT%H:%M") if shown else ""


class WholeNumberField(StringField):
    """A whole number between two bounds, both in; may be left empty."""

    data: Any

    def __init__(self, label: str, validators: Any = (), *, least: int, most: int, **more: Any):
        super().__init__(label, validators, **more)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises ValueError, whose sentence stands beside the field."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        wanted = f"Type a whole number from {self.least} to {self.most}"
        if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
            raise ValueError(wanted)
        if not self.least <= int(typed) <= self.most:
            raise ValueError(wanted)
        self.data = int(typed)

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else "" if self.data is None else str(self.data)


class Ticks(SelectMultipleField):
    """A list of boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def required(sentence: str) -> Any:
    """A validator: something was understood in the field, else this sentence beside it."""

    def check(form: object, field: Any) -> None:
        del form
        if not field.data and not field.errors:
            raise StopValidation(sentence)

    return check
