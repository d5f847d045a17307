"""How an invented person is reached after custody, or not."""

from datetime import datetime, timedelta
from random import Random

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.contact_plan.actions import PlanDetails, TryDetails, make, try_to_reach
from referral.casework.contact_plan.models import ContactPlan
from referral.consent.purposes import Purpose
from referral.consent.queries import may
from referral.demo.assessing import measure_again

RESULTS = {"reached": 9, "NOANS": 5, "message": 2, "WRONG": 1, "NFA": 1, "REMAND": 1, "HOSP": 1}
PLACES = ("", "", "The drop-in on Wednesdays", "The library", "At his mother's")
WORTH = ("yes", "yes", "partly", "no", "notsay")


def keep_in_touch(worker: Actor, dice: Random, case: Case, at: datetime, now: datetime) -> None:
    """The worker plans with the person how to stay in touch, and asks at most of the points."""
    if not may(worker, Purpose.CONTACT, case.person_id, None, at) or dice.random() < 0.15:
        return
    confirmed = dice.choice(("readback", "rang", "no"))
    best = "text" if confirmed == "readback" else "call"
    details = PlanDetails(best, confirmed, usual_places=dice.choice(PLACES))
    plan = make(case, details, 0, worker, at)
    for _ in range(12):
        if not _try(worker, dice, plan, now):
            return


def _try(worker: Actor, dice: Random, plan: ContactPlan, now: datetime) -> bool:
    if plan.ended_why or plan.held_why or not plan.planned:
        return False
    point = plan.planned[0]
    at = point.due_at - timedelta(hours=dice.uniform(1, 20))
    if at > now or dice.random() < 0.05:
        return False
    result = dice.choices(list(RESULTS), list(RESULTS.values()))[0]
    worth = dice.choice(WORTH) if result == "reached" else None
    if may(worker, Purpose.CONTACT, plan.case.person_id, None, at):
        try_to_reach(point, TryDetails("call", result, at, worth), worker, at)
        measure_again(point, worker, at)
        if result == "WRONG":
            _plan_anew(worker, plan, at)
    return True


def _plan_anew(worker: Actor, plan: ContactPlan, at: datetime) -> None:
    """Their sister knows the number of today; every other one is still to be found out."""
    digits = int((plan.case.person.phone or "0")[-3:])
    if digits % 2:
        found = f"07700 900{(digits + 500) % 1000:03}"
        make(plan.case, PlanDetails(plan.best_way, "readback", found), plan.version, worker, at)
