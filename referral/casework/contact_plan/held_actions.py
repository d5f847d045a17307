"""Somebody who was held is back, as the worker knows."""

from datetime import datetime

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.contact_plan.actions import resume
from referral.custody.places import HELD_AS
from referral.errors import RuleBroken


class StillHeld(RuleBroken):
    """Their stay goes on. Say where they are now on the case, and the plan follows."""

    status = 409


def come_back(case: Case, back_at: datetime, by: Actor, at: datetime) -> None:
    """The worker knows that they are back. Raises StillHeld, InTheFuture."""
    if not case.booking.released_at and case.booking.leg.place in HELD_AS:
        raise StillHeld
    resume(case, back_at, by, at)
