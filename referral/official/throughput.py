"""How many people passed through custody, as others have counted and published it.

Sources differ: for 2023-24 HMICS published 102,179 for Scotland in one report and 99,986 in two
others. So a figure is kept and shown with what was counted, who says so and of which day, and what
one source says is never mixed with what another does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from referral.official.spans import Days, Span, day_after
from referral.published.periods import day_in_words
from referral.web.tables import Columns

LONGEST = 300  # characters of a definition, a source or an address
MOST = 10_000_000  # people in a period: more than Scotland has is a slip of the keyboard
COLUMNS = Columns(
    names={
        "period": ("period",),
        "first": ("first day", "from"),
        "last": ("last day", "to"),
        "place": ("area", "area code", "custody centre"),
        "number": ("count", "number", "throughput"),
        "definition": ("definition", "what was counted"),
        "source": ("source",),
        "published_on": ("published on", "published"),
        "read_on": ("read on",),
        "address": ("web address", "address", "url"),
    },
    needed=("place", "number", "definition", "source"),
)


@dataclass(frozen=True)
class Stated:
    """What a source says: how many, when it said so or when that was read there, and where."""

    number: int
    published_on: date | None
    read_on: date | None
    address: str = ""


@dataclass(frozen=True)
class Part:
    """One figure as it was published: of these days, counted in this way, by this source."""

    span: Span
    definition: str
    source: str
    stated: Stated

    @property
    def series(self) -> tuple[str, str]:
        """What has to be the same before two of them may be added up."""
        return self.source.casefold(), self.definition.casefold()


@dataclass(frozen=True)
class Figure:
    """How many in a period by one source and one definition, and the parts it is made of.

    One part is the figure as it was published; several make the period up exactly.
    """

    parts: Sequence[Part]

    @property
    def number(self) -> int:
        """How many."""
        return sum(part.stated.number for part in self.parts)

    @property
    def definition(self) -> str:
        """What was counted."""
        return self.parts[0].definition

    @property
    def source(self) -> str:
        """The title of what it is published in."""
        return self.parts[0].source

    @property
    def words(self) -> str:
        """The source with its day, as it has to stand beside every rate made with the figure."""
        added = f"; {len(self.parts)} figures added up" if len(self.parts) > 1 else ""
        return f"{self.source}, {dated(self.parts)}{added}"


def dated(parts: Sequence[Part]) -> str:
    """'published 3 June 2025'; of what bears no day, when it was read there."""
    published = [part.stated.published_on for part in parts if part.stated.published_on]
    read = [part.stated.read_on for part in parts if part.stated.read_on]
    if len(published) == len(parts):
        return f"published {day_in_words(max(published))}"
    return f"read {day_in_words(max([*read, *published]))}"


def figures_in(parts: Iterable[Part], days: Days) -> Sequence[Figure]:
    """What each source says of a period, the latest published first.

    Nothing is worked out from another period unless its parts make this one up to the day.
    """
    series: dict[tuple[str, str], list[Part]] = {}
    for part in parts:
        series.setdefault(part.series, []).append(part)
    made = (exactly(rows, days) for rows in series.values())
    found = [Figure(rows) for rows in made if rows]
    return sorted(found, key=lambda one: (-_latest(one).toordinal(), *one.parts[0].series))


def exactly(parts: Iterable[Part], days: Days) -> Sequence[Part]:
    """The fewest parts of one series that follow each other from the first day to the last."""
    ways: dict[date, list[Part]] = {days.first: []}
    for part in sorted(parts, key=lambda one: (one.span.first, -one.span.last.toordinal())):
        before = ways.get(part.span.first)
        if before is None or part.span.last > days.last:
            continue
        after = day_after(part.span.last)
        if after not in ways or len(before) + 1 < len(ways[after]):
            ways[after] = [*before, part]
    return ways.get(day_after(days.last), [])


def _latest(figure: Figure) -> date:
    stated = [part.stated for part in figure.parts]
    return max(day for one in stated for day in (one.published_on, one.read_on) if day)
