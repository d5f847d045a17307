"""A town that nothing was learnt from: other names, households and errors than any set before.

Its names are those in the half of `halves.py` that is not learnt from, and the weights are asked
without their shares (`recognition.py --unseen`). Forename and surname go together as they do in a
community; houses hold twins, brothers and sisters, parents and children of one name, couples and
cousins; many live at one hostel; errors are those of a keyboard and of an ear. Strangers who have
the name and the birth date of somebody on record are asked for besides and counted apart (`kind` is
`namesake`): by chance one in a thousand is such, and nothing but the commonness of the names tells.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bench.generator import Somebody, Town
from bench.mistakes import typed_as
from bench.names_unseen import COMMUNITIES, COMMUNITY_SHARES, RARE, Community
from bench.slips import day_misread, misheard

RARE_SURNAMES = 0.3
AT_A_HOSTEL = 0.03
BORN_FROM, BORN_TO, MOST_BORN = date(1946, 2, 3), date(2012, 10, 30), date(1995, 6, 1)
HOUSES = {"twin": 2, "sibling": 4, "parent": 3, "couple": 2, "cousin": 1, "namesake": 1}
NEAR = 0.33  # of those never seen


@dataclass
class Unseen(Town):
    """Everybody of the unseen town."""

    of: dict[int, Community] = field(default_factory=dict)
    hostels: list[str] = field(default_factory=list)
    alike: dict[tuple[str, str], int] = field(default_factory=dict)
    given: dict[int, list[str]] = field(default_factory=dict)  # the forenames of each house

    def fill(self, size: int) -> None:
        """Add people, alone or in houses, until there are so many."""
        self.hostels = [self.postcode() for _ in range(40)]
        while len(self.people) < size:
            one = self.somebody()
            self._add(one)
            while self.dice.random() < 0.13 and len(self.people) < size:
                self._add(self.double(one))

    def _add(self, one: Somebody) -> None:
        written = replace(one)
        if self.dice.random() < 0.03:
            written = replace(one, surname=misheard(self.dice, one.surname))
        if self.dice.random() < 0.015:
            written = replace(one, born=day_misread(self.dice, one.born))
        self.people.append(written)
        self.given.setdefault(one.house or one.pid, []).append(one.forename)
        self.alike[one.forename, one.surname] = one.pid

    def somebody(self) -> Somebody:
        """A person who does not exist, of one community."""
        dice = self.dice
        community = dice.choices(COMMUNITIES, COMMUNITY_SHARES)[0]
        sex = "M" if dice.random() < 0.81 else "F"
        pid = len(self.people) + 1
        self.of[pid] = community
        born = self._born(community)
        surname = self.last_name(community)
        return Somebody(
            pid,
            *(self.given_name(community, sex), self._middle(community, sex), surname, born, sex),
            tuple(self.home() for _ in range(dice.choice((1, 1, 1, 1, 2, 2, 3)))),
            self._aliases(community, sex, surname),
            self.s_number() if dice.random() < 0.7 else "",
            self.phone() if dice.random() < 0.5 else "",
        )

    def double(self, of: Somebody) -> Somebody:
        """Somebody of the same house, a cousin under the same name, or a namesake elsewhere."""
        dice, community = self.dice, self.of[of.pid]
        kind = dice.choices(tuple(HOUSES), tuple(HOUSES.values()))[0]
        sex = of.sex if kind in {"parent", "cousin", "namesake"} else dice.choice("MMF")
        if kind == "couple":
            sex = "FM"[of.sex == "F"]
        forename = of.forename
        if kind in {"twin", "sibling", "couple"}:
            taken = self.given.get(of.house or of.pid, ())
            forename = self.another(community, sex, {of.forename, *taken})
        shares = kind in {"twin", "sibling", "parent", "couple"}
        moved = not shares or dice.random() < 0.15
        return Somebody(
            pid=self._next(community),
            forename=forename,
            middle=self._middle(community, sex) if dice.random() < 0.6 else of.middle,
            surname=of.surname,
            born=self._apart(kind, of.born),
            sex=sex,
            postcodes=(self.home(),) if moved else of.postcodes[:1],
            phone=of.phone if shares and dice.random() < 0.25 else "",
            s_number=self.s_number() if dice.random() < 0.7 else "",
            house=(of.house or of.pid) if shares or kind == "cousin" else 0,
        )

    def _next(self, community: Community) -> int:
        pid = len(self.people) + 1
        self.of[pid] = community
        return pid

    def _apart(self, kind: str, born: date) -> date:
        """A birth date: of a twin, a brother or sister, a child or parent, a cousin."""
        dice, days = self.dice, 0
        if kind in {"sibling", "cousin", "couple"}:
            days = dice.randint(290, 3800) * dice.choice((1, -1))
        if kind == "parent":
            days = dice.randint(17 * 365, 41 * 365)
        if kind == "namesake":
            days = dice.randint(30, 6000) * dice.choice((1, -1))
        if kind == "parent" and dice.random() < 0.01:  # born on the birthday of the other
            return date(born.year - days // 365, born.month, min(born.day, 28))
        return born - timedelta(days=days)

    def _born(self, community: Community) -> date:
        dice = self.dice
        span, mode = (BORN_TO - BORN_FROM).days, (MOST_BORN - BORN_FROM).days
        born = BORN_FROM + timedelta(days=int(dice.triangular(0, span, mode)))
        if community is not COMMUNITIES[0] and dice.random() < 0.06:
            return born.replace(month=1, day=1)  # what an office writes where nothing is known
        return born

    def given_name(self, community: Community, sex: str) -> str:
        """A forename of that community and sex."""
        kind = "men" if sex == "M" else "women"
        return self.dice.choices(community.names[kind], cum_weights=community.shares[kind])[0]

    def another(self, community: Community, sex: str, taken: set[str]) -> str:
        """A forename that none of these people has."""
        for _ in range(30):
            if (name := self.given_name(community, sex)) not in taken:
                return name
        return self.another(COMMUNITIES[0], sex, taken)  # a small community, a large house

    def _middle(self, community: Community, sex: str) -> str:
        return self.given_name(community, sex) if self.dice.random() < 0.55 else ""

    def last_name(self, community: Community) -> str:
        """A surname of that community, or one that few people have."""
        dice = self.dice
        if dice.random() < RARE_SURNAMES:
            parts = (dice.choice(RARE[part]) for part in ("first", "second", "last"))
            return "".join(parts)
        names, shares = community.names["surnames"], community.shares["surnames"]
        return dice.choices(names, cum_weights=shares)[0]

    def _aliases(self, community: Community, sex: str, surname: str) -> tuple[str, ...]:
        """A name from before a marriage, a forename that they also give."""
        if self.dice.random() > 0.14:
            return ()
        if self.dice.random() < 0.6:
            return (f"{self.given_name(community, sex)}~{surname}~",)
        return (f"{self.given_name(community, sex)}~{self.last_name(community)}~",)

    def home(self) -> str:
        """The postcode of a home, or of one of the hostels."""
        return (
            self.dice.choice(self.hostels) if self.dice.random() < AT_A_HOSTEL else self.postcode()
        )

    def questions(self, returning: int, new: int) -> Iterator[dict[str, object]]:
        """What is typed of those who come back, of strangers, and of namesakes never here."""
        houses: dict[int, list[int]] = {}
        for one in self.people:
            houses.setdefault(one.house or one.pid, []).append(one.pid)
        for one in self.dice.sample(self.people, returning):
            house = [pid for pid in houses[one.house or one.pid] if pid != one.pid]
            yield {"kind": "returning", "truth": one.pid, "house": house, **typed_as(self, one)}
        for _ in range(new):
            near = self.dice.random() < NEAR
            stranger = self.double(self.dice.choice(self.people)) if near else self.somebody()
            house = houses.get(stranger.house, [])
            unknown = replace(stranger, s_number="", phone="")
            yield {"kind": "new", "truth": None, "house": house, **typed_as(self, unknown)}
        for one in self._namesakes(new // 20):
            yield {"kind": "namesake", "truth": None, "house": [], **typed_as(self, one)}

    def _namesakes(self, many: int) -> Iterator[Somebody]:
        """Strangers, some of whose namesakes on record were born on their day."""
        while many:
            one = replace(self.somebody(), s_number="", phone="")
            other = self.alike.get((one.forename, one.surname))
            if other is None:
                continue
            yield replace(one, born=self.people[other - 1].born)
            many -= 1
