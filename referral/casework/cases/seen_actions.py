"""A worker has seen somebody, without more to write down yet; or has not after all."""

from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.cases.actions import meet
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import Ending, NextStep
from referral.casework.cases.refusals import NobodySaidSeen

SEEN = "Seen"


def note_seen(case: Case, by: Actor, at: datetime) -> None:
    """A worker has seen who was to be seen; twice is no more than once. Raises CaseClosed."""
    case.check_open()
    meet(case, SEEN, at)
    record(Tag.CASE_SEEN_THEM, by, at, subject_id=case.person_id, record_id=case.id)


def take_back_seen(case: Case, by: Actor, at: datetime) -> None:
    """They were not seen: it is promised again, by when it was.

    Raises CaseClosed; NobodySaidSeen where nobody said so, or it is promised already.
    """
    case.check_open()
    said = [one for one in case.promises if one.act is NextStep.SEE and one.how == SEEN]
    if not said or case.has_promised(NextStep.SEE):
        raise NobodySaidSeen
    decide = case.has_promised(NextStep.HAND_OFF)
    if decide and decide.made_at == said[-1].ended_at:
        case.end_promise(NextStep.HAND_OFF, Ending.DROPPED, "They were not seen", at)
    case.promise(NextStep.SEE, said[-1].due_at, at)
    record(Tag.CASE_NOT_SEEN, by, at, subject_id=case.person_id, record_id=case.id)
