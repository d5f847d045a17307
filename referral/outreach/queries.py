"""The fast lane of a team: recent overdoses, with what each person agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from referral.access.actor import Actor
from referral.cases.models import Case
from referral.consent.models import Consent, Purpose
from referral.consent.queries import standing
from referral.custody.models import Booking
from referral.db import db

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Found:
    """Somebody of the fast lane: their yes to the group, and their yes to be contacted, if any."""

    case: Case
    group: Consent | None
    contact: Consent | None


def fast_lane(actor: Actor, at: datetime) -> Sequence[Found]:
    """The team's open cases after an overdose of the last 30 days, whoever waits longest first."""
    wanted = (
        select(Case)
        .join(Case.booking)
        .where(Case.team_id == actor.organisation_id, Case.closed_at.is_(None))
        .where(or_(Booking.overdose.is_(True), Booking.naloxone_given.is_(True)))
        .where(Booking.authorised_at > at - RECENT)
        .options(contains_eager(Case.booking), joinedload(Case.person), joinedload(Case.worker))
        .order_by(Case.outreach_by.is_(None), Case.outreach_by, Booking.released_at, Case.id)
    )
    cases = db.session.scalars(wanted).all()
    people = {case.person_id for case in cases}
    group = standing(actor, Purpose.GROUP, people, at)
    contact = standing(actor, Purpose.CONTACT, people, at)
    return [
        Found(case, group.get((case.person_id, None)), contact.get((case.person_id, None)))
        for case in cases
    ]
