"""An invented custody population, and the questions an officer would type when some come back.

The same seed gives the same people. Traps are planted: twins of one sex and of both, siblings,
parents under one name, namesakes, also of one birth date, shared telephones, names used before, and
records that were mistyped at the first visit. Each question names those of the same house, who are
never the one asked for. The shares of errors are assumptions; nothing of the recognition is fitted
to them: its weights and thresholds come from other sets.
"""

import gzip
import json
import string
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

from referral.people.register import COLUMNS

INVENTED = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
NAMES, PLACES, SHORT = INVENTED["names"], INVENTED["places"], INVENTED["short"]
# How even the shares are: about one man in twenty-five has the first name of the list, and one
# person in seventy the first surname.
EVEN = {"men": 7, "women": 7, "surnames": 15}
SHARES = {
    kind: list(accumulate(1 / (rank + EVEN[kind]) for rank in range(len(names))))
    for kind, names in NAMES.items()
}
APART = {  # days of birth
    "twin": (0, 0),
    "sibling": (300, 4000),
    "parent": (6000, 15000),
    "namesake": (300, 4000),
}
BORN_FROM = date(1950, 1, 1)  # most were born about 1998


@dataclass(frozen=True)
class Somebody:
    """One invented person, as recorded."""

    pid: int
    forename: str
    middle: str
    surname: str
    born: date
    sex: str
    postcodes: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    s_number: str = ""
    phone: str = ""
    house: int = 0  # the number of the first of its house

    def row(self) -> str:
        """The line of the register."""
        return "\t".join(
            (
                *(str(self.pid), self.forename, self.middle, self.surname, self.born.isoformat()),
                *(self.sex, "|".join(self.postcodes), "|".join(self.aliases)),
                *(self.s_number, self.phone),
            )
        )


