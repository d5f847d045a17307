"""All reports by their names: what each answers, and how it is counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from referral.access.actor import Actor
from referral.directory.areas import Area, area_of
from referral.directory.queries import team_centres
from referral.errors import RuleBroken
from referral.official.queries import criminal_justice
from referral.published.audiences import Audience
from referral.published.periods import Period, period_of
from referral.published.tables import Told
from referral.published.telling import Counted, told
from referral.published.withholding import CannotBeHidden
from referral.reports import (
    adp_queries,
    asks_queries,
    custody_queries,
    doors_queries,
    equity_queries,
    evaluation_queries,
    national_queries,
    quality_queries,
    return_queries,
    service_queries,
    unmet_queries,
)
from referral.reports.bridge_queries import Official
from referral.reports.queries import areas_for
from referral.reports.wanted import Wanted
from referral.reports.worlds import known_at


class NoSuchReport(RuleBroken):
    """We do not know that report. Choose one from the list."""


class TooSmallToTell(RuleBroken):
    """These numbers would point at somebody. Choose a longer period or a larger area."""


class NoCentresYet(RuleBroken):
    """Your team has no custody centres yet. Ask your administrator to enter them."""


TEAM = "team"


def published_of(adp_code: str, period: Period) -> Official:
    """What Public Health Scotland published of an ADP, with the files that say so."""
    found = criminal_justice(adp_code, period)
    files = [f"{one.name}, taken in {one.imported_at:%-d %B %Y}" for one in found.files]
    source = f"Source of Referrals, Public Health Scotland: {'; '.join(files)}." if files else ""
    return Official(found.number, source)


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
            "How far people come by sex, age, ethnicity, disability, language and home.",
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
        Kind(
            adp_queries.NAME,
            adp_queries.TITLE,
            "What custody sent to the services of those who live in an ADP, how long they waited.",
            partial(adp_queries.adp, officially=published_of),
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
        Kind(
            evaluation_queries.NAME,
            evaluation_queries.TITLE,
            "How shares changed where arrest referral started, with how sure that is.",
            evaluation_queries.evaluation,
        ),
        Kind(
            quality_queries.NAME,
            quality_queries.TITLE,
            "What is missing, out of date or unknown, with its share.",
            quality_queries.quality,
        ),
    )
}


def kind_of(name: str) -> Kind:
    """The kind of a name. Raises NoSuchReport."""
    try:
        return KINDS[name]
    except KeyError:
        raise NoSuchReport from None


def team_told(name: str, period: str, actor: Actor, now: datetime, as_at: datetime | None) -> Told:
    """The exact report of the custody centres whose people the actor's own team works with.

    Raises NoSuchReport, NoSuchPeriod, FactsNotMade, BeforeFacts, NoCentresYet.
    """
    centres = tuple(centre.id for centre in team_centres(actor.organisation_id))
    if not centres:
        raise NoCentresYet
    where = Area(TEAM, "Your own team", "Team", (), centres)
    world = known_at(as_at or now, now)
    wanted = Wanted(period_of(period), where, Audience.OWN, world, now)
    return told(kind_of(name).count(wanted))


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
