"""How old somebody is on a day, and whether that is so young that a path of their own begins."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ALONE, GROWN = 16, 18  # years: from then on without an adult, and without a worker deciding


class Young(StrEnum):
    """Who is not asked and handed on as an adult is."""

    UNDER_16 = "under 16"
    UNDER_18 = "16 or 17"


@dataclass(frozen=True)
class Age:
    """Whole years; `about` where only a year of birth is known, or what somebody guessed."""

    years: int
    about: bool = False

    @property
    def words(self) -> str:
        """'41', or 'about 41'."""
        return f"about {self.years}" if self.about else str(self.years)

    @property
    def young(self) -> Young | None:
        """The path that somebody of this age goes; of the ages that it may be the lowest counts."""
        least = self.years - 1 if self.about else self.years
        return Young.UNDER_16 if least < ALONE else Young.UNDER_18 if least < GROWN else None

    @property
    def mark(self) -> str:
        """How the path is marked on a list; empty where there is none."""
        if self.young is None or not self.about:
            return self.young.capitalize() if self.young else ""
        return f"May be under {ALONE if self.young is Young.UNDER_16 else GROWN}"


def age_on(born: date | None, born_about: int | None, on: date) -> Age | None:
    """The age on a day in Scotland; None where nothing is known of the birth.

    A year is complete from the first moment of the birthday. Who was born on 29 February has it on
    1 March in other years: Age of Legal Capacity (Scotland) Act 1991, section 6.
    """
    if born:
        to_come = (on.month, on.day) < (born.month, born.day)
        return Age(on.year - born.year - to_come)
    return Age(on.year - born_about, about=True) if born_about else None
