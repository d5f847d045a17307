"""Cases within a team's reach."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from referral.access.actor import Actor
from referral.cases.models import Case
from referral.custody.models import Booking
from referral.db import db

PAGE = 50


def case_for(actor: Actor, case_id: UUID, *, to_change: bool = False) -> Case:
    """A case of the actor's own team; 404 for any other, as if it did not exist."""
    wanted = select(Case).where(Case.id == case_id, Case.team_id == actor.organisation_id)
    if to_change:
        wanted = wanted.with_for_update()
    return db.session.scalars(wanted).one_or_none() or abort(404)


def open_cases(actor: Actor, page: int) -> Sequence[Case]:
    """One page of the team's open cases: who is in the cells first, longest held first."""
    wanted = (
        select(Case)
        .join(Case.booking)
        .where(Case.team_id == actor.organisation_id, Case.closed_at.is_(None))
        .options(
            joinedload(Case.person),
            joinedload(Case.worker),
            joinedload(Case.booking).joinedload(Booking.centre),
        )
        .order_by(Booking.released_at.is_not(None), Booking.authorised_at, Case.id)
    )
    return db.session.scalars(wanted.limit(PAGE).offset((page - 1) * PAGE)).all()
