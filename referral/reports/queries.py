"""Count in the database, in a fixed number of statements however long the period is."""

from collections.abc import Mapping, Set
from datetime import date, datetime, time, timedelta
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
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.casework.assessment.models import Assessment
from referral.casework.contact_plan.models import Attempt, ContactPlan, ReviewPoint, WorthWord
from referral.clock import SCOTLAND, day_of, month_start
from referral.custody.models import TOLD, Booking, Offer
from referral.custody.offers import ASKED, OfferAnswer
from referral.custody.questions import NEEDS
from referral.db import db
from referral.directory.models import CustodyCentre
from referral.directory.queries import councils, labels, team_centres
from referral.directory.weeks import weeks_until
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import NeedOutcome, Referral, ReferralEvent, UnmetNeed
from referral.handoff.referrals.states import ReferralState
from referral.reports.areas import area_of, areas_of
from referral.reports.disclosure import LEAST, Shown, protect
from referral.reports.ledger import Ledger, ledger_of
from referral.reports.outcomes import Counted, Counts, OutcomeReport, summarise
from referral.reports.periods import Period, period_of
from referral.web.kept import kept

AGAIN = timedelta(days=90)
COUNTED_EVERY = timedelta(minutes=10)
LEDGER_WEEKS = 12


def counts(period: Period, scope: ColumnElement[bool], at: datetime) -> Counts:
    """Count the stays that began in a period within a scope, and what came of them until now."""
    booked = _booked(period, scope)
    stays = _stays(period, scope, at)
    sent = _referrals(booked, at)
    ladder = _stay_steps(stays) | _referral_steps(sent)
    return Counts(
        ladder=ladder,
        needs=_needs(stays, sent),
        not_asked=_reasons(booked, set(OfferAnswer) - ASKED, "offer_not_made"),
        declined=_reasons(booked, {OfferAnswer.DECLINED}, "declined"),
        worth=_worth(booked),
    )


def in_councils(codes: tuple[str, ...]) -> ColumnElement[bool]:
    """Stays in the custody centres of these councils."""
    centres = select(CustodyCentre.id).where(CustodyCentre.council_code.in_(codes))
    return Booking.centre_id.in_(centres)


def in_centres(ids: list[UUID]) -> ColumnElement[bool]:
    """Stays in these custody centres."""
    return Booking.centre_id.in_(ids)


def _booked(period: Period, scope: ColumnElement[bool]) -> Select[UUID]:
    within = Booking.authorised_at >= period.starts, Booking.authorised_at < period.ends
    return select(Booking.id).where(scope, *within)


def _once(wanted: Any, name: str) -> CTE:
    """A set that the engine makes once for a statement; flattened, each sum would ask anew."""
    return wanted.cte(name).prefix_with("MATERIALIZED")  # type: ignore[no-any-return]


def _stays(period: Period, scope: ColumnElement[bool], at: datetime) -> CTE:
    asked = Offer.answer.in_(ASKED)
    offers = select(Offer.id).where(Offer.booking_id == Booking.id)
    later = aliased(Booking)
    again = select(later.id).where(
        later.person_id == Booking.person_id,
        later.authorised_at > Booking.authorised_at,
        later.authorised_at <= _plus(Booking.authorised_at),
    )
    assessed = select(Assessment.id).where(
        Assessment.booking_id == Booking.id, Assessment.finished_at.is_not(None)
    )
    needs = [column.is_(True) for column in TOLD.values()]
    agreed = offers.where(Offer.answer == OfferAnswer.ACCEPTED)
    columns: list[Any] = [Booking.id, Booking.person_id, *TOLD.values()]
    columns += [
        or_(*needs).label("need"),
        Booking.drugs.is_(None).label("need_unknown"),
        exists(offers.where(asked)).label("asked"),
        (~exists(offers)).label("asked_unknown"),
        exists(agreed).label("agreed"),
        and_(exists(agreed), exists(assessed)).label("assessed"),
        exists(again).label("returned"),
        and_(~exists(again), Booking.authorised_at > at - AGAIN).label("returned_unknown"),
    ]
    return _once(_booked(period, scope).with_only_columns(*columns), "stays")


