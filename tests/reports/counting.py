"""Count a report for a test, and read one row of what is told."""

from support.stories import moment

from referral.directory.areas import area_of
from referral.published.audiences import Audience
from referral.published.periods import period_of
from referral.published.tables import Number
from referral.reports.catalogue_queries import report_told
from referral.reports.queries import areas_for
from referral.reports.wanted import Wanted
from referral.reports.worlds import World

SCOTLAND = "S92000003"
GLASGOW = "S12000049"  # the council
GLASGOW_ADP = "S11000015"
LATER = "2026-12-01 10:00"


def wanted(area: str = SCOTLAND, when: str = LATER, period: str = "2026-Q3") -> Wanted:
    """A report of a quarter for those who work with the people themselves."""
    now = moment(when)
    where = area_of(area, areas_for(None))
    return Wanted(period_of(period), where, Audience.OWN, World(now), now)


def own(name: str, area: str = SCOTLAND, when: str = LATER, period: str = "2026-Q3"):
    """A report as those read it from whom nothing is withheld."""
    return told_to(Audience.OWN, name, area, when, period)


def told_to(audience, name: str, area: str = SCOTLAND, when: str = LATER, period="2026-Q3"):
    """A report as an audience reads it."""
    return report_told(name, period, area, audience, moment(when))


def cells(told, table: str, row: str) -> dict[str, Number]:
    """The cells of a row by the code of their column."""
    found = next(one for one in told.tables if one.code == table)
    codes = [column.code for column in found.columns]
    return dict(zip(codes, found.row(row).cells, strict=True))


def values(told, table: str, row: str) -> list[object]:
    """What a row says."""
    return [cell.value for cell in cells(told, table, row).values()]


def many(line: str, number: int, start: int = 0) -> str:
    """The same lines of a story for so many people: {} is the name of each."""
    return "".join(line.replace("{}", f"P{place}") for place in range(start, start + number))
