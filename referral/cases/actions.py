"""Answer an offer with all that follows from it, and take a case."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from referral.access.actor import Actor
from referral.audit.trail import Tag, record
from referral.cases.models import Case
from referral.consent.actions import Agreement, record_agreement
from referral.consent.models import Answer, Purpose
from referral.custody.actions import OfferDetails, record_offer
from referral.custody.models import Booking, OfferAnswer
from referral.db import db
from referral.directory.queries import team_for
from referral.errors import RuleBroken, StaleEdit


class NoTeam(RuleBroken):
    """No arrest referral team covers this custody centre. Tell your administrator."""


class AgreesToTalk(RuleBroken):
    """Accepting means that the person agrees to talk to a worker. Tick that, or choose no."""


def answer_offer(
    booking: Booking,
    details: OfferDetails,
    agreements: Sequence[Agreement],
    by: Actor,
    at: datetime,
) -> Case | None:
    """Record the answer; an accepted offer opens a case or continues the person's open one.

    Raises StaleEdit, SayWhy, AgreesToTalk, NoTeam.
    """
    record_offer(booking, details, by, at)
    if details.answer is not OfferAnswer.ACCEPTED:
        return None
    if Agreement(Purpose.TALK, Answer.GRANTED) not in agreements:
        raise AgreesToTalk
    for agreement in agreements:
        record_agreement(booking.person, agreement, by, at)
    return _open_or_continue(booking, by, at)


def take(case: Case, seen_version: int, by: Actor, at: datetime) -> None:
    """The worker makes the case their own. Raises StaleEdit when somebody else was first."""
    if case.version != seen_version:
        raise StaleEdit
    case.worker_id = by.user_id
    record(Tag.CASE_TAKEN, by, at, subject_id=case.person_id, record_id=case.id)


def _open_or_continue(booking: Booking, by: Actor, at: datetime) -> Case:
    team = team_for(booking.centre)
    if team is None:
        raise NoTeam
    wanted = select(Case).filter_by(person_id=booking.person_id, closed_at=None)
    case = db.session.scalars(wanted.with_for_update()).one_or_none()
    if case is None:
        case = Case(person_id=booking.person_id, team_id=team.id, opened_at=at)
        db.session.add(case)
    case.booking_id = booking.id
    db.session.flush()  # the audit names it by its number
    record(Tag.CASE_OPENED, by, at, subject_id=case.person_id, record_id=case.id)
    return case
