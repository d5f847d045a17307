"""Stays where other tables tell of people: what was published of custody counts stays.

For one's own alone: outsiders are told of no single centre, and of people.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func

from referral.db import db
from referral.directory.queries import centres, labels
from referral.journey.models import NeedFacts
from referral.official.queries import throughput_at
from referral.published.tables import Column, Entry, Given, Key, Measured, Row, Table
from referral.reports.laying import Laid, Tallies, inside, key_of
from referral.reports.steps import Standing
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import of_stays_in

STAYS = "stays"


def lay_stays(
    laid: Laid, wanted: Wanted, scope: Any, whole: Tallies, by_centre: Mapping[str, Tallies]
) -> None:
    """All stays, those that led to a referral, by need those in which it was named; by centre."""
    of_all = key_of("booked", wanted.area.code, wanted.period.name)[0]
    every: Key = (of_all, STAYS, wanted.area.code, wanted.period.name)
    in_all = whole["booked"].stays[Standing.REACHED]
    names = labels("need")
    found = [
        ("referred", "Led to a referral", whole["referred"].stays[Standing.REACHED]),
        *((need, names.get(need, need), many) for need, many in _named(wanted, scope)),
    ]
    rows: list[Row[Entry]] = [Row("all", "All stays", (laid.count(every, in_all), NO_SHARE))]
    for code, title, many in found:
        key = (f"{code}/told", STAYS, *every[2:])
        share = Measured(_hundredth(many, in_all), (key, every))
        rows.append(Row(code, title, (laid.count(key, many, every), share)))
    laid.tables.append(Table("stays", "Stays", ABOUT, "stays", COLUMNS, tuple(rows)))
    _lay_centres(laid, wanted, every, by_centre)


def _named(wanted: Wanted, scope: Any) -> list[tuple[str, int]]:
    """By need the stays in which it was named."""
    told = of_stays_in(NeedFacts, wanted.period, wanted.world, scope)
    many = func.count(NeedFacts.booking_id.distinct())
    listed = told.add_columns(NeedFacts.need, many).group_by(NeedFacts.need)
    return [(need, number) for need, number in db.session.execute(listed.order_by(NeedFacts.need))]


def _lay_centres(laid: Laid, wanted: Wanted, every: Key, by_centre: Mapping[str, Tallies]) -> None:
    """Each centre in which anybody was, and what its latest source says of the same time."""
    rows: list[Row[Entry]] = []
    notes: dict[str, None] = {}
    for centre in centres():
        if str(centre.id) not in by_centre:
            continue
        many = by_centre[str(centre.id)]["booked"].stays[Standing.REACHED]
        place = inside(wanted.area.code, f"centre:{centre.id}")
        key = (every[0], STAYS, place, wanted.period.name)
        published = next(iter(throughput_at(centre.id, wanted.period)), None)
        figure = published.number if published else None
        if published:
            notes[f"{published.source}: {published.definition}."] = None
        cells = (laid.count(key, many, every), Given(figure), _beside(many, figure, key))
        rows.append(Row(str(centre.id), centre.name, cells))
    title = "Stays by centre, beside what is published"
    table = Table("centres", title, BESIDE, "centre", CENTRES, tuple(rows), tuple(notes))
    laid.tables.append(table)


def _beside(many: int, figure: int | None, key: Key) -> Measured:
    return Measured(_hundredth(many, figure or 0), (key,))


def _hundredth(many: int, of: int) -> float | None:
    return round(100 * many / of, 1) if of else None


NO_SHARE = Given(None)
COLUMNS = (Column("stays", "Stays", STAYS), Column("share", "Of all stays", "%"))
CENTRES = (
    Column("stays", "Stays", STAYS),
    Column("published", "Passed through, as published", ""),
    Column("beside", "Stays, of those published", "%"),
)
ABOUT = (
    "Stays that began in this time: one person can have several. What is published of needs that "
    "people name in custody counts stays."
)
BESIDE = (
    "Stays that began in this time, by custody centre, and how many passed through it by the "
    "latest source that tells of just this time. None is shown where nobody has entered one."
)
