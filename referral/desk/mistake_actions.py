"""A booking that was a mistake: all that it brought goes back, and it can be brought back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select

from referral.access.actor import Actor
from referral.acts.actions import Remembered, put_back, remembering
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.acts.queries import acts_about, added_by, earlier_values, values_of
from referral.audit.trail import Tag, record
from referral.casework.assessment.models import Assessment
from referral.casework.cases.actions import decide
from referral.casework.cases.models import Case
from referral.casework.cases.queries import open_case_of
from referral.casework.cases.undo_actions import unpromise
from referral.consent.actions import mark_mistaken
from referral.consent.queries import said_in
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.custody.places import Mistake
from referral.custody.queries import stay_of
from referral.custody.stay_actions import MistakeDetails, check_stay, check_when, void
from referral.db import db
from referral.directory.deadlines import Kind
from referral.errors import RuleBroken
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, ReferralState, Side
from referral.merging.joining.actions import check_apart
from referral.people.actions import reindex, unindex
from referral.people.detail_actions import take_back
from referral.people.models import Person, PersonAlias, SaidDetail

BY_MISTAKE = "ERR"
BROUGHT = (PersonAlias,)
WITHOUT_A_TRACE = (ReferralState.DRAFT, ReferralState.ENTERED_IN_ERROR)


class ServicesTold(RuleBroken):
    """A service was told in this stay. Let the worker mark the referral as a mistake first."""

    status = 409


class WorkedOn(RuleBroken):
    """A worker has assessed them in this stay. Ask the worker before you call it a mistake."""

    status = 409


class AnswersHere(RuleBroken):
    """Their answers are in this booking. Keep it, and call the other one a mistake."""


class BookedSince(RuleBroken):
    """They have been booked again since. Look at that stay first."""

    status = 409


def call_mistake(booking: Booking, details: MistakeDetails, by: Actor, at: datetime) -> None:
    """The booking should never have been: nothing of it counts, and what it changed goes back.

    Raises StaleEdit, MistakeAlready, LongAgo, TooLongAgo, JoinedSince, ServicesTold, WorkedOn,
    AnswersHere.
    """
    check_stay(booking, details.seen_version)
    check_when(booking.recorded_at, by, at)
    check_apart(booking)
    _check_untold(booking)
    if details.why is Mistake.TWICE:
        _check_other(booking)
    what = Remembered(ActKind.VOIDED, booking.id, why=details.why)
    with remembering(what, by, at):
        _send_no_draft(booking, by, at)
        for act in _brought_by(booking):
            put_back(act, details.why, by, at, BROUGHT)
            take_back(added_by(act, SaidDetail.__tablename__), at)
            unpromise(act, at)
        _close_what_it_opened(booking, at)
        end = booking.released_at
        mark_mistaken(said_in(booking.person_id, booking.recorded_at, end), by, at)
        void(booking, details.why, by, at)
    _find_by_what_is_left(booking.person)


def bring_back(booking: Booking, act: Act, why: str, by: Actor, at: datetime) -> None:
    """It was no mistake after all: everything is as it was. Raises what is raised there, Undone."""
    check_brought_back(booking, act, by, at)
    put_back(act, why, by, at)
    unpromise(act, at)
    _open_again(booking, by, at)
    booking.changed()
    reindex(booking.person)
    record(Tag.STAY_PUT_BACK, by, at, subject_id=booking.person_id, record_id=booking.id)


def _open_again(booking: Booking, by: Actor, at: datetime) -> None:
    """Who said yes in it waits again, also where another mistake has closed their case since."""
    closed = select(Case).filter_by(booking_id=booking.id, close_reason=BY_MISTAKE)
    case = db.session.scalars(closed.order_by(Case.order.desc())).first()
    offer = booking.last_offer
    accepted = offer is not None and offer.answer is OfferAnswer.ACCEPTED
    if case and accepted and open_case_of(booking.person_id) is None:
        case.reopen()
        decide(case, Kind.DECIDE, at)
        record(Tag.CASE_CONTINUED, by, at, subject_id=case.person_id, record_id=case.id)


def check_brought_back(booking: Booking, act: Act, by: Actor, at: datetime) -> None:
    """A mistake may still be called none. Raises LongAgo, TooLongAgo, JoinedSince, BookedSince."""
    check_when(act.done_at, by, at)
    check_apart(booking)
    other = stay_of(booking.person_id)
    beside = other and other is not booking and not booking.released_at
    if beside or _opened_another_case(booking, act):
        raise BookedSince


def _opened_another_case(booking: Booking, act: Act) -> bool:
    """Whether they have agreed anew since: what the mistake had closed would be a second one."""
    case = open_case_of(booking.person_id)
    closed = {value.row_id for value in values_of(act.id) if value.column == "closed_at"}
    return case is not None and bool(closed - {case.id})


def _brought_by(booking: Booking) -> Sequence[Act]:
    """How it came and what was answered in it, the latest first."""
    acts = acts_about(booking.id, (ActKind.ARRIVED, ActKind.ASKED))
    return [act for act in acts if act.undone_at is None]


def _find_by_what_is_left(person: Person) -> None:
    """Whom nothing but a mistake has brought is found by nobody."""
    stays = select(Booking.id).filter_by(person_id=person.id, voided_at=None)
    real = db.session.scalars(stays.order_by(Booking.order).limit(1)).first()
    reindex(person)  # what they said in it counts no more
    if not real and not person.reference:
        unindex(person)


def _check_untold(booking: Booking) -> None:
    told = select(Referral.id).where(
        Referral.booking_id == booking.id, Referral.state.not_in(WITHOUT_A_TRACE)
    )
    if db.session.scalars(told.order_by(Referral.id).limit(1)).first():
        raise ServicesTold
    worked = select(Assessment.id).filter_by(booking_id=booking.id)
    if db.session.scalars(worked.order_by(Assessment.id).limit(1)).first():
        raise WorkedOn


def _check_other(booking: Booking) -> None:
    others = select(Booking).where(
        Booking.person_id == booking.person_id,
        Booking.id != booking.id,
        Booking.released_at.is_(None),
        Booking.voided_at.is_(None),
    )
    other = db.session.scalars(others.order_by(Booking.order.desc())).first()
    if booking.offers and other and not other.offers:
        raise AnswersHere


def _send_no_draft(booking: Booking, by: Actor, at: datetime) -> None:
    """What waits for a worker's word is never sent: nobody was told of it."""
    drafts = select(Referral).filter_by(booking_id=booking.id, state=ReferralState.DRAFT)
    for referral in db.session.scalars(drafts.order_by(Referral.order)).all():
        step = MoveDetails(Move.MARK_ERROR, referral.version, note="Booked by mistake")
        move(referral, step, Side.REQUESTER, by, at)


def _close_what_it_opened(booking: Booking, at: datetime) -> None:
    """A case hangs on its last stay that was no mistake; one that has none was opened by mistake.

    It may have come back to a stay that was called a mistake before, while it hung on this one.
    """
    hangs = Case.booking_id == Booking.id, Booking.person_id == booking.person_id
    mistaken = or_(Booking.id == booking.id, Booking.voided_at.is_not(None))
    wanted = select(Case).join(Booking, and_(*hangs)).where(Case.closed_at.is_(None), mistaken)
    for case in db.session.scalars(wanted.order_by(Case.order)).all():
        if before := _real_stay_before(case, booking):
            case.hang_on(before)
        else:
            case.close(BY_MISTAKE, max(at, case.opened_at))


def _real_stay_before(case: Case, booking: Booking) -> Booking | None:
    """The stay on which a case hung before, and before that, until one was no mistake."""
    before = earlier_values(Case.__tablename__, case.id, "booking_id")
    number: UUID | None = case.booking_id
    while number := before.pop(number, None):
        stay = db.session.get(Booking, number)
        if stay and stay is not booking and not stay.voided_at:
            return stay
    return None
