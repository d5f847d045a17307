"""Bookings within an actor's reach."""

from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from referral.access.actor import Actor
from referral.custody.models import Booking, Offer
from referral.custody.offers import ASKED, OfferAnswer
from referral.db import db
from referral.web.paging import Page, page_of


def booking_for(actor: Actor, booking_id: UUID, *, to_change: bool = False) -> Booking:
    """A live booking of the actor's own centre; 404 for any other, as if it did not exist."""
    wanted = select(Booking).where(
        Booking.id == booking_id,
        Booking.centre_id == actor.centre_id,
        Booking.released_at.is_(None),
    )
    if to_change:
        wanted = wanted.with_for_update()
    return db.session.scalars(wanted).one_or_none() or abort(404)


def live_bookings(actor: Actor, page: int) -> Page[Booking]:
    """One page of who is in the actor's centre now, longest here first; in three statements."""
    wanted = (
        select(Booking)
        .where(Booking.centre_id == actor.centre_id, Booking.released_at.is_(None))
        .options(
            joinedload(Booking.person),
            selectinload(Booking.offers),
            selectinload(Booking.warnings),
        )
        .order_by(Booking.authorised_at, Booking.id)
    )
    return page_of(wanted, page)


def reach(actor: Actor, since: datetime) -> tuple[int, int, int]:
    """Stays at the actor's centre since a moment: how many, how many asked, how many agreed.

    Who was only found not fit yet was not asked, as in the outcome report.
    """
    mine = select(Booking.id).where(
        Booking.centre_id == actor.centre_id, Booking.authorised_at >= since
    )
    asked = select(Offer.booking_id).where(Offer.booking_id.in_(mine), Offer.answer.in_(ASKED))
    agreed = asked.where(Offer.answer == OfferAnswer.ACCEPTED)
    counts = [
        select(func.count()).select_from(q.distinct().subquery()) for q in (mine, asked, agreed)
    ]
    booked, were_asked, said_yes = (db.session.scalar(count) or 0 for count in counts)
    return booked, were_asked, said_yes
