"""The tables of a report, laid out from what was counted, with what holds between their counts.

Whoever lays out a table names its cells and says which make up which: what may be told of them is
decided over all of them together, when the report is done.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence

from referral.directory.areas import SCOTLAND
from referral.published.cells import AtMost, Sum
from referral.published.tables import (
    About,
    Code,
    Column,
    Count,
    Entry,
    Given,
    Key,
    Row,
    Share,
    Table,
)
from referral.published.telling import Counted
from referral.reports.steps import KNOWN_OF, OVER_FOR, STEPS, Standing, Step, Tally

Tallies = Mapping[str, Tally]
PEOPLE = "people"
STANDINGS: Mapping[Standing, tuple[str, str]] = {
    Standing.REACHED: ("reached", "Went on"),
    Standing.NOT_REACHED: ("not_reached", "Did not"),
    Standing.NOT_YET: ("not_yet", "Not yet"),
    Standing.UNKNOWN: ("unknown", "Unknown"),
}
NOT_ASKED_OF = Given(None, Code.NONE)
STANDING_COLUMNS = (
    *(Column(code, words, PEOPLE) for code, words in STANDINGS.values()),
    Column("share", "Share that went on", "%"),
)


def key_of(step: str, place: str, period: str, standing: Standing = Standing.REACHED) -> Key:
    """The name of how many people of a place stand so at a step."""
    return f"{step}/{STANDINGS[standing][0]}", PEOPLE, place, period


def inside(place: str, part: str) -> str:
    """The name of a part of a place; in all of Scotland the part's own, whoever counts it."""
    return part if place == SCOTLAND[0] else f"{place}|{part}"


class Laid:
    """A report that is being laid out."""

    def __init__(self, about: About) -> None:
        self.about = about
        self.tables: list[Table[Entry]] = []
        self.counts: dict[Hashable, int] = {}
        self.sums: list[Sum] = []
        self.bounds: list[AtMost] = []
        self.parents: dict[Hashable, Hashable] = {}

    def count(self, key: Key, number: int, parent: Key | None = None) -> Count:
        """A count of its own. `parent` is the count of which a zero here would tell something."""
        self.counts[key] = number
        if parent is not None and parent != key:
            self.parents[key] = parent
        return Count(key, number)

    def each_among_the_last(self, whole: Key, counted: Sequence[tuple[Key, int]]) -> list[Count]:
        """Counts of which each is a part of the one before, and the first of the whole."""
        before = [whole, *(key for key, _ in counted)]
        for last, (key, number) in zip(before, counted, strict=False):
            self.count(key, number, last)
            self.among(key, last)
        return [Count(key, number) for key, number in counted]

    def makes_up(self, whole: Key, parts: Iterable[Key]) -> None:
        """Each unit of the whole is in one of the parts."""
        made_of = Sum(whole, tuple(parts))
        if made_of not in self.sums:
            self.sums.append(made_of)

    def among(self, part: Key, whole: Key) -> None:
        """Each unit of the part is in the whole."""
        self.bounds.append(AtMost(part, (whole,)))

    def report(
        self, people: Key, definitions: Mapping[str, str], notes: Sequence[str] = ()
    ) -> Counted:
        """The report, of so many people."""
        return Counted(
            self.about,
            tuple(self.tables),
            self.counts,
            people,
            tuple(self.sums),
            tuple(self.bounds),
            self.parents,
            definitions,
            tuple(notes),
        )

    def ladder(
        self,
        tallies: Tallies,
        place: str,
        title: str = "The way, step by step",
        code: str = "ladder",
        steps: Sequence[Step] = STEPS,
    ) -> None:
        """Everybody of a place at each step: went on, did not, not yet, unknown."""
        period = self.about.period
        start = steps[0]
        booked = key_of(start.code, place, period)
        before = booked
        everybody = self.count(booked, tallies[start.code].people[Standing.REACHED])
        first: tuple[Entry, ...] = (everybody, *[NOT_ASKED_OF] * 5)
        rows: list[Row[Entry]] = [Row(start.code, start.title, first)]
        for step in steps[1:]:
            cells = self.standings(step, tallies[step.code], place, before)
            before = key_of(step.code, place, period)
            rows.append(Row(step.code, step.title, (*cells, Share(before, booked))))
        of_all = f"Share of everybody {start.title.lower()}"
        columns = [*STANDING_COLUMNS, Column("of_all", of_all, "%")]
        self.tables.append(
            Table(code, title, WAY, "step", tuple(columns), tuple(rows), (SHARES,), "ladder")
        )

    def standings(self, step: Step, tally: Tally, place: str, before: Key) -> list[Entry]:
        """How those of a place who reached the step before stand at a step, and the share."""
        period = self.about.period
        keys = {one: key_of(step.code, place, period, one) for one in STANDINGS}
        counts = [self.count(key, tally.people[one], before) for one, key in keys.items()]
        self.makes_up(before, keys.values())
        went_on = keys[Standing.REACHED]
        return [*counts, Share(went_on, before, keys[Standing.NOT_YET], why_no_share(tally))]

    def reached_by(
        self,
        table: Table[Entry],
        parts: Mapping[str, tuple[str, Tallies]],
        steps: Sequence[str],
        whole: str,
        place: str = "{}",
    ) -> None:
        """How many people of each part of a place reached these steps, a row for each part.

        `table` has the words and no rows; `parts` the name and the tallies by code, of which
        each person of `whole` is in one; `place` makes the name of a part's cells from its code.
        """
        turned = steps[::-1]  # what the report is about first
        rows = [
            Row(code, title, tuple(self._reached(tallies, steps, place.format(code))[::-1]))
            for code, (title, tallies) in parts.items()
        ]
        for step in steps:
            keys = [key_of(step, place.format(code), self.about.period) for code in parts]
            if (all_of_it := key_of(step, whole, self.about.period)) in self.counts:
                self.makes_up(all_of_it, keys)
        self.tables.append(
            Table(
                table.code,
                table.title,
                table.about,
                table.of,
                table.columns or tuple(_columns(turned)),
                tuple(rows),
                table.notes,
                table.drawn,
            )
        )

    def _reached(self, tallies: Tallies, steps: Sequence[str], place: str) -> list[Count]:
        numbers = [tallies[step].people[Standing.REACHED] if tallies else 0 for step in steps]
        keys = [key_of(step, place, self.about.period) for step in steps]
        first = self.count(keys[0], numbers[0])
        rest = list(zip(keys[1:], numbers[1:], strict=True))
        return [first, *self.each_among_the_last(keys[0], rest)]


def why_no_share(tally: Tally) -> Code:
    """Why a step gives no share, in the codes of a table; nothing where it gives one."""
    over = tally.asked_of - tally.people[Standing.NOT_YET]
    if over < OVER_FOR * tally.asked_of:
        return Code.TOO_EARLY
    known = over - tally.people[Standing.UNKNOWN]
    return Code.NOT_KNOWN if known < KNOWN_OF * over else Code.TOLD


def _columns(steps: Iterable[str]) -> list[Column]:
    titles = {step.code: step.title for step in STEPS}
    return [Column(step, titles[step], PEOPLE) for step in steps]


WAY = "People, each counted once, by the stay in which they came furthest."
SHARES = (
    "Each step is asked of those who reached the step before. A share leaves out those for whom "
    "the time still runs; it is given once the time is over for nine in ten, and once it is known "
    "of 85 in 100 of those. Nobody is counted as a no because nothing was said."
)
