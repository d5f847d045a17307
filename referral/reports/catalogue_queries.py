"""All reports by their names: what each answers, and how it is counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from referral.errors import RuleBroken
from referral.published.audiences import Audience
from referral.published.tables import Told
from referral.published.telling import Counted, told
from referral.published.withholding import CannotBeHidden
from referral.reports import adp_queries, national_queries, service_queries, unmet_queries
from referral.reports.areas import area_of
from referral.reports.bridge_queries import none_held
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
            adp_queries.NAME,
            adp_queries.TITLE,
            "What custody sent to the services of those who live in an ADP, how long they waited.",
            partial(adp_queries.adp, officially=none_held),
        ),
        Kind(
            service_queries.NAME,
            service_queries.TITLE,
            "How soon each service answers, whom it takes on and meets, and how that ended.",
            service_queries.service,
        ),
        Kind(
            unmet_queries.NAME,
            unmet_queries.TITLE,
            "Which needs nobody could take, month by month, and why.",
            unmet_queries.unmet,
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
