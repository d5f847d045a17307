"""Count in the database, in a fixed number of statements however long the period is."""

from collections.abc import Set
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Select, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from referral.access.actor import Actor
from referral.accounts.users.models import User
from referral.casework.contact_plan.models import ContactPlan, ReviewPoint, WorthWord
from referral.clock import SCOTLAND, day_of, month_start
from referral.custody.doors import CAME, Door
from referral.custody.models import Booking, Offer
from referral.custody.offers import ASKED, OfferAnswer
from referral.custody.queries import COUNTS, IN_CUSTODY
from referral.db import db
from referral.directory.areas import Area, area_of, areas_of, within
from referral.directory.models import Council, CustodyCentre
from referral.directory.own_queries import own_councils
from referral.directory.queries import choices, councils, labels, team_centres
from referral.directory.weeks import weeks_until
from referral.errors import allows
from referral.handoff.referrals.models import Referral, UnmetNeed
from referral.journey.models import StayFacts
from referral.journey.queries import check_facts
from referral.people.models import Person
from referral.published.periods import Period, period_of
from referral.reports.disclosure import LEAST, Shown, protect
from referral.reports.ladder_queries import (
    booked_in,
    counted,
    sent_of,
    stays_of,
    steps_of,
    told_in,
)
from referral.reports.ledger import Ledger, ledger_of
from referral.reports.outcomes import Counts, OutcomeReport, summarise
from referral.reports.people_queries import changes_in, equity_in
from referral.reports.steps import STEPS, StepLine
from referral.reports.steps_queries import EVERYBODY, tallied
from referral.reports.worlds import World
from referral.web.kept import kept

COUNTED_EVERY = timedelta(minutes=10)
LEDGER_WEEKS = 12
NOBODY = (0, 0, 0)


def counts(
    period: Period,
    scope: ColumnElement[bool],
    at: datetime,
    came: ColumnElement[bool] | None = None,
) -> Counts:
    """Count the stays that began in a period within a scope, and what came of them until now.

    `came` is the scope of those who came by another door, and have no custody centre; None where
    they are not asked for. Raises FactsNotMade.
    """
    check_facts()
    booked = booked_in(period, scope)
    stays = stays_of(booked, at)
    sent = sent_of(booked, at)
    ethnicity, limits = equity_in(booked)
    return Counts(
        ladder=counted(stays, steps_of(stays)) | counted(sent, steps_of(sent)),
        needs=_needs(stays, told_in(booked), sent, at),
        not_asked=_reasons(booked, set(OfferAnswer) - ASKED, "offer_not_made"),
        declined=_reasons(booked, {OfferAnswer.DECLINED}, "declined"),
        worth=_worth(booked),
        ethnicity=ethnicity,
        limits=limits,
        changes=changes_in(booked),
        doors={} if came is None else _doors(period, came),
    )


def in_councils(codes: tuple[str, ...]) -> ColumnElement[bool]:
    """Stays in the custody centres of these councils."""
    centres = select(CustodyCentre.id).where(CustodyCentre.council_code.in_(codes))
    return Booking.centre_id.in_(centres)


def who_live_in(codes: tuple[str, ...]) -> ColumnElement[bool]:
    """Who came by another door and lives in these councils; of all of them, also who did not say.

    They were in no custody centre, so that their home is all that says where.
    """
    live_there = select(Person.id).where(Person.council_code.in_(codes))
    every = exists().where(Council.code.not_in(codes))
    return or_(Booking.person_id.in_(live_there), ~every)


def who_came_to(team_id: UUID) -> ColumnElement[bool]:
    """Who came by another door to somebody of this team."""
    return Booking.opened_by_id.in_(select(User.id).where(User.organisation_id == team_id))


def in_centres(ids: list[UUID]) -> ColumnElement[bool]:
    """Stays in these custody centres."""
    return Booking.centre_id.in_(ids)


def _needs(stays: CTE, told: CTE, sent: CTE, at: datetime) -> dict[str, tuple[int, int, int]]:
    """For each need the people who told of it, who were handed on, who engaged."""
    person, code = stays.c.person, told.c.code
    handed_on = case((sent.c.id.is_not(None), person))
    engaged = case((sent.c.engaged, person))
    people = [func.count(one.distinct()) for one in (person, handed_on, engaged)]
    joined = told.join(stays, stays.c.id == told.c.booking_id).outerjoin(
        sent, sent.c.booking_id == stays.c.id
    )
    wanted = select(code, *people).select_from(joined).group_by(code).order_by("code")
    found = {one: (those, on, came) for one, those, on, came in db.session.execute(wanted)}
    listed = [one for one, _ in choices("need", day_of(at))]
    names = labels("need")
    return {names.get(one, one): found.get(one, NOBODY) for one in dict.fromkeys([*listed, *found])}


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


