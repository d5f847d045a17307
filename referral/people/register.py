"""A file of people from another register, read line by line; what cannot be read is said."""

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from referral.clock import today
from referral.people.details import Detail
from referral.people.keys import keys_of
from referral.people.searching import words_of
from referral.people.traits import Traits, called, traits

COLUMNS = [
    *("pid", "forename", "middle", "surname", "dob", "sex", "postcodes", "aliases"),
    *("s_number", "phone"),
]
SEXES = {"M", "F", "X", "U", ""}


class NotTheRegister(ValueError):
    """The first line does not name the columns of a register."""


@dataclass(frozen=True)
class OtherName:
    """A name the person has used, with the birth date they gave with it if it was another."""

    forename: str
    surname: str
    born: date | None


@dataclass(frozen=True)
class RegisterEntry:
    """One person of the register; the first postcode is where they live now."""

    reference: str
    forename: str
    middle: str
    surname: str
    born: date | None
    sex: str
    postcodes: tuple[str, ...]
    others: tuple[OtherName, ...]
    s_number: str
    phone: str

    def traits(self) -> Traits:
        """The traits by which the person is recognised."""
        names = [(self.forename, self.middle, self.surname)]
        return traits(
            [*names, *((other.forename, "", other.surname) for other in self.others)],
            [self.born, *(other.born for other in self.others)],
            self.sex,
            self.postcodes,
            [(self.phone, self.s_number)],
        )

    def words_said(self) -> Iterator[tuple[Detail, str]]:
        """What it says of where they lived and live, and of their numbers; the last counts."""
        yield from ((Detail.POSTCODE, code) for code in reversed(self.postcodes))
        numbers = {Detail.PHONE: self.phone, Detail.S_NUMBER: self.s_number}
        yield from ((detail, number) for detail, number in numbers.items() if number)

    def words(self, numbers: Traits) -> str:
        """The words under which a worker finds the person."""
        others = (part for other in self.others for part in (other.forename, other.surname))
        births = (self.born, *(other.born for other in self.others))
        return words_of((self.forename, self.middle, self.surname, *others), births, numbers)


@dataclass(frozen=True)
class Unreadable:
    """A line that is left out, and why, without a word of what stands in it."""

    line: int
    why: str


def entries(lines: Iterable[bytes], known: set[str]) -> Iterator[RegisterEntry | Unreadable]:
    """The people of a file, in order. A reference that is already known is not taken again.

    Adds each reference to the known ones. Raises NotTheRegister.
    """
    numbered = enumerate(lines, start=1)
    _, header = next(numbered, (0, b""))
    named = [name.strip(b' "').lower() for name in header.removeprefix(BOM_UTF8).split(b"\t")]
    if [name.strip() for name in named] != [name.encode() for name in COLUMNS]:
        raise NotTheRegister
    for number, line in numbered:
        if not line.strip():
            continue  # spreadsheets end with lines of nothing
        try:
            entry = _entry(line.decode("utf-8").rstrip("\r\n").split("\t"))
        except ValueError as wrong:
            yield Unreadable(number, _reason(wrong))
            continue
        if entry.reference in known:
            yield Unreadable(number, "its reference has been loaded already")
            continue
        known.add(entry.reference)
        yield entry


def only_people(
    read: Iterable[RegisterEntry | Unreadable], left_out: list[Unreadable]
) -> Iterator[RegisterEntry]:
    """The people among what was read; the rest is added to what is left out."""
    for one in read:
        if isinstance(one, Unreadable):
            left_out.append(one)
        else:
            yield one


class Recognisable(NamedTuple):
    """What a person is found by: the line of their traits, their keys and their words."""

    line: str
    keys: list[int]
    words: str


def recognisable(people: Sequence[RegisterEntry]) -> list[Recognisable]:
    """What each person is found by; most of the work of a load."""
    found = [(entry, entry.traits()) for entry in people]
    return [
        Recognisable(known.line(), list(keys_of(known)), entry.words(known))
        for entry, known in found
    ]


def _entry(fields: list[str]) -> RegisterEntry:
    if len(fields) != len(COLUMNS):
        raise _Wrong(f"it has {len(fields)} fields instead of {len(COLUMNS)}")
    if any("\0" in field for field in fields):
        raise _Wrong("it has a sign that stands for nothing (NUL)")
    fields = [field.strip().removeprefix('"').removesuffix('"').strip() for field in fields]
    reference, forename, middle, surname, born, sex, postcodes, others, s_number, phone = fields
    if not reference:
        raise _Wrong("it has no reference")
    if not any(called(forename, middle, surname)):
        raise _Wrong("it has no name")
    if sex.upper() not in SEXES:
        raise _Wrong("its sex is not M, F, X or U")
    return RegisterEntry(
        *(reference, forename, middle, surname, _day(born), sex.upper() or "U"),
        tuple(code for code in postcodes.split("|") if code),
        tuple(_other(text) for text in others.split("|") if text),
        *(s_number, phone),
    )


def _other(text: str) -> OtherName:
    parts = text.split("~")
    if len(parts) != len(("forename", "surname", "born")):
        raise _Wrong("an alias is not forename~surname~date")
    return OtherName(parts[0], parts[1], _day(parts[2]))


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise _Wrong("a date cannot be read: write it as 1985-05-31") from None
    if day and day > today():
        raise _Wrong("a birth date is in the future")
    return day


class _Wrong(ValueError):
    """Why a line cannot be read."""


def _reason(wrong: ValueError) -> str:
    return str(wrong) if isinstance(wrong, _Wrong) else "it is not UTF-8 text"
