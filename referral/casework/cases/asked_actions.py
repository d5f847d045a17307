"""The person asks for help again by themselves, and a worker has spoken to them."""

from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.cases.actions import settle
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import Ending, NextStep
from referral.directory.queries import deadlines_at


def ask_for_help(case: Case, by: Actor, at: datetime) -> None:
    """They want to be reached: the team promises it. To ask twice is to ask once.

    A closed case goes on, in the hands of the whole team.
    """
    if case.closed_at:
        case.reopen()
        case.give_to_team()
    if not case.has_promised(NextStep.ASKED):
        case.promise(NextStep.ASKED, deadlines_at(at).first_contact(None, case.booking, at), at)
        record(Tag.CASE_ASKED_FOR, by, at, subject_id=case.person_id, record_id=case.id)


def take_back_asking(case: Case, at: datetime) -> None:
    """They want nothing more: nobody need reach them because they asked."""
    if not case.closed_at and case.end_promise(
        NextStep.ASKED, Ending.DROPPED, "They took it back", at
    ):
        settle(case, at)


def note_spoken(case: Case, by: Actor, at: datetime) -> None:
    """A worker has spoken to who asked for help again. Raises CaseClosed."""
    case.check_open()
    if case.end_promise(NextStep.ASKED, Ending.KEPT, "Spoken to", at):
        settle(case, at)
    record(Tag.CASE_SPOKEN, by, at, subject_id=case.person_id, record_id=case.id)
