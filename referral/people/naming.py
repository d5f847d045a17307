"""How much of a name there is: all of it, one name alone, or none, and what is written instead."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

from referral.errors import RuleBroken
from referral.people.names import fold, is_named


class Naming(StrEnum):
    """What there is of somebody's name; chosen, never written as if it were a name."""

    FULL = "full"
    SINGLE = "single"
    UNKNOWN = "unknown"
    REFUSED = "refused"


CHOICES = {
    Naming.FULL: "Surname and forename",
    Naming.SINGLE: "One name only",
    Naming.UNKNOWN: "Not known",
    Naming.REFUSED: "Refuses to say",
}
NAMELESS = {Naming.UNKNOWN: "Name not known", Naming.REFUSED: "Refuses to say their name"}


class SurnameNeeded(RuleBroken):
    """Enter the surname."""

    fields = ("surname",)


class ForenameNeeded(RuleBroken):
    """Enter the forename."""

    fields = ("forename",)


class OneNameOnly(RuleBroken):
    """You chose one name only. Type it in one of the two places, and leave the other empty."""

    fields = ("naming",)


class NoNameHere(RuleBroken):
    """You typed a name. Clear it, or choose another answer."""

    fields = ("naming",)


class NotAName(RuleBroken):
    """Nobody is called that. Choose “Not known” or “Refuses to say” instead."""

    fields = ("naming",)


class Named(Protocol):
    """Who has a name, or has none, as it was typed or is recorded."""

    @property
    def forename(self) -> str: ...
    @property
    def middle(self) -> str: ...
    @property
    def surname(self) -> str: ...
    @property
    def naming(self) -> Naming: ...


def wrong_of(typed: Named) -> Iterator[type[RuleBroken]]:
    """The rules that a name breaks; none for a sound one."""
    parts = typed.forename, typed.surname
    if typed.naming in NAMELESS:
        if any((*parts, typed.middle)):
            yield NoNameHere
        return
    if typed.naming is Naming.SINGLE:
        if all(parts) or not any(parts):
            yield OneNameOnly
    else:
        if not typed.surname:
            yield SurnameNeeded
        if not typed.forename:
            yield ForenameNeeded
    if any(part and not _is_a_name(part) for part in parts):
        yield NotAName


def must_be_named(typed: Named) -> None:
    """Raises SurnameNeeded, ForenameNeeded, OneNameOnly, NoNameHere or NotAName."""
    for broken in wrong_of(typed):
        raise broken


def naming_of(forename: str, surname: str) -> Naming:
    """What there is of a name that another register wrote."""
    if forename and surname:
        return Naming.FULL
    return Naming.SINGLE if forename or surname else Naming.UNKNOWN


def name_of(named: Named, age: int | None) -> str:
    """Forename and surname, or one of them; for who has told none, words and about how old."""
    if named.naming not in NAMELESS:
        return f"{named.forename} {named.surname}".strip()
    words = NAMELESS[named.naming]
    return words if age is None else f"{words}, about {age}"


def _is_a_name(part: str) -> bool:
    """Whether it has a letter or a digit of any script, and is not the words for no name."""
    folded = fold(part)
    return bool(folded) and is_named(folded)
