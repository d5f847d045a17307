"""Invented names and needs, with the shares that were published of people in custody.

Disclosed needs, HMICS on police drug harm reduction: drugs 16 %, alcohol 14 %, mental health 43 %.
Sex, Police Scotland custody figures April to June 2023: 78 % male, 18 % female, 4 % children (whom
the demo leaves out). How many are asked and agree is not published by centre: the demo shows the
product in use, far above today's referral rate of about 1 %.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from referral.people.identity import Identity
from referral.people.models import Person

MEN = ("Jim", "Ross", "Craig", "Liam", "Scott", "Ewan", "Kyle", "Paul", "Mark", "Tomasz", "Ryan")
WOMEN = ("Ann", "Kelly", "Moira", "Shona", "Ewa", "Donna", "Lisa", "Cara", "Elena", "Mhairi")
SURNAMES = (
    "Reid", "Murray", "Nowak", "Kerr", "Boyle", "Duncan", "Ferguson", "Gallagher", "Hamilton",
    "Innes", "Jamieson", "Lennox", "McAlister", "McBride", "Ness", "Ogilvie", "Paterson", "Quinn",
    "Rankin", "Sinclair", "Thomson", "Urquhart", "Wallace", "Yuill", "Docherty", "Baird", "Coyle",
)  # fmt: skip
DISCLOSED = {"DRUG": 0.16, "ALC": 0.14, "MH": 0.43, "HOUS": 0.11, "DEBT": 0.09}
MALE = 0.81  # of adults


def somebody(dice: Random) -> Identity:
    """A person who does not exist."""
    man = dice.random() < MALE
    born = date(dice.randint(1962, 2006), dice.randint(1, 12), dice.randint(1, 28))
    return Identity(
        forename=dice.choice(MEN if man else WOMEN),
        surname=dice.choice(SURNAMES),
        date_of_birth=born if dice.random() < 0.97 else None,
        sex="M" if man else "F",
        no_fixed_abode=dice.random() < 0.12,
        phone=f"07700 900{dice.randint(0, 999):03}" if dice.random() < 0.8 else "",
        language="en" if dice.random() < 0.93 else dice.choice(("pl", "ro")),
    )


def born_lately(dice: Random, at: datetime) -> date:
    """The birth date of somebody of sixteen or seventeen: who is younger does not agree alone."""
    return (at - timedelta(days=dice.randint(16 * 366, 18 * 365 - 10))).date()


# of those whom a worker assesses: what nobody at a desk asks about
FOUND = {"BEN": 0.3, "PHYS": 0.2, "EMP": 0.15, "FAM": 0.15, "DA": 0.1, "NEURO": 0.1, "GAMB": 0.05}


def needs_of(dice: Random) -> frozenset[str]:
    """The needs that an invented person speaks of at the desk, by code."""
    return frozenset(need for need, share in DISCLOSED.items() if dice.random() < share)


def found_with(dice: Random) -> list[str]:
    """The needs that only a worker hears of."""
    return [need for need, share in FOUND.items() if dice.random() < share]


# who somebody says that they are, by code, in invented shares; None was not asked
ETHNICITY = {
    "W-SCO": 70, "W-BRI": 8, "W-IRI": 2, "W-POL": 3, "W-GYP": 1, "W-OTH": 3, "M-ANY": 2,
    "A-PAK": 2, "A-IND": 1, "F-AFR": 2, "C-CAB": 1, "O-OTH": 1, "UNSAID": 4,
}  # fmt: skip
SPOKEN = {"pl": "W-POL", "ro": "W-OTH"}
DISABILITY = {"NONE": 48, "LITTLE": 24, "LOT": 20, "UNSAID": 8}
ASKED = 0.9


@dataclass(frozen=True)
class Who:
    """What somebody says of themselves for reports alone: the same whenever they are asked."""

    name: str
    ethnicity: str | None
    disability: str | None


def who_it_is(person: Person) -> Who:
    """Drawn by name and birth date, apart from the dice of the story, which fall as they did."""
    name = f"{person.name} {person.date_of_birth}"
    aside = Random(name)  # noqa: S311 - invented lives, not secrets
    if aside.random() > ASKED:
        return Who(name, None, None)
    [ethnicity] = aside.choices(list(ETHNICITY), list(ETHNICITY.values()))
    [disability] = aside.choices(list(DISABILITY), list(DISABILITY.values()))
    return Who(name, SPOKEN.get(person.language, ethnicity), disability)
