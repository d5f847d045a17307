"""Ask the person again what they agree to; whose earlier record is theirs; who was found."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.casework.cases import actions as cases
from referral.casework.cases.models import Case
from referral.casework.cases.queries import open_case_of
from referral.casework.doors.actions import check_by_door
from referral.consent.actions import Agreement, Circumstances
from referral.handoff.referrals.actions import withdraw_sharing
from referral.handoff.referrals.queries import open_referrals
from referral.handoff.referrals.telling_actions import lift_stops
from referral.handoff.withdrawals.running_out_actions import note_running_out
from referral.merging.joining.actions import JoinDetails, join
from referral.people.actions import tell_apart


def ask_again(
    case: Case,
    said: Sequence[Agreement],
    no_more: Collection[UUID],
    how: Circumstances,
    by: Actor,
    at: datetime,
) -> None:
    """Record the answers; services of `no_more` are told to stop.

    What has been asked again is promised no more.

    Raises CaseClosed, NotTheirWorker, StaleEdit, NoWayToReach, AloneUnder16, IllegalMove.
    """
    cases.agree(case, said, how, by, at)
    lift_stops(case.person_id, {one.service_id for one in said if one.service_id}, by, at)
    for referral in open_referrals(case.person_id):
        if referral.service_id in no_more:
            withdraw_sharing(referral, by, at)
    note_running_out(case, at)


def note_found(cases: Iterable[Case], by: Actor, at: datetime) -> None:
    """Somebody was looked for: whom a page of answers shows is noted, or that it was nobody."""
    found = list(cases)
    for case in found:
        record(Tag.CASE_FOUND, by, at, subject_id=case.person_id, record_id=case.id)
    if not found:
        record(Tag.CASE_FOUND, by, at)


def same_person(
    case: Case, earlier_id: UUID | None, shown: Collection[UUID], by: Actor, at: datetime
) -> Case:
    """Who came by another door was here before: that record goes on, with all of both.

    The case that is open then. None: it is none of those who were shown. Raises BookedByTheDesk,
    NotMet, AlreadyJoined, OtherTeam, SameService.
    """
    check_by_door(case)
    case.check_met()
    if earlier_id is None:
        for other_id in shown:
            tell_apart(case.person_id, other_id, by, at)
        return case
    join(JoinDetails(kept_id=earlier_id, other_id=case.person_id), by, at)
    return open_case_of(earlier_id) or case
