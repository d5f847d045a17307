"""How the groups of people stand at a step, beside everybody: one table, a row for each group.

A cut puts each person into one of its groups, those of whom it is not known too, so that the
groups of a cut make up everybody.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from referral.published.tables import Column, Count, Entry, Key, Row, Table
from referral.reports.laying import PEOPLE, STANDING_COLUMNS, Laid, Tallies, inside, key_of
from referral.reports.steps import STEPS, Standing, Step, Tally

OF_WHOM: Mapping[str, tuple[Step, Step]] = {
    step.code: (before, step) for before, step in pairwise(STEPS)
}
EVERYBODY = "Everybody"
NOBODY: Tallies = {
    step.code: Tally(dict.fromkeys(Standing, 0), dict.fromkeys(Standing, 0)) for step in STEPS
}


@dataclass(frozen=True)
class Cut:
    """A way to tell people apart: its code, what is said before each group, and the groups.

    Each group has its title and its tallies, by its code; in "" are those of whom it is not known.
    """

    code: str
    says: str
    groups: Mapping[str, tuple[str, Tallies]]

    @property
    def titles(self) -> Mapping[str, str]:
        """What each group is called, by its code."""
        return {group: title for group, (title, _) in self.groups.items()}

    def place(self, whole: str, group: str) -> str:
        """The name of those of a place who are in a group."""
        return inside(whole, f"{self.code}:{group or 'unknown'}")

    def title(self, group: str) -> str:
        """What a group is called in a table of several cuts."""
        return ": ".join(filter(None, (self.says, self.groups[group][0])))


def cut_of(
    code: str, says: str, titles: Mapping[str, str], found: Mapping[str, Tallies], unknown: str = ""
) -> Cut:
    """The groups by the titles of a list, what is in no list, and last who is `unknown`.

    Without that word nobody is: the cut says it of everybody, or of all who are counted.
    """
    named = dict(titles) | {group: titles.get(group, group) for group in found if group}
    if unknown:
        named[""] = unknown
    return Cut(
        code, says, {group: (title, found.get(group, NOBODY)) for group, title in named.items()}
    )


def regrouped(
    found: Mapping[str, Tallies], group_of: Callable[[str], str]
) -> Mapping[str, Tallies]:
    """What was counted by fine groups, by the greater ones that they lie in."""
    parts: dict[str, list[Tallies]] = {}
    for fine, tallies in found.items():
        parts.setdefault(group_of(fine), []).append(tallies)
    return {group: _added(together) for group, together in parts.items()}


def _added(parts: Sequence[Tallies]) -> Tallies:
    return {
        step: Tally(
            {one: sum(tallies[step].people[one] for tallies in parts) for one in Standing},
            {one: sum(tallies[step].stays[one] for tallies in parts) for one in Standing},
        )
        for step in parts[0]
    }


def table_of(code: str, title: str, about: str, notes: tuple[str, ...] = ()) -> Table[Entry]:
    """The words of a table, before it has rows."""
    return Table(code, title, about, "group", (), (), notes)


def lay_step(
    laid: Laid, table: Table[Entry], whole: Tallies, cuts: Iterable[Cut], place: str
) -> None:
    """How everybody and each group stand at the step after which the table is called.

    `table` has the words and no rows. The counts of everybody, and of who is in which group, are
    laid with it.
    """
    before, step = OF_WHOM[table.code]
    rows = [Row("all", EVERYBODY, _cells(laid, step, before, whole, place))]
    for cut in cuts:
        for group, (_, tallies) in cut.groups.items():
            cells = _cells(laid, step, before, tallies, cut.place(place, group))
            rows.append(Row(f"{cut.code}:{group or 'unknown'}", cut.title(group), cells))
        _make_up(laid, step, before, cut, place)
    columns = (Column("of", f"{before.title}, of whom", PEOPLE), *STANDING_COLUMNS)
    laid.tables.append(
        Table(
            table.code, table.title, table.about, "group", columns, tuple(rows), table.notes, "bars"
        )
    )


def lay_parts(
    laid: Laid, cut: Cut, step: str, standing: Standing, place: str, of: Key | None = None
) -> Sequence[tuple[str, Count]]:
    """How many of each group stand so at a step; they make up those of the place who do.

    Or `of`, where the cut tells apart no more than some of them.
    """
    period = laid.about.period
    whole = of or key_of(step, place, period, standing)
    counts: list[tuple[str, Count]] = []
    keys = []
    for group, (_, tallies) in cut.groups.items():
        key = key_of(step, cut.place(place, group), period, standing)
        counts.append((group, laid.count(key, tallies[step].people[standing], whole)))
        keys.append(key)
    laid.makes_up(whole, keys)
    return counts


def _cells(laid: Laid, step: Step, before: Step, tallies: Tallies, place: str) -> tuple[Entry, ...]:
    key = key_of(before.code, place, laid.about.period)
    of_whom = laid.count(key, tallies[before.code].people[Standing.REACHED])
    return of_whom, *laid.standings(step, tallies[step.code], place, key)


def _make_up(laid: Laid, step: Step, before: Step, cut: Cut, place: str) -> None:
    """The groups of a cut make up everybody, however they stand."""
    period = laid.about.period
    of_whom = [key_of(before.code, cut.place(place, group), period) for group in cut.groups]
    laid.makes_up(key_of(before.code, place, period), of_whom)
    for standing in Standing:
        parts = [
            key_of(step.code, cut.place(place, group), period, standing) for group in cut.groups
        ]
        laid.makes_up(key_of(step.code, place, period, standing), parts)
