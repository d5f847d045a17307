"""Which stays and referrals reach each step of the ladder: one row for each measure."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Select, and_, case, false, func, or_, select, true

from referral.custody.models import Booking
from referral.custody.queries import COUNTS
from referral.db import db
from referral.handoff.referrals.states import ReferralState
from referral.journey.facts import FOREVER, whole_seconds
from referral.journey.models import NeedFacts, ReferralFacts, StayFacts
from referral.published.periods import Period
from referral.reports.outcomes import Counted

# whether a step was reached and whether that is unknown, by the code of the measure
Steps = dict[str, tuple[Any, Any]]

AGAIN = timedelta(days=90)
UNKNOWN = "{}_unknown"


def booked_in(period: Period, scope: ColumnElement[bool]) -> Select[UUID]:
    """The stays that began in a period within a scope."""
    within = Booking.authorised_at >= period.starts, Booking.authorised_at < period.ends
    return select(Booking.id).where(scope, *within, COUNTS)


def stays_of(booked: Select[UUID], at: datetime) -> CTE:
    """Those stays with each step that is reached in a stay."""
    columns = [StayFacts.booking_id.label("id"), StayFacts.person, *_labelled(_stay_steps(at))]
    return _once(_holding(StayFacts, booked).with_only_columns(*columns), "stays")


def sent_of(booked: Select[UUID], at: datetime) -> CTE:
    """The referrals of those stays that were sent, and each step that a referral reaches."""
    facts = ReferralFacts
    columns = [facts.referral_id.label("id"), facts.person, facts.booking_id]
    wanted = _holding(facts, booked).with_only_columns(*columns, *_labelled(_referral_steps(at)))
    return _once(wanted, "sent")


def told_in(booked: Select[UUID]) -> CTE:
    """Those stays with each need that counts in them, by its code."""
    columns = NeedFacts.booking_id, NeedFacts.need.label("code")
    return _once(_holding(NeedFacts, booked).with_only_columns(*columns), "told")


def steps_of(table: CTE) -> Steps:
    """The steps of such a table, to be counted."""
    unknown = {column.key: table.c.get(UNKNOWN.format(column.key)) for column in table.c}
    return {code: (table.c[code], found) for code, found in unknown.items() if found is not None}


def counted(table: CTE, steps: Steps) -> dict[str, Counted]:
    """How many of a table reached each of these steps, in one statement."""
    sums: list[Any] = []
    for reached, unknown in steps.values():
        sums.append(func.count(case((reached, table.c.person)).distinct()))
        sums.append(func.count(case((reached, table.c.id))))
        sums.append(func.count(case((unknown, table.c.id))))
    row = db.session.execute(select(*sums)).one()
    return {step: Counted(*row[3 * n : 3 * n + 3]) for n, step in enumerate(steps)}


def _holding(facts: Any, booked: Select[UUID]) -> Select[Any]:
    """What holds now of these stays."""
    return select(facts).where(facts.known_until == FOREVER, facts.booking_id.in_(booked))


def _stay_steps(at: datetime) -> Steps:
    facts = StayFacts
    days = int(AGAIN.total_seconds())
    agreed = facts.agreed_at.is_not(None)
    again = and_(facts.next_at.is_not(None), facts.next_at <= facts.booked_at + days)
    never = or_(facts.next_at.is_(None), facts.next_at > facts.booked_at + days)
    return {
        "booked": (true(), false()),
        "need": (facts.needs > 0, facts.heard_at.is_(None)),
        "asked": (facts.asked_at.is_not(None), facts.offers == 0),
        "agreed": (agreed, false()),
        "assessed": (and_(agreed, facts.assessed_at.is_not(None)), false()),
        "returned": (again, and_(never, facts.booked_at > whole_seconds(at) - days)),
    }


def _referral_steps(at: datetime) -> Steps:
    facts = ReferralFacts
    accepted = facts.accepted_at.is_not(None)
    unsaid = and_(facts.unsaid_from.is_not(None), facts.unsaid_from < whole_seconds(at))
    contact = facts.contact_at.is_not(None)
    came = facts.came_at.is_not(None)
    known = facts.outcome_at.is_not(None)
    ended = facts.written_up_at.is_not(None)
    return {
        "referred": (true(), false()),
        "accepted": (accepted, facts.state == ReferralState.REQUESTED),
        "contact": (and_(accepted, contact), and_(accepted, ~contact, unsaid)),
        "engaged": (and_(accepted, came), and_(accepted, ~came, unsaid)),
        "outcome": (and_(accepted, ended, known), and_(accepted, ended, ~known)),
    }


def _labelled(steps: Steps) -> list[Any]:
    return [
        column
        for code, (reached, unknown) in steps.items()
        for column in (reached.label(code), unknown.label(UNKNOWN.format(code)))
    ]


def _once(wanted: Any, name: str) -> CTE:
    """A set that the engine makes once for a statement; flattened, each sum would ask anew."""
    return wanted.cte(name).prefix_with("MATERIALIZED")  # type: ignore[no-any-return]
