"""Traits that tell a person apart: every name, birth date, address and number they have had."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from referral.people.names import fold, is_named

DUMMY_YEARS = {1899, 1900, 1901, 1911, 9999}
NOT_PLAIN = re.compile(r"[^A-Z0-9]")
NO_PLACE = re.compile(r"^(?:ZZ|NF|NK|XX|QQ)")  # no area of the Post Office begins so
NOT_A_DIGIT = re.compile(r"[^0-9]")
ABROAD = re.compile(r"^(?:0044|44)0?(?=\d{9,10}$)")
OLDEST = 1880
NEW_YEAR = (1, 1)


class Called(NamedTuple):
    """One name, folded; what is not known is empty."""

    forename: str
    middle: str
    surname: str


class Traits(NamedTuple):
    """Folded and in order: what a person is now comes first, what they were called before follows.

    A birth date is eight digits, year first; a phone number has no country code; a postcode and an
    S-number have neither spaces nor strokes.
    """

    names: tuple[Called, ...]
    births: tuple[str, ...] = ()
    sex: str = ""
    postcodes: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    s_numbers: tuple[str, ...] = ()

    def line(self) -> str:
        """As it is kept beside the keys, to be read back by `of_line`."""
        names = ";".join(f"{n.forename},{n.middle},{n.surname}" for n in self.names)
        places = ";".join(self.postcodes), ";".join(self.phones), ";".join(self.s_numbers)
        return "|".join((names, ";".join(self.births), self.sex, *places))


def of_line(line: str) -> Traits:
    """The traits that `Traits.line` wrote."""
    names, births, sex, postcodes, phones, s_numbers = line.split("|")
    return Traits(
        tuple([Called(*name.split(",")) for name in names.split(";")]),
        tuple(births.split(";")) if births else (),
        sex,
        tuple(postcodes.split(";")) if postcodes else (),
        tuple(phones.split(";")) if phones else (),
        tuple(s_numbers.split(";")) if s_numbers else (),
    )


def traits(
    names: Iterable[tuple[str, str, str]],
    births: Iterable[date | None],
    sex: str,
    postcodes: Iterable[str],
    numbers: Iterable[tuple[str, str]],
) -> Traits:
    """Traits from what is written on a form or in a record.

    A name is forename, middle names and surname; numbers are pairs of phone and S-number; the first
    of each is how the person is known now.
    """
    folded = dict.fromkeys(called(*name) for name in names)
    pairs = list(numbers)
    return Traits(
        tuple(folded),
        distinct(birth(day) for day in births),
        sex if sex in {"M", "F"} else "",
        distinct(postcode(code) for code in postcodes),
        distinct(phone(number) for number, _ in pairs),
        distinct(s_number(number) for _, number in pairs),
    )


def called(forename: str, middle: str, surname: str) -> Called:
    """A name as typed, folded; the words for not knowing it are no name."""
    parts = (fold(part) for part in (forename, middle, surname))
    return Called(*(part if is_named(part) else "" for part in parts))


def birth(day: date | None) -> str:
    """A birth date for comparison; empty when unknown or a dummy, which says nothing.

    Dummies are what registers hold for "unknown": the first of January of any year, any day of
    1899, 1900, 1901, 1911 or 9999, and any date before anybody alive was born.
    """
    if day is None or day.year < OLDEST or day.year in DUMMY_YEARS:
        return ""
    if (day.month, day.day) == NEW_YEAR:
        return ""
    return day.isoformat().replace("-", "")


def postcode(text: str) -> str:
    """A postcode without spaces, in capitals; empty for those that stand for no address."""
    plain = _plain(text)
    return "" if NO_PLACE.match(plain) else plain


def phone(text: str) -> str:
    """The digits of a phone number, +44 and 0044 read as 0."""
    digits = NOT_A_DIGIT.sub("", text)
    return ABROAD.sub("0", digits) if digits.startswith(("0044", "44")) else digits


def same_number(one: str, other: str) -> bool:
    """Whether two phone numbers are one, however they are written; no number is like no other."""
    return bool(phone(one)) and phone(one) == phone(other)


def s_number(text: str) -> str:
    """An S-number (S123456/12A) without stroke and spaces."""
    return _plain(text)


def outward(folded: str) -> str:
    """The first half of a folded postcode: its district. A shorter code is its own district."""
    return folded[:-3] if len(folded) >= 5 else folded


def _plain(text: str) -> str:
    return NOT_PLAIN.sub("", text.upper())


def distinct(items: Iterable[str]) -> tuple[str, ...]:
    """Each item once, in the order of its first place, without what is empty."""
    return tuple(dict.fromkeys(item for item in items if item))
