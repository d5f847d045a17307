"""Since when arrest referral works at each custody centre."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, select

from referral.db import db
from referral.directory.models import CustodyCentre, team_centre
from referral.journey.facts import FOREVER
from referral.journey.models import StayFacts
from referral.published.periods import Period
from referral.reports.scopes_queries import IN_CUSTODY
from referral.reports.wanted import Wanted
from referral.reports.worlds_queries import stays_in

EARLIEST = date(2000, 1, 1)
Starts = Mapping[UUID, int]  # the second, by custody centre


def starts_of(wanted: Wanted, held: Starts) -> Starts:
    """The start of each centre: as it is held, or else the first that a team of it referred.

    A team starts with the first stay, at any of its centres, that led to a referral. A centre
    without either is left out.
    """
    first = _first_referrals(wanted)
    teams = _teams()
    team = {
        one: min((first[centre] for centre in centres if centre in first), default=FOREVER)
        for one, centres in teams.items()
    }
    starts = dict(first)
    for one, centres in teams.items():
        for centre in centres:
            starts[centre] = min(starts.get(centre, FOREVER), team[one])
    return {one: at for one, at in (starts | dict(held)).items() if at < FOREVER}


def start(starts: Starts) -> ColumnElement[int]:
    """The start of the centre in which a stay was; the end of time where there is none."""
    if not starts:
        return case((StayFacts.booked_at >= 0, FOREVER), else_=FOREVER)
    return case(*((StayFacts.centre_id == one, at) for one, at in starts.items()), else_=FOREVER)


def _first_referrals(wanted: Wanted) -> dict[UUID, int]:
    """When the first stay at a centre began that led to a referral."""
    until = Period("until then", EARLIEST, wanted.period.last)
    led = stays_in(until, wanted.world, IN_CUSTODY, StayFacts.referred_at.is_not(None))
    there = led.where(StayFacts.centre_id == CustodyCentre.id)
    first: Any = there.with_only_columns(StayFacts.booked_at).order_by(StayFacts.booked_at).limit(1)
    rows = select(CustodyCentre.id, first.scalar_subquery()).order_by(CustodyCentre.id)
    return {centre: at for centre, at in db.session.execute(rows) if at is not None}


def _teams() -> dict[UUID, list[UUID]]:
    pairs = _covered()
    return {team: [one for other, one in pairs if other == team] for team, _ in pairs}


def _covered() -> list[tuple[UUID, UUID]]:
    """Each team with each custody centre that it covers."""
    columns = team_centre.c
    rows = select(columns.organisation_id, columns.centre_id)
    ordered = rows.order_by(columns.organisation_id, columns.centre_id)
    return [(team, centre) for team, centre in db.session.execute(ordered)]
