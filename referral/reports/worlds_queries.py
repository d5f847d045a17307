"""The facts of the stays of a period, as a world holds them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select

from referral.journey.facts import FOREVER, whole_seconds
from referral.journey.models import NeedFacts, ReferralFacts, StayFacts
from referral.published.periods import Period
from referral.reports.worlds import World

AnyFacts = type[StayFacts] | type[ReferralFacts] | type[NeedFacts]

# The stays that have such facts, as they themselves say.
HAVE_SOME: Mapping[AnyFacts, ColumnElement[bool]] = {
    ReferralFacts: StayFacts.referred_at.is_not(None),
    NeedFacts: StayFacts.needs > 0,
}


def stays_in(period: Period, world: World, *scope: ColumnElement[bool]) -> Select[Any]:
    """The facts of the stays that began in a period within a scope."""
    return select(StayFacts).where(*_began_in(period), holding(StayFacts, world), *scope)


def of_stays_in(
    facts: AnyFacts, period: Period, world: World, *scope: ColumnElement[bool]
) -> Select[Any]:
    """The facts of the referrals, or of the needs, of those stays; columns are added to it."""
    some = HAVE_SOME[facts]  # or each stay is looked up, and most have none
    stays = stays_in(period, world, some, *scope).with_only_columns()
    return (
        stays.select_from(StayFacts)
        .join(facts, facts.booking_id == StayFacts.booking_id)
        .where(holding(facts, world))
    )


def second_of(world: World) -> Any:
    """The second at which it is judged of a row of facts what is over."""
    settled = [(and_(*_began_in(one.period)), whole_seconds(one.as_at)) for one in world.settled]
    second = whole_seconds(world.at)
    return case(*settled, else_=second) if settled else second


def _began_in(period: Period) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    starts = StayFacts.booked_at >= whole_seconds(period.starts)
    return starts, StayFacts.booked_at < whole_seconds(period.ends)


def as_of(
    world: World, holds: Callable[[datetime | None], ColumnElement[bool]]
) -> ColumnElement[bool]:
    """What holds at the moment of the first of the settled periods in which a stay began.

    None is now, or the moment as of which all else is counted.
    """
    parts: list[ColumnElement[bool]] = []
    not_before: list[ColumnElement[bool]] = []
    for one in world.settled:
        within = and_(*_began_in(one.period))
        parts.append(and_(within, *not_before, holds(one.as_at)))
        not_before.append(~within)
    return or_(*parts, and_(*not_before, holds(world.known)))


def holding(facts: AnyFacts, world: World) -> ColumnElement[bool]:
    """Whether a row of facts is held to be true in a world."""
    return as_of(world, lambda moment: _known_at(facts, moment))


def _known_at(facts: AnyFacts, moment: datetime | None) -> ColumnElement[bool]:
    if moment is None:
        return facts.known_until == FOREVER
    second = whole_seconds(moment)
    return and_(facts.known_from <= second, facts.known_until > second)
