"""An answer that was a mistake is taken back, and counts as if it had never been said."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from referral.access.actor import Actor
from referral.accounts.users.models import User
from referral.acts.actions import put_back
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.acts.queries import last_act, left_as, values_of
from referral.audit.trail import Tag, record
from referral.casework.cases.undo_actions import unpromise
from referral.db import db
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at
from referral.errors import RuleBroken, StaleEdit, allows
from referral.handoff.referrals.models import Referral, ReferralEvent
from referral.handoff.referrals.promise_actions import note_next
from referral.handoff.referrals.states import Move, ReferralState, Side
from referral.handoff.referrals.unmet_actions import no_longer_turned_away


class NothingAnswered(RuleBroken):
    """There is no answer to take back. Look at where the referral stands now."""

    status = 409


class TooLateToTakeBack(RuleBroken):
    """That was said too long ago to be taken back here. Ring the other side and tell them."""


class GoneOnSince(RuleBroken):
    """Somebody has acted on that answer, so it stands. Ring the other side and tell them."""

    status = 409


class TheirOwnAnswer(RuleBroken):
    """The service said that itself. Ask the service to take it back."""


def take_back_answer(
    referral: Referral, seen_version: int, side: Side, by: Actor, at: datetime
) -> Referral:
    """“We have it” or “We can't” was a mistake: the referral waits for an answer again.

    By the service itself, or by the team where it typed the answer in. Raises StaleEdit,
    NothingAnswered, TheirOwnAnswer, TooLateToTakeBack, GoneOnSince.
    """
    if referral.version != seen_version:
        raise StaleEdit
    act = answer_to_take_back(referral, side, by, at)
    take_events_back(referral, act, by, at)
    no_longer_turned_away(referral, act.done_at, at)
    note_next(referral.case, at)
    return referral


def answer_to_take_back(referral: Referral, side: Side, by: Actor, at: datetime) -> Act:
    """The answer, as long as a side may take it back.

    Raises NothingAnswered, TheirOwnAnswer, TooLateToTakeBack, GoneOnSince.
    """
    act = answer_of(referral)
    if act is None:
        raise NothingAnswered
    check_said(act, side, by, at)
    if referral.events[-1].recorded_at != act.done_at or _asked_elsewhere(referral, act):
        raise GoneOnSince
    if referral.case.closed_at or _changed(referral, act):
        raise GoneOnSince
    return act


def may_take_back(referral: Referral, side: Side, by: Actor, at: datetime) -> bool:
    """Whether a side is to be offered to take the answer back."""
    return allows(answer_to_take_back, referral, side, by, at)


def answer_of(referral: Referral) -> Act | None:
    """The answer that stands and could be taken back; None where the service has not answered."""
    answered = referral.state in {ReferralState.ACCEPTED, ReferralState.REJECTED}
    return last_act(referral.id, (ActKind.ANSWERED,)) if answered else None


def check_said(act: Act, side: Side, by: Actor, at: datetime) -> None:
    """Who takes it back may, and in time. Raises TheirOwnAnswer, TooLateToTakeBack."""
    if side is Side.REQUESTER:
        typed = db.session.get(User, act.by_id)
        if typed is None or typed.organisation_id != by.organisation_id:
            raise TheirOwnAnswer
    if deadlines_at(at).due(Kind.TAKE_BACK, act.done_at, None) < at:
        raise TooLateToTakeBack


def take_events_back(
    referral: Referral, act: Act, by: Actor, at: datetime, adds: Collection[type] = ()
) -> None:
    """What was said goes back; its events stay in the history and count no more."""
    put_back(act, "", by, at, adds)
    unpromise(act, at)
    for event in referral.events:
        if event.recorded_at == act.done_at and event.by_id == act.by_id:
            event.taken_back_at = at
    referral.events.append(
        ReferralEvent(
            number=len(referral.events) + 1,
            move=Move.TAKE_BACK,
            state=referral.state,
            note="",
            by_id=by.user_id,
            by_name=by.name,
            happened_at=at,
            recorded_at=at,
        )
    )
    db.session.flush()  # what comes next is read from the events as they stand now
    record(Tag.ANSWER_TAKEN_BACK, by, at, subject_id=referral.person_id, record_id=referral.id)


def _asked_elsewhere(referral: Referral, act: Act) -> bool:
    """Whether the team has handed the person on since."""
    later = select(Referral.id).where(
        Referral.person_id == referral.person_id,
        Referral.id != referral.id,
        Referral.sent_at > act.done_at,
    )
    return db.session.scalars(later.order_by(Referral.id).limit(1)).first() is not None


def _changed(referral: Referral, act: Act) -> bool:
    """Whether the service has done more with it, such as booking an appointment."""
    return any(
        getattr(referral, name) != value
        for name, value in left_as(values_of(act.id), referral.id).items()
        if name in {"state", "due_at", "ended_at"}
    )
