"""An invented custody population, and the questions an officer would type when some come back.

The same seed gives the same people. Traps are planted: twins, siblings, fathers and sons under one
name, namesakes, shared telephones, names used before, and records that were mistyped at the first
visit. The shares of errors are assumptions; nothing of the recognition is fitted to them.
"""

import gzip
import json
import string
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from referral.people.register import COLUMNS


def _words(text: str) -> list[str]:
    return text.split()


MEN = _words(
    "David John James Michael Robert William Andrew Ryan Scott"
    " Craig Steven Mark Paul Thomas Kevin"
    " Jamie Stuart Daniel Christopher Ross Alan Brian Gary Sean"
    " Liam Stephen Kyle Lee Jordan Colin"
    " Connor Euan Callum Gordon Kenneth Neil Martin Darren"
    " Graeme Lewis Iain Derek Cameron Peter"
    " Alexander Barry Calum Fraser Dean Douglas Greg Angus"
    " Hamish Tomasz Piotr Mohammed Ali Ruaridh"
    " Murdo Norman Hugh Archibald Declan Aidan Patrick Joseph"
    " Anthony Dylan Logan Duncan Malcolm"
)
WOMEN = _words(
    "Nicola Laura Claire Karen Lisa Michelle Emma Lauren Sarah"
    " Jennifer Amy Gillian Fiona Kelly"
    " Donna Margaret Elizabeth Catherine Susan Pamela Rebecca"
    " Shona Kirsty Mhairi Eilidh Catriona"
    " Mary Jacqueline Lynn Tracey Leanne Natalie Stacey Morag"
    " Isla Agnieszka Katarzyna Ewa Siobhan"
)
SURNAMES = _words(
    "Smith Brown Wilson Campbell Stewart Thomson Robertson"
    " Anderson Scott MacDonald Murray Reid"
    " Taylor Clark Ross Young Mitchell Watson Paterson Morrison"
    " Walker Miller Graham Fraser Hamilton"
    " Henderson Johnston Kerr Gray Duncan Ferguson Hunter"
    " Simpson Davidson Bell Allan Kelly Martin"
    " Grant MacKenzie Cameron McLean MacLeod Black Russell"
    " Marshall Wallace Gibson Kennedy Gordon"
    " Burns Sutherland Stevenson McIntosh Munro Milne Wood Craig"
    " Muir Johnstone Watt Jackson Docherty"
    " McMillan White Christie McGregor Docherty McKay King"
    " Hughes Gallacher Sinclair Boyle Crawford"
    " McAllister Lindsay Jamieson Cunningham Rae O'Neil"
    " O'Donnell Quinn Nowak Kowalski Singh Khan"
    " Hussain Begum Ahmed McPhail McCann McGuire Baird Rennie"
    " Laing Geddes Imrie Buchan Mowat Sim"
)
FIRST = _words(
    "Auchen Bal Brae Cairn Dal Drum Glen Inver Kil Kin Loch Pit Strath Tulli Craig Fin Garth"
)
LAST = _words(
    "muir nairn burn field gask hill lees more ness rig side stone toul vie well wick worth yett"
)
TOWNS = _words("AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE")
SHORT = {
    "William": "Billy", "Robert": "Rab", "James": "Jim", "Thomas": "Tam", "David": "Davie",
    "Alexander": "Sandy", "Michael": "Mick", "Christopher": "Chris", "Daniel": "Danny",
    "Margaret": "Maggie", "Elizabeth": "Liz", "Catherine": "Cathy", "Hugh": "Shug",
    "Ruaridh": "Rory", "Kenneth": "Kenny", "Archibald": "Archie", "Agnieszka": "Aga",
}  # fmt: skip


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
        forenames = MEN if man else WOMEN
        others = tuple(self.alias(forenames) for _ in range(2) if dice.random() < 0.08)
        return Somebody(
            len(self.people) + 1,
            self._frequent(forenames),
            self._frequent(forenames) if dice.random() < 0.5 else "",
            self.surname(),
            date(1958, 1, 1) + timedelta(days=dice.randrange(50 * 365)),
            "M" if man else "F",
            tuple(self.postcode() for _ in range(dice.choice((1, 1, 1, 2, 3)))),
            others,
            self.s_number() if dice.random() < 0.7 else "",
            self.phone() if dice.random() < 0.5 else "",
        )

    def double(self, of: Somebody) -> Somebody:
        """A twin, a sibling, a father or son under the same name, or a namesake elsewhere."""
        kind = self.dice.choice(("twin", "sibling", "son", "namesake"))
        forenames = [n for n in (MEN if of.sex == "M" else WOMEN) if n != of.forename]
        other = replace(
            of, pid=len(self.people) + 1, middle="", aliases=(), s_number="",
            phone=of.phone if kind != "namesake" and self.dice.random() < 0.2 else "",
        )  # fmt: skip
        if kind in {"twin", "sibling"}:
            other = replace(other, forename=self.dice.choice(forenames))
        if kind == "namesake":
            other = replace(other, postcodes=(self.postcode(),))
        apart = {"twin": 0, "sibling": 900, "son": 9000, "namesake": 4000}[kind]
        return replace(
            other, born=of.born - timedelta(days=apart and self.dice.randrange(300, apart))
        )

    def alias(self, forenames: list[str]) -> str:
        """Another name that somebody goes by."""
        return f"{self._frequent(forenames)}~{self.surname()}~"

    def surname(self) -> str:
        """A frequent one, or one of thousands that few people have."""
        if self.dice.random() < 0.6:
            return self._frequent(SURNAMES)
        middle = self.dice.choice(("", "", "an", "er", "in", "o"))
        return self.dice.choice(FIRST) + middle + self.dice.choice(LAST)

    def postcode(self) -> str:
        """Of the form of a Scottish one."""
        tail = "".join(self.dice.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        return (
            f"{self.dice.choice(TOWNS)}{self.dice.randint(1, 60)} {self.dice.randint(1, 9)}{tail}"
        )

    def phone(self) -> str:
        """A mobile number."""
        return f"07{self.dice.randrange(10**9):09}"

    def s_number(self) -> str:
        """Of the form of an S-number."""
        number, year = self.dice.randrange(10**6), self.dice.randrange(100)
        return f"S{number:06}/{year:02}{self.dice.choice('ABCDEFGHJK')}"

    def _frequent(self, names: list[str]) -> str:
        """The first of a list are the most frequent, as names are."""
        return names[int(len(names) * self.dice.random() ** 2)]

    def questions(self, returning: int, new: int) -> Iterator[dict[str, object]]:
        """What is typed of those who come back, and of those who were never here."""
        for one in self.dice.sample(self.people, returning):
            yield {"kind": "returning", "truth": one.pid, "tags": [], "q": self.typed(one)}
        for _ in range(new):
            near = self.dice.random() < 0.33
            stranger = self.double(self.dice.choice(self.people)) if near else self.somebody()
            if near:  # nobody's number is on a stranger's paper
                stranger = replace(stranger, phone="", s_number="")
            yield {"kind": "new", "truth": None, "tags": [], "q": self.typed(stranger)}

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
    folder: Path, size: int, *, seed: int = 1, returning: int = 2000, new: int = 1000
) -> None:
    """Put `persons.tsv.gz` and `queries.jsonl.gz` into a folder."""
    town = Town(Random(seed))
    town.fill(size)
    with gzip.open(folder / "persons.tsv.gz", "wt", encoding="utf-8", compresslevel=1) as register:
        register.write("\t".join(COLUMNS) + "\n")
        register.writelines(one.row() + "\n" for one in town.people)
    with gzip.open(folder / "queries.jsonl.gz", "wt", encoding="utf-8") as asked:
        for qid, question in enumerate(town.questions(min(returning, size), new)):
            asked.write(json.dumps({"qid": qid, **question}, ensure_ascii=False) + "\n")
