"""Wait with a plan, end it, go on with it; and promise each time at which it asks."""

from datetime import datetime
from functools import partial

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.cases.actions import match, settle
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import Ending, NextStep
from referral.casework.contact_plan.models import ContactPlan
from referral.casework.contact_plan.points import PointState
from referral.casework.contact_plan.queries import plan_of
from referral.db import db
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at

BY_CHOICE = "CHOICE"  # of the list “plan_end”


def hold(case: Case, why: str, by: Actor, at: datetime) -> None:
    """They are in prison or in hospital: every point waits, and somebody looks again in time."""
    plan = plan_of(case)
    if plan is None or plan.ended_why:
        return
    plan.look_at = deadlines_at(at).due(Kind.PAUSED, at, case.booking)
    plan.held_why = why
    note(plan, at)
    record(Tag.PLAN_CHANGED, by, at, subject_id=case.person_id, record_id=plan.id)


def end(plan: ContactPlan, why: str, by: Actor, at: datetime) -> None:
    """Nobody is to be asked any more: the points that were to come are dropped."""
    drop(plan, why, at)
    note(plan, at)
    record(Tag.PLAN_CHANGED, by, at, subject_id=plan.case.person_id, record_id=plan.id)


def go_on(plan: ContactPlan, by: Actor, at: datetime) -> None:
    """What ended it is not so: the points that were dropped with it are to come again."""
    dropped = [point.closed_at for point in plan.points if point.state == PointState.DROPPED]
    last = max(filter(None, dropped), default=None)
    for point in plan.points:
        if point.state == PointState.DROPPED and point.closed_at == last:
            point.open_again()
    plan.ended_why = None
    note(plan, at)
    record(Tag.PLAN_CHANGED, by, at, subject_id=plan.case.person_id, record_id=plan.id)


def go_on_after_no(case: Case, said_at: datetime, by: Actor, at: datetime) -> None:
    """They take back that they want no contact: the plan that ended with those words goes on.

    One that had ended before stays as it is, and so does that of a closed case.
    """
    plan = plan_of(case)
    if case.closed_at or plan is None or plan.ended_why != BY_CHOICE:
        return
    if all(point.closed_at != said_at for point in plan.points):
        return
    go_on(plan, by, at)


def drop(plan: ContactPlan, why: str, at: datetime) -> None:
    """Nothing of it is to come any more; `note` says what is next."""
    for point in plan.planned:
        point.close(PointState.DROPPED, at)
    plan.ended_why = plan.ended_why or why
    plan.held_why = plan.look_at = None


def note(plan: ContactPlan, at: datetime) -> None:
    """Promise each time at which the person is to be asked; in a closed case nobody asks."""
    if plan.case.closed_at is None:
        db.session.flush()  # a promise names its point by its number
        wanted = {(NextStep.REVIEW, about): due_at for about, due_at in plan.asks_by.items()}
        match(plan.case, {NextStep.REVIEW}, wanted, partial(_became, plan), at)
        settle(plan.case, at)


def _became(plan: ContactPlan, promise: Promise) -> tuple[Ending, str]:
    """How a promise to ask ended: asked, or not to be asked, or when they are back."""
    states = {point.id: point.state for point in plan.points}
    state = states.get(promise.about_id, PointState.DROPPED)
    if state in {PointState.REACHED, PointState.NOT_REACHED}:
        return Ending.KEPT, state.capitalize()
    if plan.ended_why:
        return Ending.DROPPED, "The plan has ended"
    return Ending.REPLACED, "The plan has changed"
