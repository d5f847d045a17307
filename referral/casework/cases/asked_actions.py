"""The person asks for help, or for what they stopped, again; a worker has spoken to them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.cases.actions import settle
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import TALKS, Ending, NextStep
from referral.directory.queries import deadlines_at


def ask_for_help(case: Case, by: Actor, at: datetime) -> None:
    """They want to be reached: the team promises it. To ask twice is to ask once.

    A closed case goes on, in the hands of the whole team.
    """
    _go_on(case)
    if not case.has_promised(NextStep.ASKED):
        case.promise(NextStep.ASKED, deadlines_at(at).first_contact(None, case.booking, at), at)
        record(Tag.CASE_ASKED_FOR, by, at, subject_id=case.person_id, record_id=case.id)


def want_again(case: Case, referral_id: UUID, at: datetime) -> None:
    """They want a service again that they had stopped: the team talks to them before it is told.

    A closed case goes on for it, in the hands of the whole team. To ask twice is to ask once.
    """
    _go_on(case)
    hear_again(case, referral_id, at)


def _go_on(case: Case) -> None:
    """A closed case is open again, and the whole team has it."""
    if case.closed_at:
        case.reopen()
        case.give_to_team()


def hear_again(case: Case, about: UUID, at: datetime) -> None:
    """They took back a stop, of a service or at the case itself: the team is to talk to them."""
    if not case.has_promised(NextStep.AGAIN, about):
        due_at = deadlines_at(at).first_contact(None, case.booking, at)
        case.promise(NextStep.AGAIN, due_at, at, about)


def stays_stopped(case: Case, about: Collection[UUID], at: datetime) -> bool:
    """What they had stopped stays stopped after all; whether they had asked for it again."""
    return _end(case, {NextStep.AGAIN}, about, (Ending.DROPPED, "They took it back"), at)


def had_anew(case: Case, about: Collection[UUID], at: datetime) -> None:
    """The service that they wanted again was told of them anew."""
    _end(case, {NextStep.AGAIN}, about, (Ending.KEPT, "Handed to them anew"), at)


def take_back_asking(case: Case, at: datetime) -> None:
    """They want nothing more: nobody need reach them because they asked."""
    _end(case, TALKS, None, (Ending.DROPPED, "They took it back"), at)


def note_spoken(case: Case, by: Actor, at: datetime) -> None:
    """A worker has spoken to who asked for help again. Raises CaseClosed."""
    case.check_open()
    _end(case, TALKS, None, (Ending.KEPT, "Spoken to"), at)
    record(Tag.CASE_SPOKEN, by, at, subject_id=case.person_id, record_id=case.id)


def _end(
    case: Case,
    acts: Collection[NextStep],
    about: Collection[UUID] | None,
    became: tuple[Ending, str],
    at: datetime,
) -> bool:
    """End those of these promises that are open, about these or, with None, about anything."""
    over = [one for one in case.promised if one.act in acts]
    over = [one for one in over if about is None or one.about_id in about]
    for one in over:
        case.end_promise(one.act, *became, at, one.about_id)
    if over and not case.closed_at:
        settle(case, at)
    return bool(over)
