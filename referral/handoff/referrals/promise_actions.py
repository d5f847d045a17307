"""Promise what each referral of a case needs next; a refusal stands until it is answered."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.cases.actions import match, settle
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.next_steps import MAY_DROP, OF_REFERRALS, Ending, NextStep
from referral.clock import day_of
from referral.directory.deadlines import Deadlines, Kind
from referral.directory.models import Service
from referral.directory.queries import choices, deadlines_at
from referral.handoff.referrals.models import Referral, ReferralEvent, UnmetNeed
from referral.handoff.referrals.promises import NEXT_ACT
from referral.handoff.referrals.queries import (
    cases_with,
    cases_with_closed,
    referrals_to_promise,
    unmet_needs,
)
from referral.handoff.referrals.refusals import NothingToDrop, ReasonNeeded
from referral.handoff.referrals.states import LABELS, Move, ReferralState
from referral.handoff.referrals.unmet_actions import (
    NOT_A_GAP,
    asked_for,
    has_or_had,
    turned_away_by,
)


def note_next(case: Case, at: datetime) -> None:
    """Promise what is next with each referral, and by when.

    A refusal is to be decided about for as long as its need has no service, is not recorded as
    unmet and was not dropped. If nothing at all is promised, the team decides.
    """
    referrals = referrals_to_promise(case.id)
    deadlines = deadlines_at(at)
    waiting = [one for one in referrals if not one.ended_at]
    wanted = dict(_step(one, deadlines, case, at) for one in waiting)
    refused = _refusals(case, referrals, unmet_needs(case.id))
    for referral, said_at in refused:
        due_at = deadlines.due(Kind.DECIDE, said_at, case.booking)
        wanted[NextStep.REFUSED, referral.id] = due_at
    match(case, OF_REFERRALS, wanted, partial(_became, referrals), at)
    if waiting:
        case.end_promise(NextStep.HAND_OFF, Ending.KEPT, "Handed to a service", at)
    settle(case, at)


def hand_on_anew(service: Service, by: Actor, at: datetime) -> None:
    """A service has closed, or takes people again: each case that it has is told what is next."""
    del by
    for case in cases_with(service.id):
        note_next(case, at)


def closed_due(at: datetime) -> list[UUID]:
    """The cases with a service that has closed since they were looked at last."""
    return [case.id for case in cases_with_closed(at)]


def note_closed(case_ids: Sequence[UUID], at: datetime) -> None:
    """Each of these cases is told to hand on anew what is with a service that has closed."""
    for case in cases_with_closed(at, case_ids):
        note_next(case, at)


def drop(case: Case, promise_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """What a service said no to need not be found elsewhere, for a reason of the list “drop”.

    Raises CaseClosed, NothingToDrop, ReasonNeeded.
    """
    case.check_open()
    found = [one for one in case.promised if one.id == promise_id and one.act in MAY_DROP]
    if not found:
        raise NothingToDrop
    reasons = dict(choices("drop", day_of(at)))
    if reason not in reasons:
        raise ReasonNeeded
    found[0].end(Ending.DROPPED, reasons[reason], at)
    note_next(case, at)
    record(Tag.PROMISE_DROPPED, by, at, subject_id=case.person_id, record_id=promise_id)


def _step(
    referral: Referral, deadlines: Deadlines, case: Case, at: datetime
) -> tuple[tuple[NextStep, UUID], datetime]:
    """What the referral needs next: where its service has asked something, an answer.

    Where it has closed, another one; no later than this one should have answered.
    """
    asked = question_of(referral)
    if not referral.service.is_open(day_of(at)):
        known = case.has_promised(NextStep.ANEW, referral.id)
        due_at = known.due_at if known else deadlines.due(Kind.DECIDE, at, case.booking)
        return (NextStep.ANEW, referral.id), min(referral.due_at, due_at)
    if asked is None:
        return (NEXT_ACT[referral.state], referral.id), referral.due_at
    answer_by = deadlines.due(Kind.ANSWER, asked.recorded_at, case.booking)
    return (NextStep.ANSWER, referral.id), min(referral.due_at, answer_by)


def question_of(referral: Referral) -> ReferralEvent | None:
    """What the service asked and nobody has replied to; None where nothing is asked.

    That somebody rang them, or that they have taken it on, is no reply.
    """
    said = [event for event in referral.said if event.move in {Move.ASK, Move.REPLY}]
    return said[-1] if said and said[-1].move == Move.ASK else None


def _refusals(
    case: Case, referrals: Sequence[Referral], unmet: Sequence[UnmetNeed]
) -> list[tuple[Referral, datetime]]:
    """The refusals that nothing answers yet, each with its moment.

    Where the service has them already the need is placed, and a mistake was no refusal.
    """
    dropped = {
        promise.about_id
        for promise in case.promises
        if promise.act is NextStep.REFUSED and promise.ending is Ending.DROPPED
    }
    refused = [one for one in referrals if one.state is ReferralState.REJECTED]
    moments = [
        (one, no.recorded_at)
        for one in refused
        if one.id not in dropped and (no := turned_away_by(one)) and no.reason != NOT_A_GAP
    ]
    return [(one, at) for one, at in moments if not _answered(one, at, referrals, unmet)]


def _answered(
    refused: Referral, at: datetime, referrals: Sequence[Referral], unmet: Sequence[UnmetNeed]
) -> bool:
    """Whether each need for which the service was asked is with another one, or written down."""
    others = [one for one in referrals if _has_since(one, refused)]
    if not (needs := asked_for(refused)):
        return any(one.order > refused.order for one in others)
    placed = {need for one in others for need in asked_for(one)}
    written = {row.need for row in unmet if row.by_id and row.recorded_at >= at}
    return needs <= placed | written


def _has_since(other: Referral, refused: Referral) -> bool:
    over = other.ended_at and refused.sent_at and other.ended_at < refused.sent_at
    return bool(other.sent_at) and has_or_had(other) and not over


def _became(referrals: Sequence[Referral], promise: Promise) -> tuple[Ending, str]:
    """How a promise about a referral ended: the referral has moved on, or the need has."""
    if promise.act is NextStep.REFUSED:
        return Ending.KEPT, "Another service has it, or it is recorded as unmet"
    states = {one.id: one.state for one in referrals}
    state = states.get(promise.about_id)
    return Ending.KEPT, LABELS[state] if state else "It belongs to another case"
