"""Take a case, and give it to somebody else."""

from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.audit.trail import Tag, record
from referral.casework.cases.models import Case
from referral.casework.cases.refusals import ColleagueHasIt, NotInTeam, NotYours
from referral.casework.cover.queries import answers_for
from referral.errors import StaleEdit


def take(case: Case, seen_version: int, by: Actor, at: datetime) -> None:
    """The worker makes the case their own.

    Raises CaseClosed, ColleagueHasIt, StaleEdit when somebody else was first.
    """
    case.check_open()
    if case.worker_id and not (
        by.may(Permission.ALLOCATE_CASES) or answers_for(by, case.worker_id, at)
    ):
        raise ColleagueHasIt
    if case.version != seen_version:
        raise StaleEdit
    case.give_to(by.user_id, by.user_id, at)
    record(Tag.CASE_TAKEN, by, at, subject_id=case.person_id, record_id=case.id)


def give(case: Case, worker: User | None, seen_version: int, by: Actor, at: datetime) -> None:
    """Hand the case to somebody of the team, or back to the team.

    A worker gives their own cases and those that they cover, whoever allocates gives any.
    Raises CaseClosed, StaleEdit, NotYours, NotInTeam.
    """
    check_may_give(case, seen_version, by, at)
    if worker and not works_there(worker, case.team_id):
        raise NotInTeam
    case.give_to(worker.id if worker else None, by.user_id, at)
    record(Tag.CASE_GIVEN, by, at, subject_id=case.person_id, record_id=case.id)


def check_may_give(case: Case, seen_version: int, by: Actor, at: datetime) -> None:
    """Raises CaseClosed, StaleEdit, NotYours."""
    case.check_open()
    if case.version != seen_version:
        raise StaleEdit
    if not (by.may(Permission.ALLOCATE_CASES) or answers_for(by, case.worker_id, at)):
        raise NotYours


def works_there(worker: User, team_id: UUID) -> bool:
    """Whether somebody can sign in and works cases of a team."""
    here = worker.organisation_id == team_id and worker.state == UserState.ACTIVE
    return here and worker.actor.may(Permission.WORK_CASES)
