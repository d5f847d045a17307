"""What is checked of an edition before anybody signs it, and what a person has to look at."""

from collections.abc import Iterator
from dataclasses import dataclass

from referral.published.register import Release
from referral.published.tables import Code, Number, Table, Told
from referral.published.telling import FEWEST_FOR_A_SHARE
from referral.web.filters import counted

MUCH = 0.15  # of a number, from one edition to the next
MOST_NAMED = 5


@dataclass(frozen=True)
class Check:
    """One check: what was asked, what was found, and whether somebody has to look at it."""

    title: str
    found: str
    look: bool = False


@dataclass(frozen=True)
class Change:
    """A number that is much greater or smaller than in the period before."""

    what: str
    was: int
    now: int


def checks_of(told: Told, release: Release, editions: int, before: Told | None) -> list[Check]:
    """All checks of an edition, those first that somebody has to look at."""
    found = [
        _changed(told, before),
        Check(
            "Nobody can be worked out",
            f"Withheld: {told.withheld} of {counted(len(told.numbers), 'number')}, beside "
            f"{counted(editions, 'edition')}; a search for the best attack finds none of them.",
        ),
        Check(
            "Every step adds up",
            f"{counted(len(release.sums), 'sum')} over {counted(len(release.counts), 'count')}.",
        ),
        _complete(told),
        Check("The period is over", f"Everything is counted as of {told.about.as_at:%-d %B %Y}."),
    ]
    return sorted(found, key=lambda check: not check.look)


def _changed(told: Told, before: Told | None) -> Check:
    title = "Changed since the period before"
    if before is None:
        return Check(title, "No earlier period is published, so nothing is compared.")
    much = sorted(_changes(told, before), key=lambda one: -abs(one.now - one.was))[:MOST_NAMED]
    if not much:
        return Check(title, "No number changed by more than 15 in a hundred.")
    named = "; ".join(f"{one.what}: {one.was:,} then, {one.now:,} now" for one in much)
    return Check(title, f"{named}. Say why, or look for a mistake.", look=True)


def _changes(told: Told, before: Told) -> Iterator[Change]:
    earlier = {table.code: table for table in before.tables}
    for table in told.tables:
        if table.code in earlier:
            yield from _changes_in(table, earlier[table.code])


def _changes_in(table: Table[Number], before: Table[Number]) -> Iterator[Change]:
    then = {row.code: row for row in before.rows}
    for row in table.rows:
        cells = zip(table.columns, row.cells, strict=True)
        for place, (column, cell) in enumerate(cells):
            was = then[row.code].cells[place].value if row.code in then else None
            now = cell.value
            if not isinstance(was, int) or not isinstance(now, int) or column.unit == "%":
                continue
            if was >= FEWEST_FOR_A_SHARE and abs(now - was) > MUCH * was:
                yield Change(f"{row.title}, {column.title.lower()}", was, now)


def _complete(told: Told) -> Check:
    missing = {
        code: sum(cell.code is code for cell in told.numbers)
        for code in (Code.NOT_KNOWN, Code.TOO_EARLY)
    }
    words = (
        f"Shares not given because too little is known: {missing[Code.NOT_KNOWN]}; because the "
        f"time still runs: {missing[Code.TOO_EARLY]}."
    )
    return Check("Complete enough", words)
