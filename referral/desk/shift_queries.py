"""The stays, corrections and reasons of one desk, for its supervisor."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from referral.access.actor import Actor
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.clock import month_before, month_start
from referral.custody.models import Booking, Offer
from referral.custody.offers import OfferAnswer
from referral.custody.queries import COUNTS
from referral.db import db
from referral.desk.queries import whole_board
from referral.desk.shift import SHIFT, Correction, Shift

PUT_RIGHT = (ActKind.CORRECTED, ActKind.VOIDED)
STAYS = timedelta(days=7)


def shift_of(actor: Actor, centre_id: UUID, at: datetime) -> Shift:
    """The last twelve hours at a desk, and who is there now."""
    this = month_start()
    last = month_before()
    reasons = _reasons(centre_id, Booking.authorised_at >= this)
    before = _reasons(centre_id, (Booking.authorised_at >= last) & (Booking.authorised_at < this))
    both = {code: (reasons.get(code, 0), before.get(code, 0)) for code in [*reasons, *before]}
    return Shift(_stays(centre_id, at), whole_board(actor, at), _corrections(centre_id, at), both)


def _stays(centre_id: UUID, at: datetime) -> Sequence[Booking]:
    began = select(Booking).where(Booking.centre_id == centre_id, COUNTS)
    whole = began.options(joinedload(Booking.person), selectinload(Booking.offers))
    wanted = whole.where(Booking.authorised_at >= at - SHIFT)
    return db.session.scalars(wanted.order_by(Booking.authorised_at, Booking.order)).all()


def _corrections(centre_id: UUID, at: datetime) -> Sequence[Correction]:
    """What was put right of the stays of the last days and of who was in them, latest first."""
    mine = select(Booking).where(Booking.centre_id == centre_id)
    lately = mine.where(Booking.authorised_at >= at - STAYS).options(joinedload(Booking.person))
    stays = db.session.scalars(lately.order_by(Booking.authorised_at.desc(), Booking.order)).all()
    of = {stay.person_id: stay for stay in reversed(stays)} | {stay.id: stay for stay in stays}
    wanted = select(Act).where(
        Act.about_id.in_(of), Act.kind.in_(PUT_RIGHT), Act.done_at >= at - 2 * SHIFT
    )
    acts = db.session.scalars(wanted.order_by(Act.done_at.desc(), Act.order.desc()))
    return [Correction(act, of[act.about_id]) for act in acts]


def _reasons(centre_id: UUID, when: ColumnElement[bool]) -> Mapping[str, int]:
    """Why people were not asked, by code, the commonest first."""
    counted = func.count(Offer.booking_id.distinct())
    wanted = (
        select(Offer.reason, counted)
        .join(Booking, Booking.id == Offer.booking_id)
        .where(Booking.centre_id == centre_id, COUNTS, when)
        .where(Offer.answer == OfferAnswer.NOT_ASKED)
        .group_by(Offer.reason)
        .order_by(counted.desc(), Offer.reason)
    )
    return {reason: number for reason, number in db.session.execute(wanted) if reason}
