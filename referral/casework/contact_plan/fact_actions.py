"""What follows from a fact for a case and its plan: what stops or waits, who is asked by when."""

from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.cases.actions import match, settle
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import Ending, NextStep
from referral.casework.cases.queries import open_case_of
from referral.casework.contact_plan.queries import places_of, plan_of
from referral.casework.contact_plan.try_actions import AttemptDetails
from referral.casework.contact_plan.waiting_actions import end, go_on, hold
from referral.casework.facts.actions import Said, take_back, write_down
from referral.casework.facts.meanings import HOLDS, MEANINGS, PLACE_OF, Fact, meant_by
from referral.casework.facts.models import SaidFact
from referral.casework.facts.queries import facts_of, is_wrong
from referral.db import db
from referral.directory.queries import deadlines_at
from referral.errors import RuleBroken

ASKS = (NextStep.DIED, NextStep.NUMBER, NextStep.MOVED)
REACHED = "attempt", "reached"


class TakenBack(RuleBroken):
    """Somebody has taken that back, or dealt with it. Look at the case again."""

    status = 409


def learn(case: Case, said: Said, by: Actor, at: datetime) -> None:
    """Somebody has chosen a code: if it says a fact, all that hangs on it follows at once.

    What the team is sure of ends the plan; what others say makes it find out. Who is in prison or
    in hospital is waited for. Who was reached on a number has it: that it is wrong is not so.
    """
    if (said.list_name, said.code) == REACHED:
        is_right(case, said.detail, by, at)
    fact = meant_by(said.list_name, said.code)
    if fact is None:
        return
    write_down(case.person_id, fact, said, by, at)
    plan = plan_of(case)
    if plan and (why := HOLDS.get(fact)) and plan.held_why != why:
        hold(case, why, by, at)
    if said.sure and fact is Fact.DIED and plan and not plan.ended_why:
        end(plan, "DECEASED", by, at)
    ask(case, at)


def is_right(case: Case, place: str, by: Actor, at: datetime) -> None:
    """A number or address is theirs: whoever said that it is not was mistaken."""
    for row in facts_of(case.person_id):
        if is_wrong(place, [row]):
            undo(case, row, by, at)


def said_by_try(case: Case, details: AttemptDetails, *, sure: bool) -> Said:
    """What a try to reach somebody says, and of which of their numbers or addresses."""
    plan = plan_of(case)
    places = {
        "phone": case.person.phone,
        "email": plan.email if plan else "",
        "address": plan.address if plan else "",
    }
    place = PLACE_OF.get(details.channel, "")
    return Said("attempt", details.result, sure, places.get(place) or "")


def ask(case: Case, at: datetime) -> None:
    """Promise to find out what was said and is not sure, as long as it matters."""
    deadlines = deadlines_at(at)
    places = places_of(case)
    wanted = {}
    for row in facts_of(case.person_id):
        meaning = MEANINGS[row.fact]
        if meaning.asks in ASKS and _is_open(row, places):
            due_at = deadlines.due(meaning.by, row.said_at, case.booking)
            wanted[meaning.asks, row.id] = due_at
    match(case, ASKS, wanted, _became, at)
    settle(case, at)


def _is_open(row: SaidFact, places: set[str]) -> bool:
    """A wrong number matters while it is theirs; what others say, until the team is sure."""
    if row.fact is Fact.WRONG:
        return any(is_wrong(place, [row]) for place in places)
    return row.sure_at is None


def _became(promise: Promise) -> tuple[Ending, str]:
    return Ending.KEPT, "There is another one" if promise.act is NextStep.NUMBER else "Found out"


def confirm(case: Case, row: SaidFact, by: Actor, at: datetime) -> None:
    """The team has found out that it is so: the plan ends. Raises TakenBack."""
    if row.undone_at:
        raise TakenBack
    row.is_sure(at)
    record(Tag.FACT_SURE, by, at, subject_id=row.person_id, record_id=row.id)
    plan = plan_of(case)
    if row.fact in {Fact.DIED, Fact.MOVED} and plan and not plan.ended_why:
        end(plan, "DECEASED" if row.fact is Fact.DIED else "MOVED", by, at)
    ask(case, at)


def undo(case: Case, row: SaidFact, by: Actor, at: datetime) -> None:
    """It is not so: everything goes on, also a plan and a case that ended because of it."""
    take_back(row, by, at)
    db.session.flush()  # what stands is read anew
    died = row.fact is Fact.DIED and case.close_reason == "DIED"
    if died and open_case_of(case.person_id) is None:
        case.reopen()
        record(Tag.CASE_CONTINUED, by, at, subject_id=case.person_id, record_id=case.id)
    plan = plan_of(case)
    if plan and row.fact is Fact.DIED and plan.ended_why in {"DECEASED", "DIED"}:
        go_on(plan, by, at)
    ask(case, at)
