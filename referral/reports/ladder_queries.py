"""Which stays and referrals reach each step of the ladder: one row for each measure."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Interval,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from referral.casework.assessment.models import Assessment
from referral.casework.contact_plan.models import Attempt
from referral.custody.doors import Door
from referral.custody.models import Booking, Offer
from referral.custody.offers import ASKED, OfferAnswer
from referral.custody.queries import COUNTS
from referral.db import db
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import NeedOutcome, Referral, ReferralEvent
from referral.handoff.referrals.states import ReferralState
from referral.known.models import Observation
from referral.known.now import ANSWERED, About
from referral.known.queries import needs_told
from referral.reports.outcomes import Counted
from referral.reports.periods import Period

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
    columns = [Booking.id, Booking.person_id, *_labelled(_stay_steps(at))]
    return _once(booked.with_only_columns(*columns), "stays")


def sent_of(booked: Select[UUID], at: datetime) -> CTE:
    """The referrals of those stays that were sent, and each step that a referral reaches."""
    columns = [Referral.id, Referral.person_id, Referral.booking_id]
    wanted = select(*columns, *_labelled(_referral_steps(at))).where(
        Referral.booking_id.in_(booked),
        Referral.sent_at.is_not(None),
        Referral.state != ReferralState.ENTERED_IN_ERROR,
    )
    return _once(wanted, "sent")


def told_in(booked: Select[UUID]) -> CTE:
    """Those stays with each need that counts in them, by its code."""
    return _once(needs_told().where(Observation.booking_id.in_(booked)), "told")


def steps_of(table: CTE) -> Steps:
    """The steps of such a table, to be counted."""
    unknown = {column.key: table.c.get(UNKNOWN.format(column.key)) for column in table.c}
    return {code: (table.c[code], found) for code, found in unknown.items() if found is not None}


def counted(table: CTE, steps: Steps) -> dict[str, Counted]:
    """How many of a table reached each of these steps, in one statement."""
    sums: list[Any] = []
    for reached, unknown in steps.values():
        sums.append(func.count(case((reached, table.c.person_id)).distinct()))
        sums.append(func.count(case((reached, table.c.id))))
        sums.append(func.count(case((unknown, table.c.id))))
    row = db.session.execute(select(*sums)).one()
    return {step: Counted(*row[3 * n : 3 * n + 3]) for n, step in enumerate(steps)}


def _stay_steps(at: datetime) -> Steps:
    asked = Offer.answer.in_(ASKED)
    offers = select(Offer.id).where(Offer.booking_id == Booking.id)
    agreed = exists(offers.where(Offer.answer == OfferAnswer.ACCEPTED))
    told = needs_told().where(Observation.booking_id == Booking.id).correlate(Booking)
    heard = select(Observation.id).where(
        Observation.booking_id == Booking.id,
        Observation.kind == About.NEED,
        Observation.answer.in_(ANSWERED),
    )
    assessed = select(Assessment.id).where(
        Assessment.booking_id == Booking.id, Assessment.finished_at.is_not(None)
    )
    later = aliased(Booking)
    again = select(later.id).where(
        later.person_id == Booking.person_id,
        later.authorised_at > Booking.authorised_at,
        later.authorised_at <= _plus(Booking.authorised_at, AGAIN),
        later.voided_at.is_(None),
        later.door == Door.CUSTODY,
    )
    open_yet = Booking.authorised_at > at - AGAIN
    return {
        "booked": (true(), false()),
        "need": (exists(told), ~exists(heard)),
        "asked": (exists(offers.where(asked)), ~exists(offers)),
        "agreed": (agreed, false()),
        "assessed": (and_(agreed, exists(assessed)), false()),
        "returned": (exists(again), and_(~exists(again), open_yet)),
    }


def _referral_steps(at: datetime) -> Steps:
    events = select(ReferralEvent.id).where(ReferralEvent.referral_id == Referral.id)
    said = events.where(ReferralEvent.taken_back_at.is_(None))
    accepted = exists(said.where(ReferralEvent.state == ReferralState.ACCEPTED))
    meetings = select(Appointment.id).where(Appointment.referral_id == Referral.id)
    came = exists(meetings.where(Appointment.came.is_(True)))
    over = meetings.where(Appointment.starts_at < at, Appointment.came.is_(None))
    unsaid = exists(over.where(Appointment.took_place.is_not(False)))
    reached = exists(
        select(Attempt.id).where(Attempt.referral_id == Referral.id, Attempt.result == "reached")
    )
    changes = select(NeedOutcome.id).where(NeedOutcome.referral_id == Referral.id)
    known = exists(changes.where(NeedOutcome.change != "unknown"))
    ended = Referral.state.in_([ReferralState.COMPLETED, ReferralState.FAILED])
    return {
        "referred": (true(), false()),
        "accepted": (accepted, Referral.state == ReferralState.REQUESTED),
        "contact": (
            and_(accepted, or_(came, reached)),
            and_(accepted, ~came, ~reached, unsaid),
        ),
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


def _plus(moment: Any, length: timedelta) -> Any:
    """A time after a moment, in the words of each engine; a day is always 24 hours."""
    if db.engine.dialect.name == "postgresql":
        return moment + literal(length, Interval())
    seconds = f"+{length.total_seconds():.0f} seconds"
    return func.strftime("%Y-%m-%d %H:%M:%f000", moment, seconds)
