"""What is known of somebody, out of all that was said."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from referral.db import db
from referral.known.models import Observation
from referral.known.now import (
    ANSWERED,
    LIFTERS,
    NEAR_FATAL,
    WINDOWS,
    About,
    NeedNow,
    Said,
    needs_of,
)

# all that is read of a word to say which needs and dangers count; the rest says who and in what
WEIGHED = (
    Observation.kind,
    Observation.code,
    Observation.answer,
    Observation.severity,
    Observation.wants_help,
    Observation.said_by,
    Observation.reason,
    Observation.happened_at,
    Observation.order,
)


def needs_now(person_id: UUID, booking_ids: Collection[UUID]) -> Mapping[str, NeedNow]:
    """The needs that count now out of these stays of a person, from every source, by code."""
    return {need.code: need for need in said_of_needs(person_id, booking_ids) if need.counts}


def said_of_needs(person_id: UUID, booking_ids: Collection[UUID]) -> list[NeedNow]:
    """The same, with those to which they say no now, in the order in which they came up."""
    wanted = select(Observation).where(
        Observation.booking_id.in_(booking_ids),
        Observation.kind == About.NEED,
        Observation.person_id == person_id,
    )
    found = needs_of(db.session.scalars(wanted.order_by(Observation.order)))
    return list(found.values())


def needs_told() -> Select[UUID, str]:
    """The stay and the code of each need whose latest yes or no is a yes: the rule, in SQL."""
    later = aliased(Observation)
    replaced = select(later.id).where(
        later.booking_id == Observation.booking_id,
        later.kind == Observation.kind,
        later.code == Observation.code,
        later.order > Observation.order,
        later.answer.in_(ANSWERED),
    )
    return select(Observation.booking_id, Observation.code).where(
        Observation.kind == About.NEED,
        Observation.answer == Said.YES,
        ~replaced.exists(),
    )


def lately_near_death(at: datetime) -> Select[UUID]:
    """The people whose overdose, or naloxone at arrest, stands at a moment: the rule, in SQL."""
    later = aliased(Observation)
    lifted = select(later.id).where(
        later.person_id == Observation.person_id,
        later.kind == Observation.kind,
        later.code == Observation.code,
        later.order > Observation.order,
        later.answer == Said.NO,
        later.said_by.in_(LIFTERS),
    )
    stands = [
        and_(Observation.code == code, Observation.happened_at >= at - WINDOWS[code])
        for code in sorted(NEAR_FATAL)
    ]
    return select(Observation.person_id).where(
        Observation.kind == About.DANGER,
        Observation.answer == Said.YES,
        or_(*stands),
        ~lifted.exists(),
    )
