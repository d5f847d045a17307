"""A person's identity as they give it."""

from dataclasses import dataclass
from datetime import date

from referral.clock import today
from referral.people.ages import age_on
from referral.people.naming import Naming, name_of


@dataclass(frozen=True)
class Identity:
    """The identity of a person, as typed at the desk.

    `phone` is a number on which they agree to be reached; by `number` they are told apart from
    others, and nobody may reach them.
    """

    forename: str
    surname: str
    date_of_birth: date | None = None
    born_about: int | None = None
    sex: str = "U"
    postcode: str = ""
    no_fixed_abode: bool = False
    council_code: str | None = None
    phone: str = ""
    s_number: str = ""
    language: str = "en"
    interpreter: bool = False
    middle: str = ""
    naming: Naming = Naming.FULL
    number: str = ""

    @property
    def name(self) -> str:
        """What the record would be called, as `Person.name` has it."""
        age = age_on(self.date_of_birth, self.born_about, today())
        return name_of(self, age.years if age else None)
