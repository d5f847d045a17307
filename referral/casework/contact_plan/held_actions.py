"""Somebody who was held is back, or is held still, as the worker knows."""

from datetime import datetime

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.contact_plan.actions import resume
from referral.casework.contact_plan.queries import plan_of
from referral.casework.contact_plan.waiting_actions import hold
from referral.custody.places import HELD_AS
from referral.errors import RuleBroken


class NotHeld(RuleBroken):
    """Nobody waits for them to come back any more. Look at the case to see what is next."""

    status = 409


class StillHeld(RuleBroken):
    """Their stay goes on. Say where they are now on the case, and the plan follows."""

    status = 409


def come_back(case: Case, back_at: datetime, by: Actor, at: datetime) -> None:
    """The worker knows that they are back. Raises CaseClosed, NotHeld, StillHeld, InTheFuture."""
    case.check_open()
    if not case.booking.released_at and case.booking.leg.place in HELD_AS:
        raise StillHeld
    _held(case)
    resume(case, back_at, by, at)


def look_again(case: Case, by: Actor, at: datetime) -> None:
    """They are still in prison or in hospital: somebody looks again. Raises CaseClosed, NotHeld."""
    case.check_open()
    hold(case, _held(case), by, at)


def _held(case: Case) -> str:
    """Why their plan waits, by its code."""
    plan = plan_of(case)
    if plan is None or not plan.held_why:
        raise NotHeld
    return plan.held_why
