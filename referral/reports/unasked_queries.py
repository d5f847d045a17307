"""Needs that people named, and whether anybody asked them if they want help."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from referral.db import db
from referral.directory.queries import labels
from referral.journey.models import NeedFacts
from referral.published.tables import Column, Entry, Row, Share, Table
from referral.reports.laying import PEOPLE, STANDING_COLUMNS, STANDINGS, Laid, key_of, why_no_share
from referral.reports.steps import STEPS, Standing, Tally
from referral.reports.steps_queries import FURTHEST_LAST, standing_at
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import of_stays_in, second_of

ASKED = next(step for step in STEPS if step.code == "asked")


def lay_needs(laid: Laid, wanted: Wanted, scope: Any) -> None:
    """By need the people who named it, and whether they were asked in a stay in which they did.

    Everybody booked must be laid already.
    """
    place = wanted.area.code
    period = wanted.period.name
    booked = key_of("booked", place, period)
    names = labels("need")
    rows: list[Row[Entry]] = []
    for need, tally in _named(wanted, scope):
        named = (f"{need}/told", PEOPLE, place, period)
        first = laid.count(named, tally.asked_of, booked)
        laid.among(named, booked)
        keys = {
            one: (f"{need}/told/{code}", PEOPLE, place, period)
            for one, (code, _) in STANDINGS.items()
        }
        counts = [laid.count(key, tally.people[one], named) for one, key in keys.items()]
        laid.makes_up(named, keys.values())
        share = Share(keys[Standing.REACHED], named, keys[Standing.NOT_YET], why_no_share(tally))
        rows.append(Row(need, names.get(need, need), (first, *counts, share)))
    laid.tables.append(
        Table("needs", "Needs named, and who was asked", NEEDS, "need", COLUMNS, tuple(rows))
    )


def _named(wanted: Wanted, scope: Any) -> Sequence[tuple[str, Tally]]:
    """By need how those who named it stand, in one statement."""
    told = of_stays_in(NeedFacts, wanted.period, wanted.world, scope)
    stands = func.max(standing_at(ASKED, second_of(wanted.world))).label("stands")
    each = told.add_columns(NeedFacts.need, stands).group_by(NeedFacts.need, NeedFacts.person)
    one = each.subquery("each_who_named")
    many = select(one.c.need, one.c.stands, func.count()).group_by(one.c.need, one.c.stands)
    found = defaultdict[str, dict[Standing, int]](lambda: dict.fromkeys(Standing, 0))
    for need, number, people in db.session.execute(many.order_by(one.c.need, one.c.stands)):
        found[need][FURTHEST_LAST[number]] += people
    return [(need, Tally(stand, stand)) for need, stand in found.items()]


COLUMNS = (
    Column("of", "Named it, of whom", PEOPLE),
    *(
        Column(column.code, title, column.unit)
        for column, title in zip(
            STANDING_COLUMNS,
            ("Asked", "Nobody asked, and it is said why", "Not yet", "Unknown", "Share asked"),
            strict=True,
        )
    ),
)
NEEDS = (
    "People, by what they or a worker named, and whether somebody asked them if they want help in "
    "a stay in which they named it. One person can have several needs. Unknown: they have left and "
    "nothing was recorded."
)
