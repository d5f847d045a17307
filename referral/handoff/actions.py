"""Hand a person to a service, and move the referral on."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.cases.models import Case
from referral.clock import SCOTLAND
from referral.consent.actions import Agreement, record_agreement
from referral.consent.models import Answer, Level, Purpose
from referral.consent.queries import sharing_level
from referral.db import db
from referral.directory.queries import choices
from referral.errors import RuleBroken, StaleEdit
from referral.handoff.models import Referral, ReferralEvent
from referral.handoff.states import (
    ENDED_STATES,
    MOVES,
    Move,
    ReferralState,
    Side,
)

LETTERS = "23456789BCDFGHJKMNPQRTVWXZ"  # none that look alike, no vowels and so no words
ANSWER_WITHIN = timedelta(days=1)


class NoConsent(RuleBroken):
    """The person has not agreed to share anything with this service, so nothing can be sent."""


class AlreadyOpen(RuleBroken):
    """The person already has an open referral to this service."""


class IllegalMove(RuleBroken):
    """That is not possible any more: the referral has moved on. Look at where it stands now."""

    status = 409


class ReasonNeeded(RuleBroken):
    """Choose a reason from the list."""


class NoteNeeded(RuleBroken):
    """Say in a few words what was wrong."""


@dataclass(frozen=True)
class HandOffDetails:
    """To which service, and what the person agrees that it is told; None when they refuse."""

    service_id: UUID
    level: Level | None


@dataclass(frozen=True)
class MoveDetails:
    """One move, as a service's page or program asks for it."""

    move: Move
    seen_version: int
    reason: str | None = None
    note: str = ""


def hand_off(case: Case, details: HandOffDetails, by: Actor, at: datetime) -> Referral:
    """Send the case's person to a service. Raises NoConsent, AlreadyOpen."""
    if details.level:
        agreement = Agreement(Purpose.SHARE, Answer.GRANTED, details.service_id, details.level)
        record_agreement(case.person, agreement, by, at)
    if sharing_level(case.person_id, details.service_id, at) is None:
        raise NoConsent
    ended = [state.value for state in ENDED_STATES]
    same = select(Referral.id).filter_by(person_id=case.person_id, service_id=details.service_id)
    if db.session.scalars(same.where(Referral.state.not_in(ended)).limit(1)).first():
        raise AlreadyOpen
    referral = Referral(
        reference="R-" + "".join(secrets.choice(LETTERS) for _ in range(6)),
        person_id=case.person_id,
        case_id=case.id,
        booking_id=case.booking_id,
        service_id=details.service_id,
        state=ReferralState.REQUESTED.value,
        needs=" ".join(case.booking.needs),
        sent_at=at,
        due_at=at + ANSWER_WITHIN,
    )
    db.session.add(referral)
    db.session.flush()  # the audit names it by its number
    _remember(referral, MoveDetails(Move.SEND, 0), by, at)
    record(Tag.REFERRAL_SENT, by, at, subject_id=case.person_id, record_id=referral.id)
    return referral


def withdraw_sharing(referral: Referral, by: Actor, at: datetime) -> None:
    """The person takes back their consent: the service sees nothing from its next request on.

    A referral that is still open ends with it. Raises StaleEdit, IllegalMove.
    """
    level = sharing_level(referral.person_id, referral.service_id, at) or Level.CONTACT
    taken_back = Agreement(Purpose.SHARE, Answer.WITHDRAWN, referral.service_id, level)
    record_agreement(referral.person, taken_back, by, at)
    if ReferralState(referral.state) not in ENDED_STATES:
        details = MoveDetails(Move.CANCEL, referral.version, reason="WITHDREW")
        move(referral, details, Side.REQUESTER, by, at)


def move(referral: Referral, details: MoveDetails, side: Side, by: Actor, at: datetime) -> Referral:
    """Carry out a move of one side. Raises StaleEdit, IllegalMove, ReasonNeeded, NoteNeeded."""
    rule = MOVES[details.move]
    if referral.version != details.seen_version:
        raise StaleEdit
    if ReferralState(referral.state) not in rule.sources or side not in rule.sides:
        raise IllegalMove
    if rule.reason_list and details.reason not in _reasons(rule.reason_list, at):
        raise ReasonNeeded
    if rule.note_required and not details.note:
        raise NoteNeeded
    referral.state = rule.target.value
    referral.ended_at = at if rule.target in ENDED_STATES else None
    _remember(referral, details, by, at)
    record(Tag.REFERRAL_MOVED, by, at, subject_id=referral.person_id, record_id=referral.id)
    return referral


def _reasons(list_name: str, at: datetime) -> set[str]:
    return {code for code, _ in choices(list_name, at.astimezone(SCOTLAND).date())}


def _remember(referral: Referral, details: MoveDetails, by: Actor, at: datetime) -> None:
    referral.events.append(
        ReferralEvent(
            number=len(referral.events) + 1,
            move=details.move.value,
            state=referral.state,
            reason=details.reason,
            note=details.note,
            by_id=by.user_id,
            by_name=by.name,
            happened_at=at,
            recorded_at=at,
        )
    )
