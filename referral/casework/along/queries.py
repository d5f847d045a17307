"""A mentor's own list, and what mentors do in a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import abort
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from referral.access.actor import Actor
from referral.casework.along.goings import Became, Errand
from referral.casework.along.models import Going
from referral.casework.cases.models import Case
from referral.casework.facts.meanings import Sender
from referral.casework.facts.queries import stopped_for
from referral.clock import day_of
from referral.consent.purposes import Purpose
from referral.consent.queries import own_yeses
from referral.db import db

UNSAID_FOR = timedelta(days=3)  # so long after its time a mentor may still say what came of it


@dataclass(frozen=True)
class Errands:
    """All that a mentor is told: a first name, where, when, what to do, and what they said."""

    number: UUID
    forename: str
    errand: Errand
    place: str
    starts_at: datetime
    became: Became | None


def own_list(actor: Actor, at: datetime) -> list[Errands]:
    """What a mentor is to do, the earliest first; in three statements.

    Only while the case is open, the person's yes to talk to the team stands, and nobody has said
    that they died.
    """
    return [
        Errands(one.id, one.case.person.forename, one.errand, one.place, one.starts_at, one.became)
        for one in _standing(actor, at)
    ]


def _standing(actor: Actor, at: datetime) -> list[Going]:
    wanted = (
        select(Going)
        .join(Going.case)
        .where(
            Going.mentor_id == actor.user_id,
            Case.team_id == actor.organisation_id,
            Case.closed_at.is_(None),
            Going.stopped_at.is_(None),
            or_(Going.became.is_(None), Going.said_at >= at - timedelta(days=1)),
            Going.starts_at >= at - UNSAID_FOR,
        )
        .options(joinedload(Going.case).joinedload(Case.person))
        .order_by(Going.starts_at, Going.order)
    )
    found = db.session.scalars(wanted).all()
    people = [one.case.person_id for one in found]
    meet = own_yeses(people, Purpose.TALK, at).keys() - stopped_for(people, Sender.MENTOR)
    return [one for one in found if one.case.person_id in meet and _today(one, at)]


def _today(one: Going, at: datetime) -> bool:
    """Whether it is still to be said, or was said today and may be said otherwise."""
    return one.said_at is None or day_of(one.said_at) == day_of(at)


def own_going_for(actor: Actor, going_id: UUID, at: datetime) -> Going | None:
    """What is on a mentor's own list now, to change; None where it is not any more.

    404 for what never was theirs.
    """
    wanted = select(Going).where(Going.id == going_id, Going.mentor_id == actor.user_id)
    going = db.session.scalars(wanted.with_for_update()).one_or_none() or abort(404)
    return going if going in _standing(actor, at) else None


def goings_of(case_id: UUID) -> Sequence[Going]:
    """What mentors were asked to do in a case, the earliest first."""
    wanted = select(Going).filter_by(case_id=case_id).options(joinedload(Going.mentor))
    return db.session.scalars(wanted.order_by(Going.starts_at, Going.order)).all()


def going_in(case: Case, going_id: UUID) -> Going:
    """One of them; 404 for any other."""
    wanted = select(Going).filter_by(id=going_id, case_id=case.id)
    return db.session.scalars(wanted.with_for_update()).one_or_none() or abort(404)
