"""Fields for days, moments, numbers and addresses, read as people write them in Scotland."""

import re
from contextlib import suppress
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
    shortnumberinfo,
)
from wtforms import EmailField, SelectMultipleField, StringField
from wtforms.validators import Email, Length, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from referral.clock import now, today
from referral.web import reading
from referral.web.filters import day
from referral.web.forms import TextField, tidy
from referral.web.moments import Side, as_typed, moment

HOME = "GB"
ONLY_A_NUMBER = re.compile(r"[0+][0-9 ()./-]+")  # from its very first digit
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)(?: ?([0-9][A-Z]{2}))?")


class DayField(StringField):
    """A day, typed with the day first, by a month's name or as programs write it; may be empty."""

    data: Any
    read = staticmethod(reading.day)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises ValueError, whose sentence stands beside the field."""
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = self.read(valuelist[0], today())

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else day(self.data) if self.data else ""


class BirthDateField(DayField):
    """The birth date of somebody between 12 and 110; may be left empty."""

    read = staticmethod(reading.birth_date)


class MomentField(StringField):
    """A date and time as people type it, in Scottish time, as an aware moment; may be left empty.

    It starts with this moment where that is the likely answer (`starts_now`), else empty. A clock
    without a day is read on the `side` of now on which the moment must lie.
    """

    data: Any

    def __init__(
        self,
        label: str,
        validators: Any = (),
        *,
        starts_now: bool = False,
        side: Side | None = None,
        **more: Any,
    ):
        super().__init__(label, validators, **more)
        self.starts_now = starts_now
        self.side = side or (Side.PAST if starts_now else Side.ANY)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises ValueError for what is no time, one that the clocks skip or show twice."""
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = moment(valuelist[0], now(), self.side)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        shown = self.data or (now() if self.starts_now else None)
        return as_typed(shown) if shown else ""


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


def as_sent(address: str) -> str:
    """An e-mail address as every mail server takes it: an international domain in ASCII.

    Nobody is asked whether it exists. Raises ValueError for what is no address.
    """
    checked = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    return checked.ascii_email or checked.normalized


def as_sent_if_right(typed: str) -> str:
    """The same, and what is no address as it was typed: for who only names an address."""
    with suppress(EmailNotValidError):
        return as_sent(typed)
    return typed


class EmailAddressField(EmailField):
    """An e-mail address to which something will be sent; how it is written is checked, no more."""

    def __init__(self, label: str, validators: Any = (), limit: int = 200, **more: Any) -> None:
        longest = Length(max=limit, message=f"An email address can be up to {limit} characters")
        written = Email("Type an email address, like name@example.org", allow_smtputf8=False)
        filters = [tidy, as_sent_if_right]
        super().__init__(label, [*validators, longest, written], filters=filters, **more)


def as_said(typed: str) -> str:
    """A phone number with its spaces where people say them; words beside it leave it as typed.

    Raises ValueError for what nobody could dial: too few or too many digits, or none.
    """
    try:
        number = phonenumbers.parse(typed, HOME)
    except NumberParseException:
        raise ValueError("no number") from None
    if shortnumberinfo.is_valid_short_number_for_region(number, HOME):
        return typed  # 101 and its like
    home = number.country_code == phonenumbers.country_code_for_region(HOME)
    mobile = home and str(number.national_number).startswith("7")
    kind = PhoneNumberType.MOBILE if mobile else PhoneNumberType.UNKNOWN
    length = phonenumbers.is_possible_number_for_type_with_reason(number, kind)
    if length != ValidationResult.IS_POSSIBLE:
        raise ValueError("not as many digits as a number has")
    if number.extension or not ONLY_A_NUMBER.fullmatch(typed):
        return typed
    shape = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, shape)


class PhoneField(TextField):
    """A phone number, or empty: a desk that has no whole number goes on without one.

    That it is anybody's is not asked of it: ranges change, and the rare number may be right.
    """

    def __init__(self, label: str = "Phone number", **more: Any) -> None:
        super().__init__(label, limit=30, **more)

    def pre_validate(self, form: object) -> None:
        """Raises StopValidation, whose sentence stands beside the field; that keeps what it had."""
        del form
        if not self.data or self.data == self.object_data:
            return  # what stood there before is not for this reader to mend
        try:
            self.data = as_said(self.data)
        except ValueError:
            raise StopValidation(
                "Type the whole number, like 07700 900123. If you do not have it, leave this empty"
            ) from None


class PostcodeField(TextField):
    """A postcode, or the half that names its district, in capitals with its space; may be empty."""

    def __init__(self, label: str = "Postcode", **more: Any) -> None:
        super().__init__(label, limit=10, **more)

    def pre_validate(self, form: object) -> None:
        """Raises StopValidation, whose sentence stands beside the field; that keeps what it had."""
        del form
        if not self.data or self.data == self.object_data:
            return
        found = POSTCODE.fullmatch(self.data.upper())
        if not found:
            raise StopValidation(
                "Type a postcode like G51 2AB, or its first half. "
                "If you do not know it, leave this empty"
            )
        self.data = " ".join(filter(None, found.groups()))


class Ticks(SelectMultipleField):
    """A list of boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def required(sentence: str) -> Any:
    """A validator: something is left of what was typed, once it is tidied; else this sentence.

    What could not be read keeps its own sentence.
    """

    def check(form: object, field: Any) -> None:
        del form
        if not any(str(typed).strip() for typed in field.raw_data or ()):
            field.errors[:] = []
            raise StopValidation(sentence)
        if not field.errors and field.data in (None, "", []):
            raise StopValidation(sentence)

    return check