def _doors(period: Period, came: ColumnElement[bool]) -> dict[str, int]:
    """How often somebody came by each other door in a period and was met, by its words."""
    wanted = (
        select(Booking.door, func.count())
        .where(Booking.id.in_(booked_in(period, came)))
        .where(Booking.door != Door.CUSTODY, Booking.sure_at.is_not(None))
        .group_by(Booking.door)
        .order_by(Booking.door)
    )
    found = {door: number for door, number in db.session.execute(wanted)}  # noqa: C416 - rows
    return {words: found[door] for door, words in CAME.items() if door in found}


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


def team_unmet(actor: Actor, on: date) -> Ledger:
    """The needs that nobody could take of those the actor's own team works with, week by week.

    A need of a case counts once, as it was written down last. Who came by another door counts
    once they were met.
    """
    held = in_centres([centre.id for centre in team_centres(actor.organisation_id)])
    came = who_came_to(actor.organisation_id)
    scope = or_(held, and_(~IN_CUSTODY, Booking.sure_at.is_not(None), came))
    weeks = weeks_until(on, LEDGER_WEEKS)
    starts = datetime.combine(weeks[0], time(), SCOTLAND)
    wanted = (
        select(UnmetNeed.need, UnmetNeed.recorded_at)
        .join(Booking, Booking.id == UnmetNeed.booking_id)
        .where(scope, COUNTS, UnmetNeed.recorded_at >= starts, UnmetNeed.met_at.is_(None))
        .where(~_said_again())
        .order_by(UnmetNeed.recorded_at, UnmetNeed.id)
    )
    noted = [(need, day_of(at)) for need, at in db.session.execute(wanted)]
    return ledger_of(noted, weeks)


def _said_again() -> ColumnElement[bool]:
    """Whether the same need of the same case was written down again later, and is still unmet."""
    later, stay = aliased(UnmetNeed), aliased(Booking)
    again = select(later.id).join(stay, stay.id == later.booking_id)
    return again.where(
        later.case_id == UnmetNeed.case_id,
        later.need == UnmetNeed.need,
        later.order > UnmetNeed.order,
        later.met_at.is_(None),
        stay.voided_at.is_(None),
    ).exists()


def became_of(centre_id: UUID, at: datetime) -> dict[str, Shown] | None:
    """Of the people asked at a centre last month: how many met a worker, how many started.

    Who was assessed or handed on has met one. None where any of the three numbers could point at
    a person: all or nothing, for a small centre; and while facts are being made.
    """
    if not allows(check_facts):
        return None
    month = period_of((month_start() - timedelta(days=1)).strftime("%Y-%m"))
    here = in_centres([centre_id])
    booked = booked_in(month, here)
    stays = stays_of(booked, at)
    sent = sent_of(booked, at)
    handed_on = select(Referral.id).where(
        Referral.booking_id == stays.c.id, Referral.sent_at.is_not(None)
    )
    met = or_(stays.c.assessed, exists(handed_on))
    ladder = counted(stays, steps_of(stays) | {"met": (met, false())})
    ladder |= counted(sent, steps_of(sent))
    found = {step: ladder[step].people for step in ("asked", "met", "engaged")}
    if any(number < LEAST for number in found.values()):
        return None
    return {step: protect(number) for step, number in found.items()}


def became_lately(centre_id: UUID, at: datetime) -> dict[str, Shown] | None:
    """The same, counted at most once in ten minutes: the desk looks at it all day."""
    return kept(("became", centre_id), COUNTED_EVERY, lambda: became_of(centre_id, at))


def areas_for(actor: Actor | None) -> list[Area]:
    """The areas that are an account's own, and the machine's all of them."""
    every = areas_of(councils())
    return within(every, {one.code for one in own_councils(actor)}) if actor else every


def report_of(period: str, area: str, at: datetime) -> OutcomeReport:
    """The report of an area for who works at the machine: rounded, and not to be published.

    Each count is rounded by itself, so that two looks at it can tell more than one. Raises
    NoSuchPeriod, NoSuchArea, FactsNotMade.
    """
    wanted = period_of(period)
    where = area_of(area, areas_for(None))
    found = counts(wanted, in_councils(where.councils), at, who_live_in(where.councils))
    return summarise(found, wanted, (where.code, where.name), at, protected=True)


def team_report(period: str, actor: Actor, at: datetime) -> OutcomeReport:
    """The exact report of the actor's own team: the centres whose people it works with anyway."""
    wanted = period_of(period)
    mine = [centre.id for centre in team_centres(actor.organisation_id)]
    area = ("team", "Your own team")
    came = who_came_to(actor.organisation_id)
    found = counts(wanted, in_centres(mine), at, came)
    tally = tallied(wanted, World(at), StayFacts.centre_id.in_(mine))[EVERYBODY][""]
    steps = [StepLine(step, tally[step.code]) for step in STEPS]
    return replace(summarise(found, wanted, area, at, protected=False), steps=steps)
