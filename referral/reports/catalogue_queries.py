"""All reports by their names: what each answers, and how it is counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from referral.errors import RuleBroken
from referral.published.audiences import Audience
from referral.published.tables import Told
from referral.published.telling import Counted, told
from referral.published.withholding import CannotBeHidden
from referral.reports import (
    asks_queries,
    custody_queries,
    doors_queries,
    equity_queries,
    national_queries,
    return_queries,
)
from referral.reports.areas import area_of
from referral.reports.periods import period_of
from referral.reports.queries import areas_for
from referral.reports.wanted import Wanted
from referral.reports.worlds import known_at


class NoSuchReport(RuleBroken):
    """We do not know that report. Choose one from the list."""


class TooSmallToTell(RuleBroken):
    """These numbers would point at somebody. Choose a longer period or a larger area."""


@dataclass(frozen=True)
class Kind:
    """A kind of report: its name, its title, the question it answers, and how it is counted."""

    name: str
    title: str
    answers: str
    count: Callable[[Wanted], Counted]


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            national_queries.NAME,
            national_queries.TITLE,
            "How many people were booked, asked, referred, taken on and met, and where.",
            national_queries.national,
        ),
        Kind(
            custody_queries.NAME,
            custody_queries.TITLE,
            "Who is asked at the desk, when and where, why nobody asked, and who was seen there.",
            custody_queries.custody,
        ),
        Kind(
            equity_queries.NAME,
            equity_queries.TITLE,
            "How far people come by sex, age, ethnicity, disability and where they live.",
            equity_queries.equity,
        ),
        Kind(
            return_queries.NAME,
            return_queries.TITLE,
            "How many were booked again within 30, 90 and 180 days. Only a description.",
            return_queries.returned,
        ),
        Kind(
            asks_queries.NAME,
            asks_queries.TITLE,
            "Who asked, at which ask people agreed, and why others did not.",
            asks_queries.asks,
        ),
        Kind(
            doors_queries.NAME,
            doors_queries.TITLE,
            "How people come: custody, the cells of a court, or by themselves; and how far.",
            doors_queries.doors,
        ),
    )
}


def kind_of(name: str) -> Kind:
    """The kind of a name. Raises NoSuchReport."""
    try:
        return KINDS[name]
    except KeyError:
        raise NoSuchReport from None


def report_told(
    name: str,
    period: str,
    area: str,
    audience: Audience,
    now: datetime,
    as_at: datetime | None = None,
) -> Told:
    """A report for an audience, by itself: what was published before is not looked at.

    Raises NoSuchReport, NoSuchPeriod, NoSuchArea, FactsNotMade, BeforeFacts, TooSmallToTell.
    """
    where = area_of(area, areas_for(None))
    wanted = Wanted(period_of(period), where, audience, known_at(as_at or now, now), now)
    try:
        return told(kind_of(name).count(wanted))
    except CannotBeHidden:
        raise TooSmallToTell from None
