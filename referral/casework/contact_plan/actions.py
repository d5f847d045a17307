"""Plan how to stay in touch, and say how each try went."""

from dataclasses import dataclass
from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.cases.actions import found, meet, settle
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import Ending, NextStep
from referral.casework.contact_plan.fact_actions import ask, learn, said_by_try
from referral.casework.contact_plan.models import Attempt, ContactPlan, ReviewPoint
from referral.casework.contact_plan.points import (
    ALWAYS,
    ASKS_WORTH,
    TRIES,
    Consequence,
    Point,
    PointState,
    due_of,
    effect_of,
)
from referral.casework.contact_plan.queries import plan_of
from referral.casework.contact_plan.try_actions import About, AttemptDetails, check_past, log
from referral.casework.contact_plan.waiting_actions import BY_CHOICE, drop, end, hold, note
from referral.consent import actions as consents
from referral.consent.purposes import Purpose
from referral.consent.queries import may
from referral.custody.places import HELD_AS
from referral.db import db
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at, must_be_listed
from referral.errors import RuleBroken, StaleEdit
from referral.people.actions import new_phone
from referral.people.detail_actions import Heard
from referral.people.details import HeardIn
from referral.people.traits import same_number

NOT_CONFIRMED, TYPED = "no", "own"


class NotToBeContacted(RuleBroken):
    """The person has not agreed to be contacted. Do not try to reach them."""


class PointOver(RuleBroken):
    """That follow-up is over. Look at the case to see what is next."""

    status = 409


class WorthNeeded(RuleBroken):
    """Ask whether it was worth it. If they would rather not say, choose “Did not say”."""

    fields = ("worth_it",)


@dataclass(frozen=True)
class PlanDetails:
    """How to reach the person: best way and how the number was confirmed by code, rest in words."""

    best_way: str
    number_confirmed: str
    phone: str = ""
    second_contact: str = ""
    usual_places: str = ""
    year_long: bool = False
    email: str = ""
    address: str = ""


@dataclass(frozen=True)
class OwnReach:
    """How the person themselves wants to be reached: by which channels, where.

    None is what they left as it was.
    """

    channels: tuple[str, ...] | None
    phone: str | None
    email: str | None
    address: str | None


@dataclass(frozen=True)
class TryDetails(AttemptDetails):
    """One try of the team, and whether the person says that it was worth it."""

    worth_it: str | None = None


def make(case: Case, details: PlanDetails, seen: int, by: Actor, at: datetime) -> ContactPlan:
    """Make the plan for the present stay, or change it.

    Raises CaseClosed, NotToBeContacted, StaleEdit, NotInList.
    """
    case.check_open()
    must_be_listed(at, best_way=details.best_way, number_confirmed=details.number_confirmed)
    if not may(by, Purpose.CONTACT, case.person_id, None, at):
        raise NotToBeContacted
    plan = plan_of(case)
    if plan is None or plan.booking_id != case.booking_id:
        if plan:
            drop(plan, "NEW", at)
        plan = _new_plan(case, by, at)
    elif plan.version != seen:
        raise StaleEdit
    _write_down(plan, details, by, at)
    _put_points(plan, at)
    db.session.flush()  # the audit names it by its number
    note(plan, at)
    ask(case, at)
    record(Tag.PLAN_MADE, by, at, subject_id=case.person_id, record_id=plan.id)
    return plan


def _write_down(plan: ContactPlan, details: PlanDetails, by: Actor, at: datetime) -> None:
    before = plan.number_confirmed, plan.confirmed_number
    plan.best_way, plan.number_confirmed = details.best_way, details.number_confirmed
    plan.second_contact, plan.usual_places = details.second_contact, details.usual_places
    plan.email, plan.address = details.email, details.address
    person = plan.case.person  # not before the plan is whole: to read it writes down what is new
    if details.phone and details.phone != person.phone:
        new_phone(person, details.phone, Heard(HeardIn.PLAN, by, at))
    confirmed = details.number_confirmed != NOT_CONFIRMED
    plan.confirmed_number = person.phone if confirmed else ""
    if before != (plan.number_confirmed, plan.confirmed_number):
        plan.confirmed_at = at
    plan.year_long = details.year_long


def _new_plan(case: Case, by: Actor, at: datetime) -> ContactPlan:
    expected = max(case.window_ends, at)
    elsewhere = HELD_AS.get(case.booking.leg.place)
    plan = ContactPlan(
        case=case,
        case_id=case.id,
        booking_id=case.booking_id,
        counts_from=case.booking.released_at or expected,
        made_at=at,
        confirmed_at=at,
        by_id=by.user_id,
        points=[],
    )
    if elsewhere and not case.booking.released_at:
        plan.held_why = elsewhere
        plan.look_at = deadlines_at(at).due(Kind.PAUSED, at, case.booking)
    db.session.add(plan)
    return plan


def _put_points(plan: ContactPlan, at: datetime) -> None:
    wanted = tuple(Point) if plan.year_long else ALWAYS
    known = {point.point: point for point in plan.points}
    stay = plan.case.booking
    deadlines = deadlines_at(at)
    first = due_of(Point.H72, plan.counts_from, stay, deadlines, at)
    for name in wanted:
        due_at = due_of(name, plan.counts_from, stay, deadlines, at)
        if name not in known and due_at >= first:  # a late plan begins with its first contact
            point = ReviewPoint(point=name, due_at=due_at, state=PointState.PLANNED)
            plan.points.append(point)
    for point in plan.planned:
        if point.point not in wanted:
            point.close(PointState.DROPPED, at)


