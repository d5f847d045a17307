"""Where the people and the stays of a period stand at each step, counted in two statements."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, null, select, true

from referral.db import db
from referral.journey.facts import FOREVER, whole_seconds
from referral.journey.models import StayFacts
from referral.journey.queries import check_facts
from referral.reports.periods import Period
from referral.reports.steps import STEPS, Standing, Tally

# Of several stays of one person that counts in which they came furthest.
FURTHEST_LAST = (Standing.NOT_REACHED, Standing.UNKNOWN, Standing.NOT_YET, Standing.REACHED)


def stays_in(period: Period, as_at: datetime | None, *scope: ColumnElement[bool]) -> Select[Any]:
    """The facts of the stays that began in a period within a scope.

    As they are now, or as they were held to be true at an earlier moment. Raises FactsNotMade,
    BeforeFacts.
    """
    check_facts(as_at)
    held = [StayFacts.known_until == FOREVER]
    if as_at is not None:
        moment = whole_seconds(as_at)
        held = [StayFacts.known_from <= moment, StayFacts.known_until > moment]
    began = StayFacts.booked_at >= whole_seconds(period.starts)
    return (
        select(StayFacts)
        .where(began, StayFacts.booked_at < whole_seconds(period.ends))
        .where(*held, *scope)
    )


def tallies(stays: Select[Any], at: datetime) -> Mapping[str, Tally]:
    """At each step how many people, and how many stays, stand where, at the moment of a report."""
    standings = _standings(whole_seconds(at))
    each = stays.with_only_columns(StayFacts.person, *standings).subquery()
    furthest = [func.max(each.c[step.code]).label(step.code) for step in STEPS]
    people = _counted(select(*furthest).group_by(each.c.person).subquery())
    instances = _counted(each)
    return {step.code: Tally(people[step.code], instances[step.code]) for step in STEPS}


def _standings(at: int) -> list[Any]:
    """For each step the number of where a stay stands; none where it did not come so far."""
    columns: list[Any] = []
    so_far: list[Any] = []
    for step in STEPS:
        reached, never, to_come = (
            _condition(holds(StayFacts, at)) for holds in (step.reached, step.never, step.to_come)
        )
        number = case(
            (~and_(true(), *so_far), null()),
            (reached, FURTHEST_LAST.index(Standing.REACHED)),
            (never, FURTHEST_LAST.index(Standing.NOT_REACHED)),
            (to_come, FURTHEST_LAST.index(Standing.NOT_YET)),
            else_=FURTHEST_LAST.index(Standing.UNKNOWN),
        )
        columns.append(number.label(step.code))
        so_far.append(func.coalesce(reached, false()))
    return columns


def _condition(holds: Any) -> Any:
    return true() if holds is True else false() if holds is False else holds


def _counted(each: Any) -> dict[str, dict[Standing, int]]:
    """How many rows stand where at each step; rows that stand alike everywhere come as one."""
    columns = [each.c[step.code] for step in STEPS]
    wanted = select(*columns, func.count().label("many")).group_by(*columns)
    return _by_step(db.session.execute(wanted.order_by(*columns)).all())


def _by_step(alike: Iterable[Any]) -> dict[str, dict[Standing, int]]:
    found: dict[str, Counter[Standing]] = {step.code: Counter() for step in STEPS}
    for row in alike:
        for step in STEPS:
            if (number := getattr(row, step.code)) is not None:
                found[step.code][FURTHEST_LAST[number]] += row.many
    return {code: {one: counter[one] for one in Standing} for code, counter in found.items()}
