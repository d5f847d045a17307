"""Names, birth dates and telephone numbers of people who do not exist."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

from referral.demo.nation.calibration import SEXES

INVENTED = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
NAMES, PLACES = INVENTED["names"], INVENTED["places"]
# How even the shares are: about one man in twenty-five has the first name of the list, and one
# person in seventy the first surname.
EVEN = {"men": 7, "women": 7, "surnames": 15}
SHARES = {
    kind: list(accumulate(1 / (rank + EVEN[kind]) for rank in range(len(names))))
    for kind, names in NAMES.items()
}
FREQUENT = 0.6  # have one of the surnames of the list, the others one of thousands
MIDDLE = ("", "", "an", "er", "in", "o")
BY_SEX = list(accumulate(SEXES.values()))
GROWN = timedelta(days=18 * 366)
CHILD = timedelta(days=18 * 365 + 4)
ALONE = timedelta(days=16 * 366)  # who is younger does not agree alone, and is not rehearsed
APART = 1500  # days by which a grown person may be older or younger than who was rehearsed
CLOSE = 30  # and a child
# Numbers that the regulator keeps free for stories: nobody is ever rung.
MOBILE = "07700 900"
AREAS = ("0113 496 0", "0114 496 0", "0115 496 0", "0116 496 0", "0117 496 0", "0118 496 0",
         "0121 496 0", "0131 496 0", "0141 496 0", "0151 496 0", "0161 496 0", "0191 498 0",
         "01632 960", "028 9649 6", "029 2018 0", "020 7946 0")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Someone:
    """Who one life is written of."""

    forename: str
    surname: str
    sex: str
    born: date | None
    phones: Sequence[str]


def someone(dice: Random, born: date | None, began: date, phones: int, texts: bool) -> Someone:
    """A person about as old as the one who was rehearsed, grown where that one was.

    `born` is the birth date of that one and `began` the day of the first stay, both moved to the
    time of this life. Who is sent texts has mobile numbers.
    """
    [sex] = dice.choices(tuple(SEXES), cum_weights=BY_SEX)
    man = sex == "M" or (sex == "U" and dice.random() < 0.5)
    numbers = [_phone(dice, texts) for _ in range(phones)]
    return Someone(
        frequent(dice, "men" if man else "women"),
        surname(dice),
        sex,
        _born(dice, born, began),
        numbers,
    )


def _born(dice: Random, born: date | None, began: date) -> date | None:
    if born is None:
        return None
    if began - born < CHILD:
        return min(born + timedelta(days=dice.randint(-CLOSE, CLOSE)), began - ALONE)
    return min(born + timedelta(days=dice.randint(-APART, APART)), began - GROWN)


def frequent(dice: Random, kind: str) -> str:
    """A name of one of the lists, the first ones more often."""
    name: str = dice.choices(NAMES[kind], cum_weights=SHARES[kind])[0]
    return name


def surname(dice: Random) -> str:
    """A frequent one, or one of thousands that few people have."""
    if dice.random() < FREQUENT:
        return frequent(dice, "surnames")
    first: str = dice.choice(PLACES["first"])
    return first + dice.choice(MIDDLE) + str(dice.choice(PLACES["last"]))


def _phone(dice: Random, texts: bool) -> str:
    return f"{MOBILE if texts else dice.choice(AREAS)}{dice.randrange(1000):03}"
