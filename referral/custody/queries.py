"""Bookings within an actor's reach."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from referral.access.actor import Actor
from referral.acts.kinds import SUPERVISOR_UNDOES
from referral.custody.doors import BY_WORD, Door
from referral.custody.leg_models import StayLeg
from referral.custody.models import Booking, Offer
from referral.custody.offers import ASKED, OfferAnswer
from referral.custody.places import AT_DESK, IN_CELLS
from referral.db import db
from referral.directory.bounds import HELD
from referral.directory.models import CustodyCentre
from referral.web.paging import Page, page_of

SAID = ("observations", "elsewhere")  # what a page reads of a stay to know its needs and dangers
LONGEST_FIRST = (Booking.authorised_at, Booking.id)
COUNTS = Booking.voided_at.is_(None)  # what was booked by mistake is in no list and no number
IN_CUSTODY = Booking.door == Door.CUSTODY  # what the police booked: all that a desk may know of


def is_at(centre_id: UUID | None) -> ColumnElement[bool]:
    """Stays for which this desk answers: here, on the way here, and back from court or hospital.

    No desk, no stay: who came by another door stands at none.
    """
    if centre_id is None:
        return false()
    here = select(StayLeg.booking_id).where(
        StayLeg.until.is_(None), StayLeg.centre_id == centre_id, StayLeg.place.in_(AT_DESK)
    )
    return and_(COUNTS, Booking.id.in_(here))


def in_cells() -> ColumnElement[bool]:
    """Stays of people whom a worker finds in a cell now, of a custody centre or of a court."""
    now = select(StayLeg.booking_id).where(
        StayLeg.booking_id == Booking.id, StayLeg.until.is_(None), StayLeg.place.in_(IN_CELLS)
    )
    return and_(COUNTS, now.exists())


def was_at(centre_id: UUID) -> ColumnElement[bool]:
    """Stays that were at a centre at any time."""
    return Booking.id.in_(select(StayLeg.booking_id).where(StayLeg.centre_id == centre_id))


def booking_for(actor: Actor, booking_id: UUID, *, to_change: bool = False) -> Booking:
    """A stay that the actor's own desk answers for now; 404 for any other."""
    wanted = select(Booking).where(Booking.id == booking_id, is_at(actor.centre_id))
    if to_change:
        wanted = wanted.with_for_update()
    return db.session.scalars(wanted).one_or_none() or abort(404)


def stay_of(person_id: UUID) -> Booking | None:
    """The stay of a person that goes on, the latest one if there are two; to change.

    A desk is told of none that the police did not book.
    """
    wanted = select(Booking).where(
        Booking.person_id == person_id, Booking.released_at.is_(None), COUNTS, IN_CUSTODY
    )
    latest = wanted.order_by(Booking.order.desc()).limit(1)
    return db.session.scalars(latest.with_for_update(of=Booking)).one_or_none()


def references_at(
    centre_ids: Collection[UUID], at: datetime
) -> Sequence[Row[UUID | None, str, datetime | None]]:
    """Centre, custody reference, and when it was called a mistake, of all stays that a register
    may still bring: those that began there within the time in which one can be booked, and longer.
    """
    wanted = select(Booking.centre_id, Booking.custody_reference, Booking.voided_at).where(
        Booking.centre_id.in_(centre_ids),
        Booking.authorised_at >= at - 2 * HELD,
        Booking.custody_reference != "",
    )
    return db.session.execute(wanted.order_by(Booking.order)).all()


def hold_centres(centre_ids: Collection[UUID]) -> None:
    """Nobody else takes in a register for these centres until this is done."""
    wanted = select(CustodyCentre.id).where(CustodyCentre.id.in_(centre_ids))
    db.session.scalars(wanted.order_by(CustodyCentre.id).with_for_update()).all()


def desk_of(actor: Actor) -> CustodyCentre | None:
    """The custody centre at whose desk the actor works; None for who works at none."""
    return db.session.get(CustodyCentre, actor.centre_id) if actor.centre_id else None


def everybody_here(actor: Actor) -> Sequence[Booking]:
    """Who is in the actor's centre now, longest held first; in six statements."""
    return db.session.scalars(_live(actor).order_by(*LONGEST_FIRST)).all()


def _live(actor: Actor) -> Select[Booking]:
    return (
        select(Booking)
        .where(is_at(actor.centre_id))
        .options(
            joinedload(Booking.person),
            selectinload(Booking.offers),
            selectinload(Booking.warnings),
            selectinload(Booking.observations),
            selectinload(Booking.elsewhere),
        )
    )


def reach(actor: Actor, since: datetime) -> tuple[int, int, int]:
    """Stays at the actor's centre since a moment: how many, how many asked, how many agreed.

    Who was only found not fit yet was not asked, as in the outcome report.
    """
    mine = select(Booking.id).where(
        Booking.centre_id == actor.centre_id, Booking.authorised_at >= since, COUNTS
    )
    asked = select(Offer.booking_id).where(Offer.booking_id.in_(mine), Offer.answer.in_(ASKED))
    agreed = asked.where(Offer.answer == OfferAnswer.ACCEPTED)
    counts = [
        select(func.count()).select_from(q.distinct().subquery()) for q in (mine, asked, agreed)
    ]
    booked, were_asked, said_yes = (db.session.scalar(count) or 0 for count in counts)
    return booked, were_asked, said_yes


def stay_to_correct(actor: Actor, booking_id: UUID, at: datetime) -> Booking:
    """A stay that the actor's desk has, or had in the last weeks, to change; 404 for any other."""
    mine = select(StayLeg.booking_id).where(
        StayLeg.booking_id == booking_id,
        StayLeg.centre_id == actor.centre_id,
        or_(
            and_(StayLeg.until.is_(None), StayLeg.place.in_(AT_DESK)),
            StayLeg.until >= at - SUPERVISOR_UNDOES,
        ),
    )
    wanted = select(Booking).where(Booking.id == booking_id, Booking.id.in_(mine))
    return db.session.scalars(wanted.with_for_update(of=Booking)).one_or_none() or abort(404)


def left_lately(actor: Actor, since: datetime, page: int) -> Page[Booking]:
    """One page of who has left the actor's desk since a moment, or was booked there by mistake."""
    left = select(StayLeg.booking_id).where(
        StayLeg.centre_id == actor.centre_id, StayLeg.until >= since
    )
    void = aliased(Booking)
    voided = select(void.id).where(void.voided_at >= since, void.centre_id == actor.centre_id)
    wanted = select(Booking).where(Booking.id.in_(left.union(voided)), ~is_at(actor.centre_id))
    latest = wanted.options(joinedload(Booking.person), selectinload(Booking.offers))
    return page_of(latest.order_by(Booking.order.desc()), page)


def unmet_among(person_ids: Collection[UUID]) -> set[UUID]:
    """Those of these people who came by the word of a call alone, and nobody has met since."""
    wanted = select(Booking.person_id).where(
        Booking.person_id.in_(person_ids),
        COUNTS,
        Booking.door.in_(BY_WORD),
        Booking.sure_at.is_(None),
    )
    return set(db.session.scalars(wanted.order_by(Booking.person_id)))


def never_held(person_ids: Collection[UUID]) -> set[UUID]:
    """Those of these people who came by another door alone: the police never booked them."""
    came = select(Booking.person_id).where(Booking.person_id.in_(person_ids), ~IN_CUSTODY)
    stay = aliased(Booking)
    booked = exists().where(stay.person_id == Booking.person_id, stay.door == Door.CUSTODY)
    return set(db.session.scalars(came.where(~booked).order_by(Booking.person_id)))
