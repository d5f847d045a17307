"""The fast lane of a team: recent overdoses, with what each person agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from referral.access.actor import Actor
from referral.casework.cases.models import Case
from referral.casework.facts.meanings import Fact
from referral.casework.facts.queries import said_of
from referral.consent.models import Consent
from referral.consent.purposes import Purpose
from referral.consent.queries import standing
from referral.custody.models import Booking, said_of_another
from referral.db import db
from referral.known.models import Observation
from referral.known.queries import lately_near_death
from referral.web.paging import Page, page_of

LONGEST_FIRST = (
    Case.outreach_by.is_(None), Case.outreach_by, Booking.released_at, Case.id,
)  # fmt: skip


@dataclass(frozen=True)
class InFastLane:
    """Somebody of the fast lane: their yes to the group, and their yes to be contacted, if any."""

    case: Case
    group: Consent | None
    contact: Consent | None


def fast_lane(actor: Actor, page: int, at: datetime) -> Page[InFastLane]:
    """One page of the team's open cases after an overdose of the last 30 days.

    Whoever waits longest comes first.
    """
    found = page_of(_lane(actor, at).order_by(*LONGEST_FIRST), page)
    return found.holding(_with_yeses(actor, found.rows, at))


def whole_lane(actor: Actor, at: datetime) -> list[InFastLane]:
    """All of them who may be named, in the same order: nobody who is said to have died."""
    alive = _lane(actor, at).where(~said_of(Case.person_id, Fact.DIED))
    found = db.session.scalars(alive.order_by(*LONGEST_FIRST)).all()
    return _with_yeses(actor, found, at)


def _lane(actor: Actor, at: datetime) -> Select[Case]:
    theirs = Observation.person_id == Case.person_id, ~said_of_another()
    overdose = lately_near_death(at).where(*theirs)
    return (
        select(Case)
        .join(Case.booking)
        .where(Case.team_id == actor.organisation_id, Case.closed_at.is_(None))
        .where(overdose.correlate(Case).exists())
        .options(
            contains_eager(Case.booking),
            joinedload(Case.person),
            joinedload(Case.worker),
        )
    )


def _with_yeses(actor: Actor, cases: Sequence[Case], at: datetime) -> list[InFastLane]:
    people = {case.person_id for case in cases}
    group = standing(actor, Purpose.GROUP, people, at)
    contact = standing(actor, Purpose.CONTACT, people, at)
    return [
        InFastLane(case, group.get((case.person_id, None)), contact.get((case.person_id, None)))
        for case in cases
    ]
