"""Give many cases at once, and take that back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from referral.access.actor import Actor
from referral.accounts.users.models import User
from referral.acts.actions import Remembered, Undone, remembering
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.audit.trail import Tag, record
from referral.casework.cases.given_queries import changed_hands
from referral.casework.cases.models import Case
from referral.casework.cases.owner_actions import check_may_give, give, works_there
from referral.casework.cases.refusals import NothingChosen, NotInTeam, TheirsAlready
from referral.db import db
from referral.errors import RuleBroken
from referral.post.messages.actions import MessageDetails, write


def give_many(seen: Mapping[UUID, int], worker: User | None, by: Actor, at: datetime) -> Act:
    """Give cases, by number and the version that was seen, to one colleague or back to the team.

    Those that may not be given are kept as they are, each with the reason; the others are given.
    The receiver is told once. Raises NotInTeam, NothingChosen.
    """
    if worker and not works_there(worker, by.organisation_id):
        raise NotInTeam
    cases = _held(seen, by)
    refused = {str(c.id): why for c in cases if (why := _why_not(c, seen[c.id], worker, by, at))}
    free = [case for case in cases if str(case.id) not in refused]
    if not free:
        raise NothingChosen
    about = worker.id if worker else by.organisation_id
    with remembering(Remembered(ActKind.GIVEN, about, said={"refused": refused}), by, at) as act:
        for case in free:
            give(case, worker, seen[case.id], by, at)
    if worker and worker.id != by.user_id:
        write(MessageDetails("given", worker.email, act.id, "", None), at)
    return act


def take_back_given(act: Act, by: Actor, at: datetime) -> None:
    """Each case that nobody gave on since goes back to whom it was taken from.

    Who works no cases of the team any more gets none: those are the whole team's. Raises Undone.
    """
    if act.undone_at:
        raise Undone
    act.undo("", by.user_id, at)
    before = changed_hands(act)
    cases = _held(before, by)
    for case in cases:
        was, given = before[case.id]
        if case.closed_at or case.worker_id != given:
            continue
        worker = db.session.get(User, was) if was else None
        able = worker is not None and works_there(worker, case.team_id)
        case.give_to(was if able else None, by.user_id, at)
        record(Tag.CASE_GIVEN, by, at, subject_id=case.person_id, record_id=case.id)


def check_gives(case: Case, seen: int, worker: User | None, by: Actor, at: datetime) -> None:
    """Raises CaseClosed, StaleEdit, NotYours, TheirsAlready."""
    check_may_give(case, seen, by, at)
    if case.worker_id == (worker.id if worker else None):
        raise TheirsAlready


def _held(numbers: Mapping[UUID, object], by: Actor) -> Sequence[Case]:
    """Those of the actor's team, locked, in the order of all who lock several."""
    mine = select(Case).where(Case.id.in_(numbers), Case.team_id == by.organisation_id)
    return db.session.scalars(mine.order_by(Case.id).with_for_update()).all()


def _why_not(case: Case, seen: int, worker: User | None, by: Actor, at: datetime) -> str:
    """Why a case may not be given, as the reader is told; empty where it may."""
    try:
        check_gives(case, seen, worker, by, at)
    except RuleBroken as broken:
        return broken.sentence
    return ""
