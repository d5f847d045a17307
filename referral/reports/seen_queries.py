"""Who agreed and was seen by a worker before they left, and after how many hours."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import String, case, cast, func, or_, select

from referral.db import db
from referral.journey.models import StayFacts
from referral.published.tables import Code, Column, Entry, Measured, Row, Share, Table
from referral.reports.laying import PEOPLE, Laid, key_of
from referral.reports.middles import within_which
from referral.reports.steps_queries import DIGITS
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import second_of, stays_in

# of several stays of one person that counts which stands last
LEFT, STILL_HERE, LATER, BEFORE = range(4)
COLUMNS: Mapping[int, tuple[str, str]] = {
    BEFORE: ("before", "Assessed before they left"),
    LATER: ("later", "Assessed later"),
    STILL_HERE: ("not_yet", "Not yet: still there"),
    LEFT: ("unknown", "Left, and no assessment is recorded"),
}


def lay_seen(laid: Laid, wanted: Wanted, scope: Any) -> None:
    """Who agreed, by whether a worker assessed them before they left, and how long that took.

    Those who agreed must be laid already.
    """
    place = wanted.area.code
    period = wanted.period.name
    agreed = key_of("agreed", place, period)
    found = _seen(wanted, scope)
    keys = {where: (f"seen/{code}", PEOPLE, place, period) for where, (code, _) in COLUMNS.items()}
    counts = [laid.count(key, found[where].total(), agreed) for where, key in keys.items()]
    took = found[BEFORE] + found[LATER]
    assessed = ("seen/assessed", PEOPLE, place, period)
    seen = laid.count(assessed, took.total(), agreed)
    laid.makes_up(assessed, (keys[BEFORE], keys[LATER]))
    laid.makes_up(agreed, (assessed, keys[STILL_HERE], keys[LEFT]))
    cells: list[Entry] = [
        laid.count(agreed, laid.counts[agreed]),
        seen,
        *counts,
        Share(keys[BEFORE], agreed, keys[STILL_HERE]),
        Measured(within_which(took, 50), (assessed,), _none_of(took)),
        Measured(within_which(took, 90), (assessed,), _none_of(took)),
    ]
    rows = (Row("all", "Everybody", tuple(cells)),)
    laid.tables.append(Table("seen", "Seen in custody", SEEN, "group", OF_SEEN, rows))


def _seen(wanted: Wanted, scope: Any) -> Mapping[int, Counter[int]]:
    """How many people stand where, by how many whole hours until their first assessment."""
    at = second_of(wanted.world)
    each = _each(wanted, scope, at).subquery("each_seen")
    stands = func.max(each.c.stands)
    took = cast(func.substr(func.min(each.c.took), DIGITS + 1), String)
    people = select(stands.label("stands"), took.label("took")).group_by(each.c.person)
    one = people.subquery("each_person_seen")
    by = (one.c.stands, one.c.took)
    many = select(*by, func.count()).group_by(*by).order_by(*by)
    found = defaultdict[int, Counter[int]](Counter)
    for where, hours, number in db.session.execute(many):
        found[where][int(hours or 0)] += number
    return found


def _each(wanted: Wanted, scope: Any, at: Any) -> Any:
    """Each stay in which somebody agreed: where it stands, and when it began with the hours."""
    facts = StayFacts
    here = or_(facts.released_at.is_(None), facts.released_at > at)
    assessed = facts.assessed_at <= at
    before = or_(here, facts.assessed_at <= facts.released_at)
    stands = case((assessed & before, BEFORE), (assessed, LATER), (here, STILL_HERE), else_=LEFT)
    later = case(
        (facts.assessed_at > facts.agreed_at, facts.assessed_at - facts.agreed_at), else_=0
    )
    hours = cast(facts.booked_at, String).concat(cast(later // 3600, String))
    stays = stays_in(wanted.period, wanted.world, scope, facts.agreed_at <= at)
    return stays.with_only_columns(
        facts.person, stands.label("stands"), case((assessed, hours)).label("took")
    )


def _none_of(took: Counter[int]) -> Code:
    return Code.TOLD if took.total() else Code.NONE


OF_SEEN = (
    Column("of", "Agreed, of whom", PEOPLE),
    Column("assessed", "Assessed", PEOPLE),
    *(Column(code, title, PEOPLE) for code, title in COLUMNS.values()),
    Column("share", "Assessed before they left", "%"),
    Column("median", "Half were assessed within", "hours"),
    Column("ninety", "Nine in ten were assessed within", "hours"),
)
SEEN = (
    "People who agreed to speak with a worker, by whether one finished an assessment before they "
    "left; of several stays of one person that counts in which they came furthest. Hours are whole "
    "hours, from their agreement to the first assessment."
)
