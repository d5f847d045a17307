"""Nobody met who called before what they said ran out: the case closes, and can be opened again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.casework.cases.queries import open_case_of
from referral.casework.doors.queries import never_met
from referral.casework.doors.refusals import ClosedByHand, GoesOn
from referral.casework.doors.voices import NEVER_MET
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at


def close_never_met(case_ids: Sequence[UUID], at: datetime) -> None:
    """Each of these cases of callers whom nobody has met in time is closed by itself."""
    for case in never_met(case_ids, at):
        case.close(NEVER_MET, at)
        record(Tag.CASE_CLOSED, None, at, subject_id=case.person_id, record_id=case.id)


def open_again(case: Case, by: Actor, at: datetime) -> None:
    """They turned up after all: the case goes on. It never closes by itself again.

    Raises ClosedByHand, GoesOn.
    """
    if case.close_reason != NEVER_MET:
        raise ClosedByHand
    if open_case_of(case.person_id):
        raise GoesOn
    case.reopen()
    case.promise(NextStep.SEE, deadlines_at(at).due(Kind.DECIDE, at, case.booking), at)
    record(Tag.CASE_OPEN_AGAIN, by, at, subject_id=case.person_id, record_id=case.id)