def _plus(moment: Any) -> Any:
    """Ninety days after a moment, in the words of each engine."""
    if db.engine.dialect.name == "postgresql":
        return moment + literal(AGAIN, Interval())
    return func.strftime("%Y-%m-%d %H:%M:%f000", moment, f"+{AGAIN.days} days")


def _referrals(booked: Select[UUID], at: datetime) -> CTE:
    events = select(ReferralEvent.id).where(ReferralEvent.referral_id == Referral.id)
    accepted = exists(events.where(ReferralEvent.state == ReferralState.ACCEPTED))
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
    wanted = select(
        Referral.id,
        Referral.person_id,
        Referral.booking_id,
        accepted.label("accepted"),
        (Referral.state == ReferralState.REQUESTED).label("accepted_unknown"),
        and_(accepted, or_(came, reached)).label("contact"),
        and_(accepted, ~came, ~reached, unsaid).label("contact_unknown"),
        and_(accepted, came).label("engaged"),
        and_(accepted, ~came, unsaid).label("engaged_unknown"),
        and_(accepted, ended, known).label("outcome"),
        and_(accepted, ended, ~known).label("outcome_unknown"),
    ).where(
        Referral.booking_id.in_(booked),
        Referral.sent_at.is_not(None),
        Referral.state != ReferralState.ENTERED_IN_ERROR,
    )
    return _once(wanted, "sent")


def _counted(table: CTE, steps: Mapping[str, tuple[Any, Any]]) -> dict[str, Counted]:
    sums: list[Any] = []
    for reached, unknown in steps.values():
        sums.append(func.count(case((reached, table.c.person_id)).distinct()))
        sums.append(func.count(case((reached, table.c.id))))
        sums.append(func.count(case((unknown, table.c.id))))
    row = db.session.execute(select(*sums)).one()
    return {step: Counted(*row[3 * n : 3 * n + 3]) for n, step in enumerate(steps)}


def _stay_steps(stays: CTE) -> dict[str, Counted]:
    c = stays.c
    nobody = stays.c.id.is_(None)
    return _counted(
        stays,
        {
            "booked": (c.id.is_not(None), nobody),
            "need": (c.need, c.need_unknown),
            "asked": (c.asked, c.asked_unknown),
            "agreed": (c.agreed, nobody),
            "assessed": (c.assessed, nobody),
            "returned": (c.returned, c.returned_unknown),
        },
    )


def _referral_steps(sent: CTE) -> dict[str, Counted]:
    c = sent.c
    return _counted(
        sent,
        {
            "referred": (c.id.is_not(None), c.id.is_(None)),
            "accepted": (c.accepted, c.accepted_unknown),
            "contact": (c.contact, c.contact_unknown),
            "engaged": (c.engaged, c.engaged_unknown),
            "outcome": (c.outcome, c.outcome_unknown),
        },
    )


def _needs(stays: CTE, sent: CTE) -> dict[str, tuple[int, int, int]]:
    joined = stays.outerjoin(sent, sent.c.booking_id == stays.c.id)
    person = stays.c.person_id
    sums: list[Any] = []
    for code in NEEDS:
        told = stays.c[TOLD[code].key].is_(True)
        sums.append(func.count(case((told, person)).distinct()))
        sums.append(func.count(case((and_(told, sent.c.id.is_not(None)), person)).distinct()))
        sums.append(func.count(case((and_(told, sent.c.engaged), person)).distinct()))
    row = db.session.execute(select(*sums).select_from(joined)).one()
    return {code: (row[3 * n], row[3 * n + 1], row[3 * n + 2]) for n, code in enumerate(NEEDS)}


def _reasons(booked: Select[UUID], answers: Set[OfferAnswer], list_name: str) -> dict[str, int]:
    names = labels(list_name)
    wanted = (
        select(Offer.why_not(), func.count())
        .where(Offer.booking_id.in_(booked), Offer.answer.in_(answers))
        .group_by("why_not")
        .order_by("why_not")
    )
    return {
        names.get(code or "", "No reason given"): number
        for code, number in db.session.execute(wanted)
    }