@dataclass
class Town:
    """Everybody, and the dice that made them."""

    dice: Random
    people: list[Somebody] = field(default_factory=list)

    def fill(self, size: int) -> None:
        """Add people until there are so many; about one in fourteen brings a near-double."""
        while len(self.people) < size:
            one = self.somebody()
            self.people.append(one)
            if self.dice.random() < 0.07 and len(self.people) < size:
                self.people.append(self.double(one))

    def somebody(self) -> Somebody:
        """A person who does not exist."""
        dice, man = self.dice, self.dice.random() < 0.82
        forenames = "men" if man else "women"
        others = tuple(self.alias(forenames) for _ in range(2) if dice.random() < 0.08)
        return Somebody(
            len(self.people) + 1,
            self._frequent(forenames),
            self._frequent(forenames) if dice.random() < 0.5 else "",
            self.surname(),
            BORN_FROM + timedelta(days=int(dice.triangular(0, 60 * 365, 48 * 365))),
            "M" if man else "F",
            tuple(self.postcode() for _ in range(dice.choice((1, 1, 1, 2, 3)))),
            others,
            self.s_number() if dice.random() < 0.7 else "",
            self.phone() if dice.random() < 0.5 else "",
        )

    def double(self, of: Somebody) -> Somebody:
        """A twin, a sibling, a parent under the same name, or a namesake elsewhere."""
        kind = self.dice.choice(tuple(APART))
        sex = of.sex if kind != "twin" or self.dice.random() < 0.6 else "FM"[of.sex == "F"]
        forenames = [n for n in NAMES["men" if sex == "M" else "women"] if n != of.forename]
        other = replace(
            of, pid=len(self.people) + 1, middle="", aliases=(), s_number="", sex=sex,
            phone=of.phone if kind != "namesake" and self.dice.random() < 0.2 else "",
            house=of.house or of.pid,
        )  # fmt: skip
        if kind in {"twin", "sibling"}:
            other = replace(other, forename=self.dice.choice(forenames))
        if kind == "namesake":
            other = replace(other, postcodes=(self.postcode(),), house=0)
        least, most = APART[kind]
        return replace(
            other, born=of.born - timedelta(days=most and self.dice.randrange(least, most))
        )

    def alias(self, forenames: str) -> str:
        """Another name that somebody goes by."""
        return f"{self._frequent(forenames)}~{self.surname()}~"

    def surname(self) -> str:
        """A frequent one, or one of thousands that few people have."""
        if self.dice.random() < 0.6:
            return self._frequent("surnames")
        middle = self.dice.choice(("", "", "an", "er", "in", "o"))
        return self.dice.choice(PLACES["first"]) + middle + self.dice.choice(PLACES["last"])

    def postcode(self) -> str:
        """Of the form of a Scottish one."""
        tail = "".join(self.dice.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        town, dice = self.dice.choice(PLACES["towns"]), self.dice
        return f"{town}{dice.randint(1, 60)} {dice.randint(1, 9)}{tail}"

    def phone(self) -> str:
        """A mobile number."""
        return f"07{self.dice.randrange(10**9):09}"

    def s_number(self) -> str:
        """Of the form of an S-number."""
        number, year = self.dice.randrange(10**6), self.dice.randrange(100)
        return f"S{number:06}/{year:02}{self.dice.choice('ABCDEFGHJK')}"

    def _frequent(self, kind: str) -> str:
        return self.dice.choices(NAMES[kind], cum_weights=SHARES[kind])[0]

    def questions(self, returning: int, new: int) -> Iterator[dict[str, object]]:
        """What is typed of those who come back, and of those who were never here."""
        houses: dict[int, list[int]] = {}
        for one in self.people:
            houses.setdefault(one.house or one.pid, []).append(one.pid)
        for one in self.dice.sample(self.people, returning):
            house = [pid for pid in houses[one.house or one.pid] if pid != one.pid]
            yield {"kind": "returning", "truth": one.pid, "house": house, "q": self.typed(one)}
        for _ in range(new):
            near = self.dice.random() < 0.33
            stranger = self.double(self.dice.choice(self.people)) if near else self.somebody()
            if near:  # nobody's number is on a stranger's paper
                stranger = replace(stranger, phone="", s_number="")
            house = houses.get(stranger.house, [])
            yield {"kind": "new", "truth": None, "house": house, "q": self.typed(stranger)}

    def typed(self, one: Somebody) -> dict[str, str | None]:
        """A person as an officer types them: moved, misheard, mistyped, with parts left out."""
        dice, chance = self.dice, self.dice.random
        forename, surname, born = one.forename, one.surname, one.born.isoformat()
        if chance() < 0.07:
            forename = SHORT.get(forename, forename)
        if chance() < 0.05:
            surname = self.surname()
        if chance() < 0.03:
            surname = (
                surname.replace("Mac", "Mc") if "Mac" in surname else surname.replace("Mc", "M'")
            )
        forename = self._slip(forename) if chance() < 0.1 else forename
        surname = self._slip(surname) if chance() < 0.12 else surname
        if chance() < 0.02:
            born = f"{born[:4]}-{born[8:]}-{born[5:7]}" if int(born[8:]) <= 12 else born
        elif chance() < 0.06:
            born = (
                one.born + timedelta(days=dice.choice((-365, 365, 10, -10, 1, -1, 2)))
            ).isoformat()
        if chance() < 0.02:
            forename, surname = surname, forename
        home = self.postcode() if chance() < 0.45 else dice.choice(one.postcodes)
        return {
            "forename": forename if chance() > 0.004 else None,
            "middle": one.middle if chance() < 0.6 else None,
            "surname": surname,
            "dob": born if chance() > 0.015 else None,
            "sex": one.sex if chance() > 0.02 else None,
            "postcode": home if chance() > 0.1 else None,
            "phone": (one.phone if chance() < 0.6 else self.phone()) if chance() < 0.3 else None,
            "s_number": one.s_number if chance() < 0.1 else None,
        }

    def _slip(self, name: str) -> str:
        """A letter left out, doubled, changed, or two changed about."""
        at = self.dice.randrange(1, max(2, len(name) - 1))
        before, here, after = name[:at], name[at : at + 1], name[at + 1 :]
        letter = self.dice.choice(string.ascii_lowercase)
        return self.dice.choice(
            (before + after, before + here + here + after, before + letter + after,
             name[: at - 1] + here + name[at - 1 : at] + after)
        )  # fmt: skip


def write(
    folder: Path, size: int, questions: int, *, seed: int = 1, kind: type[Town] = Town
) -> None:
    """Put `persons.tsv.gz` and `queries.jsonl.gz` into a folder; a third ask for strangers."""
    town, returning = kind(Random(seed)), min(questions - questions // 3, size)
    town.fill(size)
    with gzip.open(folder / "persons.tsv.gz", "wt", encoding="utf-8", compresslevel=1) as register:
        register.write("\t".join(COLUMNS) + "\n")
        register.writelines(one.row() + "\n" for one in town.people)
    with gzip.open(folder / "queries.jsonl.gz", "wt", encoding="utf-8") as asked:
        for qid, question in enumerate(town.questions(returning, questions // 3)):
            asked.write(json.dumps({"qid": qid, **question}, ensure_ascii=False) + "\n")
