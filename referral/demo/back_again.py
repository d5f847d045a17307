"""Somebody who is back in custody today and whom a service has: the desk sees their card."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from referral.access.actor import Actor
from referral.consent.purposes import Purpose
from referral.consent.queries import stands
from referral.custody.actions import BookingDetails
from referral.db import db
from referral.desk.actions import Arrival, arrive
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.states import TAKEN_ON
from referral.people.identity import Identity


def back_again(
    known: Iterable[tuple[Identity, UUID]], held: Collection[UUID], officer: Actor, now: datetime
) -> None:
    """The first of these who is free, is with a service and lets the desk see it is booked again.

    Nobody has asked them yet.
    """
    at = now - timedelta(minutes=80)
    with_service = select(Referral.person_id).where(Referral.state.in_(TAKEN_ON))
    has = set(db.session.scalars(with_service.order_by(Referral.id)))
    for who, number in known:
        if number in has - set(held) and stands(number, Purpose.DESK, at):
            arrive(Arrival(BookingDetails(who, at, number, cell="16")), officer, at)
            return
