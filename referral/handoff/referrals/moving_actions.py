"""What a move says, and whether it may be made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from referral.clock import day_of
from referral.directory.queries import choices
from referral.errors import StaleEdit
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.outcome_actions import need_by_need
from referral.handoff.referrals.refusals import (
    IllegalMove,
    NoteNeeded,
    OutcomeNeeded,
    ReasonNeeded,
    ServiceClosed,
    TimeOutside,
)
from referral.handoff.referrals.states import MOVES, Move, Side


@dataclass(frozen=True)
class MoveDetails:
    """One move, as a page or a program asks for it.

    `changes` says for each need, or for EVERY one, what changed; to end a referral that was started
    it is needed; `suggested_id` is the service that one which declines would send the person to.
    """

    move: Move
    seen_version: int
    reason: str | None = None
    note: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)
    suggested_id: UUID | None = None
    happened_at: datetime | None = None


def codes_of(list_name: str, at: datetime) -> set[str]:
    """The codes of a list that may be chosen at a moment."""
    return {code for code, _ in choices(list_name, day_of(at))}


def check_move(referral: Referral, details: MoveDetails, side: Side, at: datetime) -> None:
    """That a side may make this move now, with all that belongs to it.

    Raises StaleEdit, IllegalMove, ServiceClosed, ReasonNeeded, NoteNeeded, TimeOutside,
    OutcomeNeeded.
    """
    rule = MOVES[details.move]
    if referral.version != details.seen_version:
        raise StaleEdit
    if referral.state not in rule.sources or side not in rule.sides:
        raise IllegalMove
    if details.move is Move.ACCEPT and not referral.service.is_open(day_of(at)):
        raise ServiceClosed
    if rule.reason_list and details.reason not in codes_of(rule.reason_list, at):
        raise ReasonNeeded
    if rule.note_required and not details.note:
        raise NoteNeeded
    since = (referral.sent_at or at).replace(second=0, microsecond=0)
    if details.happened_at and not since <= details.happened_at <= at:
        raise TimeOutside
    said = set(need_by_need(referral, details.changes))
    if said - set(referral.needs) or (rule.outcome_required and said != set(referral.needs)):
        raise OutcomeNeeded
    if not set(details.changes.values()) <= codes_of("need_change", at):
        raise OutcomeNeeded