def _worth(booked: Select[UUID]) -> dict[str, int]:
    """One answer for each time somebody was asked: their own, or else what they told the team."""
    names = labels("worth_it")
    answer = func.coalesce(WorthWord.answer, ReviewPoint.worth_it)
    wanted = (
        select(answer, func.count())
        .select_from(ReviewPoint)
        .join(ReviewPoint.plan)
        .outerjoin(ReviewPoint.word)
        .where(ContactPlan.booking_id.in_(booked), answer.is_not(None))
        .group_by(answer)
        .order_by(answer)
    )
    return {names.get(code, code): number for code, number in db.session.execute(wanted)}


def unmet_in(area: str, actor: Actor, on: date) -> Ledger:
    """The needs that nobody could take in an area, week by week; the own team's numbers exactly.

    The area is that of the custody centre. Raises NoSuchArea.
    """
    own = area == "team" and actor.may(Permission.SEE_TEAM_COUNTS)
    if own:
        scope = in_centres([centre.id for centre in team_centres(actor.organisation_id)])
    else:
        scope = in_councils(area_of(area, areas_of(councils())).councils)
    weeks = weeks_until(on, LEDGER_WEEKS)
    starts = datetime.combine(weeks[0], time(), SCOTLAND)
    wanted = (
        select(UnmetNeed.need, UnmetNeed.recorded_at)
        .join(Booking, Booking.id == UnmetNeed.booking_id)
        .where(scope, UnmetNeed.recorded_at >= starts, UnmetNeed.met_at.is_(None))
        .order_by(UnmetNeed.recorded_at, UnmetNeed.id)
    )
    noted = [(need, day_of(at)) for need, at in db.session.execute(wanted)]
    return ledger_of(noted, weeks, protected=not own)


def became_of(centre_id: UUID, at: datetime) -> dict[str, Shown] | None:
    """Of the people asked at a centre last month: how many met a worker, how many started.

    Who was assessed or handed on has met one. None where any of the three numbers could point at
    a person: all or nothing, for a small centre.
    """
    month = period_of((month_start() - timedelta(days=1)).strftime("%Y-%m"))
    here = in_centres([centre_id])
    stays = _stays(month, here, at)
    sent = _referrals(_booked(month, here), at)
    handed_on = select(Referral.id).where(
        Referral.booking_id == stays.c.id, Referral.sent_at.is_not(None)
    )
    nobody = stays.c.id.is_(None)
    met = or_(stays.c.assessed, exists(handed_on))
    ladder = _counted(stays, {"asked": (stays.c.asked, nobody), "met": (met, nobody)})
    ladder |= _referral_steps(sent)
    found = {step: ladder[step].people for step in ("asked", "met", "engaged")}
    if any(number < LEAST for number in found.values()):
        return None
    return {step: protect(number) for step, number in found.items()}


def became_lately(centre_id: UUID, at: datetime) -> dict[str, Shown] | None:
    """The same, counted at most once in ten minutes: the desk looks at it all day."""
    return kept(("became", centre_id), COUNTED_EVERY, lambda: became_of(centre_id, at))


def report_of(period: str, area: str, at: datetime) -> OutcomeReport:
    """The protected report for everybody outside. Raises NoSuchPeriod, NoSuchArea."""
    wanted = period_of(period)
    where = area_of(area, areas_of(councils()))
    found = counts(wanted, in_councils(where.councils), at)
    return summarise(found, wanted, (where.code, where.name), at, protected=True)


def team_report(period: str, actor: Actor, at: datetime) -> OutcomeReport:
    """The exact report of the actor's own team: the centres whose people it works with anyway."""
    wanted = period_of(period)
    mine = [centre.id for centre in team_centres(actor.organisation_id)]
    area = ("team", "Your own team")
    return summarise(counts(wanted, in_centres(mine), at), wanted, area, at, protected=False)