def follow(plan: ContactPlan, reach: OwnReach, at: datetime) -> None:
    """The person says themselves how to be reached: the plan does as they say.

    A number that they typed is confirmed. The best way is the one that was, or their first.
    """
    plan.email = plan.email if reach.email is None else reach.email
    plan.address = plan.address if reach.address is None else reach.address
    if reach.phone is not None and not same_number(reach.phone, plan.confirmed_number):
        plan.confirmed_number = reach.phone
        plan.number_confirmed = TYPED if reach.phone else NOT_CONFIRMED
        plan.confirmed_at = at
    if reach.channels and plan.best_way not in reach.channels:
        plan.best_way = reach.channels[0]
    note(plan, at)
    ask(plan.case, at)


def recount(case: Case, released_at: datetime, by: Actor, at: datetime) -> None:
    """The person is free: the points count from then, also of who was held until now."""
    plan = plan_of(case)
    if plan is None or plan.ended_why or plan.booking_id != case.booking_id:
        return
    if plan.held_why:
        resume(case, released_at, by, at)
        return
    _count_from(plan, released_at, at)
    note(plan, at)


def _count_from(plan: ContactPlan, moment: datetime, at: datetime) -> None:
    plan.counts_from = moment
    stay = plan.case.booking
    deadlines = deadlines_at(at)
    for point in plan.planned:
        point.due_at = due_of(point.point, moment, stay, deadlines, at)


def resume(case: Case, back_at: datetime, by: Actor, at: datetime) -> None:
    """They are back: the points to come count from then. Raises InTheFuture, TooEarly."""
    check_past(back_at, case.opened_at, at)
    plan = plan_of(case)
    if plan is None or plan.ended_why or not plan.held_why:
        return
    plan.held_why = plan.look_at = None
    _count_from(plan, back_at, at)
    note(plan, at)
    record(Tag.PLAN_CHANGED, by, at, subject_id=case.person_id, record_id=plan.id)


def withdraw(case: Case, purpose: Purpose, by: Actor, at: datetime) -> None:
    """The person takes back one yes; without one to be contacted nobody plans to reach them."""
    consents.withdraw(case.person, purpose, by, at)
    plan = plan_of(case)
    if purpose is Purpose.CONTACT and plan and not plan.ended_why:
        end(plan, BY_CHOICE, by, at)
    if purpose is Purpose.TALK and case.end_promise(
        NextStep.SEE, Ending.DROPPED, "They do not want to talk", at
    ):
        settle(case, at)


def try_to_reach(point: ReviewPoint, details: TryDetails, by: Actor, at: datetime) -> Attempt:
    """Log a try. Reached closes the point, three others do too; the rest follows from the result.

    Raises PointOver, InTheFuture, TooEarly, NotInList, NotToBeContacted, WorthNeeded.
    """
    _check(point, details, by, at)
    case = point.plan.case
    tried = log(About(case.person_id, case.opened_at, point=point), details, by, at)
    _follow(point, details, by, at)
    learn(case, said_by_try(case, details, sure=True), by, at)
    return tried


def _check(point: ReviewPoint, details: TryDetails, by: Actor, at: datetime) -> None:
    if point.state != PointState.PLANNED:
        raise PointOver
    effect = effect_of(details.result)
    person_id = point.plan.case.person_id
    spoke = effect in {Consequence.REACHED, Consequence.AGAIN}
    if spoke and not may(by, Purpose.CONTACT, person_id, None, at):
        raise NotToBeContacted
    asks = point.point in ASKS_WORTH and not point.word  # they have answered themselves
    if effect is Consequence.REACHED and asks and not details.worth_it:
        raise WorthNeeded
    must_be_listed(at, worth_it=details.worth_it)


def _follow(point: ReviewPoint, details: TryDetails, by: Actor, at: datetime) -> None:
    plan = point.plan
    effect = effect_of(details.result)
    if effect is Consequence.HOLD:
        hold(plan.case, details.result, by, at)
    elif effect is Consequence.END:
        end(plan, details.result, by, at)
    elif effect is Consequence.REACHED:
        point.close(PointState.REACHED, at)
        asked = point.point in ASKS_WORTH and not point.word
        point.worth_it = details.worth_it if asked else None
        _meet(plan.case, at)
    elif len(point.attempts) >= TRIES:
        point.close(PointState.NOT_REACHED, at)
    else:
        point.due_at = deadlines_at(at).due(Kind.NEXT_TRY, at, plan.case.booking)
    note(plan, at)


def reach(case: Case, by: Actor, at: datetime) -> None:
    """Somebody of the team has met the person after custody. Raises CaseClosed."""
    case.check_open()
    _meet(case, at)
    settle(case, at)
    record(Tag.PERSON_REACHED, by, at, subject_id=case.person_id, record_id=case.id)


def _meet(case: Case, at: datetime) -> None:
    """The person has been reached, so seen; if no service has them, the team decides next."""
    found(case, "Reached", at)
    meet(case, "Reached", at)
