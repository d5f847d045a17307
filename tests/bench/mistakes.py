"""What an officer of the unseen town types: the mistakes, and how often each is made.

The shares are assumptions. Tags tell which mistakes were made, for a break-down alone.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bench.names_unseen import CALLED, COMMUNITIES, SPELT
from bench.slips import called_otherwise, day_misread, misheard

if TYPE_CHECKING:
    from bench.generator import Somebody
    from bench.unseen import Unseen

SHARES = {
    "alias known": 0.04,
    "alias": 0.04,
    "goes by the middle name": 0.012,
    "called": 0.09,  # of whom many have a name without another form
    "spelt": 0.15,
    "slip": 0.2,
    "slip in both": 0.18,  # of those
    "birth date misread": 0.055,
    "day and month swapped": 0.015,
    "wrong year": 0.013,
    "names swapped": 0.02,
    "moved": 0.45,
    "middle name left out": 0.42,
    "initial": 0.05,
    "capitals": 0.05,
    "no forename": 0.004,
    "no birth date": 0.015,
    "no sex": 0.02,
    "wrong sex": 0.005,
    "no postcode": 0.1,
}
MARRIED = {"F": 0.06, "M": 0.006}
YEARS_OFF = (-10, -2, -1, 1, 2, 10)


def typed_as(town: Unseen, one: Somebody) -> dict[str, object]:
    """A person as typed: `q` as the desk would send it, and the tags."""
    return _Typing(town, one).question()


class _Typing:
    """One person at the desk, and what goes wrong."""

    def __init__(self, town: Unseen, one: Somebody) -> None:
        self.town, self.one, self.dice = town, one, town.dice
        self.community = town.of.get(one.pid, COMMUNITIES[0])
        self.tags: list[str] = []

    def question(self) -> dict[str, object]:
        """Everything that is typed."""
        one, dice = self.one, self.dice
        forename, middle, surname = self._misspelt(*self._names())
        home = self.town.home() if self._befalls("moved") else dice.choice(one.postcodes)
        sex = "FM"[one.sex == "F"] if self._befalls("wrong sex") else one.sex
        phone = one.phone if one.phone and dice.random() < 0.6 else self.town.phone()
        said = {
            "forename": None if self._befalls("no forename") else forename,
            "middle": middle or None,
            "surname": surname,
            "dob": None if self._befalls("no birth date") else self._born().isoformat(),
            "sex": None if self._befalls("no sex") else sex,
            "postcode": None if self._befalls("no postcode") else home,
            "phone": phone if dice.random() < 0.3 else None,
            "s_number": one.s_number if dice.random() < 0.1 else None,
        }
        return {"tags": self.tags, "q": said}

    def _befalls(self, mistake: str, share: float | None = None) -> bool:
        if self.dice.random() >= (SHARES[mistake] if share is None else share):
            return False
        self.tags.append(mistake)
        return True

    def _names(self) -> tuple[str, str, str]:
        """Under which names they give themselves."""
        one, town = self.one, self.town
        forename, middle, surname = one.forename, one.middle, one.surname
        if one.aliases and self._befalls("alias known"):
            forename, surname, _ = one.aliases[0].split("~")
        if self._befalls("alias"):
            if self.dice.random() < 0.35:
                return town.another(self.community, one.sex, {forename}), middle, surname
            return forename, middle, town.last_name(self.community)
        if self._befalls("changed surname", MARRIED[one.sex]):
            new = town.last_name(self.community)
            return forename, middle, f"{surname}-{new}" if self.dice.random() < 0.3 else new
        if middle and self._befalls("goes by the middle name"):
            return middle, forename if self.dice.random() < 0.5 else "", surname
        return forename, middle, surname

    def _misspelt(self, forename: str, middle: str, surname: str) -> tuple[str, str, str]:
        dice = self.dice
        if self._befalls("called"):
            forename = called_otherwise(dice, CALLED, forename)
        if self._befalls("spelt"):
            forename = called_otherwise(dice, SPELT, forename)
            surname = called_otherwise(dice, SPELT, surname)
        if self._befalls("slip"):
            forename, surname = self._slip(forename, surname)
        if self._befalls("names swapped"):
            forename, surname = surname, forename
        if middle and self._befalls("middle name left out"):
            middle = ""
        elif middle and self._befalls("initial"):
            middle = middle[:1]
        if self._befalls("capitals"):
            forename, surname = forename.upper(), surname.upper()
        return forename, middle, surname

    def _slip(self, forename: str, surname: str) -> tuple[str, str]:
        if self._befalls("slip in both"):
            return misheard(self.dice, forename), misheard(self.dice, surname)
        if self.dice.random() < 0.4:
            return misheard(self.dice, forename), surname
        return forename, misheard(self.dice, surname)

    def _born(self) -> date:
        born = self.one.born
        if self._befalls("birth date misread"):
            return day_misread(self.dice, born)
        if born.day <= 12 and self._befalls("day and month swapped"):
            return date(born.year, born.day, born.month)
        if self._befalls("wrong year"):
            return _years_off(born, self.dice.choice(YEARS_OFF))
        return born


def _years_off(born: date, years: int) -> date:
    return date(born.year + years, born.month, min(born.day, 28))
