"""What changed in each need for which a service was asked, as the service sees it."""

from collections.abc import Mapping
from datetime import datetime

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.clock import day_of
from referral.db import db
from referral.directory.queries import choices
from referral.errors import StaleEdit
from referral.handoff.referrals.models import NeedOutcome, Referral
from referral.handoff.referrals.queries import last_changes
from referral.handoff.referrals.refusals import OutcomeNeeded, WrittenUp
from referral.handoff.referrals.sight import Sight
from referral.handoff.referrals.sight_queries import seen_now

EVERY = "every"  # one answer for all needs, from a service that is not told which they are


def need_by_need(referral: Referral, changes: Mapping[str, str]) -> Mapping[str, str]:
    """The changes, need by need, also where one answer was given for all needs."""
    said = dict(changes)
    if (change := said.pop(EVERY, None)) is None:
        return said
    return dict.fromkeys(referral.needs, change) | said


def say_changes(referral: Referral, changes: Mapping[str, str], by: Actor, at: datetime) -> None:
    """Keep what is said to have changed; what was said before stays as it was said."""
    for need, change in need_by_need(referral, changes).items():
        outcome = NeedOutcome(referral_id=referral.id, need=need, change=change)
        outcome.by_id = by.user_id
        outcome.recorded_at = at
        db.session.add(outcome)


def write_up(
    referral: Referral, changes: Mapping[str, str], seen_version: int, by: Actor, at: datetime
) -> None:
    """After the end the service says what changed, or says it better, while that is still due.

    Only what differs from what it said last is kept. Raises StaleEdit, WrittenUp, OutcomeNeeded.
    """
    if referral.version != seen_version:
        raise StaleEdit
    if seen_now(referral, at).sight is not Sight.OUTCOME:
        raise WrittenUp
    said = need_by_need(referral, changes)
    known = {code for code, _ in choices("need_change", day_of(at))}
    if not (set(said) <= set(referral.needs) and set(said.values()) <= known):
        raise OutcomeNeeded
    last = last_changes(referral.id)
    new = {need: change for need, change in said.items() if last.get(need) != change}
    say_changes(referral, new, by, at)
    record(Tag.OUTCOME_WRITTEN_UP, by, at, subject_id=referral.person_id, record_id=referral.id)
