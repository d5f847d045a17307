"""Keep the facts in the transaction of what they are made of, and make those of before."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, delete, event, insert, inspect, select, update
from sqlalchemy.orm import Session

from referral.casework.assessment.models import Assessment
from referral.casework.cases.models import Case
from referral.casework.contact_plan.models import Attempt, ContactPlan, ReviewPoint
from referral.clock import now
from referral.custody.models import Booking, Offer
from referral.db import Identified, Model, chunks, db
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import NeedOutcome, Referral, ReferralEvent
from referral.journey.facts import FOREVER, AllFacts, Facts, whole_seconds
from referral.journey.models import NeedFacts, ReferralFacts, StayFacts
from referral.journey.queries import READ, TOUCHED, backlog, facts_of_people, without_facts
from referral.known.models import Observation
from referral.locks import is_reading
from referral.merging.joining.models import Joining
from referral.people.models import Person

# Whose a row is: a column of it, and the table that the column names a row of.
OWNERS: Mapping[type[Model], Mapping[str, type[Model]]] = {
    Person: {"id": Person},
    Booking: {"person_id": Person},
    Case: {"person_id": Person},
    Referral: {"person_id": Person},
    Offer: {"booking_id": Booking},
    Observation: {"booking_id": Booking},
    Assessment: {"booking_id": Booking},
    ContactPlan: {"booking_id": Booking},
    ReferralEvent: {"referral_id": Referral},
    Appointment: {"referral_id": Referral},
    NeedOutcome: {"referral_id": Referral},
    Attempt: {"referral_id": Referral, "point_id": ReviewPoint},
    # rows go over to another record below the session
    Joining: {"survivor_id": Person, "absorbed_id": Person},
}
AnyFacts = StayFacts | ReferralFacts | NeedFacts

KEYS: Mapping[type[AnyFacts], tuple[str, ...]] = {
    StayFacts: ("booking_id",),
    ReferralFacts: ("referral_id",),
    NeedFacts: ("booking_id", "need"),
}
WHOSE: Mapping[type[Identified], Select[Any]] = {
    Booking: select(Booking.person_id),
    Referral: select(Booking.person_id).join(Referral, Referral.booking_id == Booking.id),
    ReviewPoint: select(Booking.person_id)
    .join(ContactPlan, ContactPlan.booking_id == Booking.id)
    .join(ReviewPoint, ReviewPoint.plan_id == ContactPlan.id),
}
AT_ONCE = 200  # people
PAST_THE_SESSION = {"synchronize_session": False}


def keep_facts(people: Collection[UUID], at: datetime) -> None:
    """The facts of these people hold as they are now; what is true no more ends now."""
    for some in chunks(sorted(people), AT_ONCE):
        found = facts_of_people(some).values()
        stays = [stay for one in found for stay in one.booked]
        for table in KEYS:
            fresh = [facts for one in found for facts in _part(one, table)]
            _keep(table, fresh, stays, whole_seconds(at))


def make_those_before(people: Sequence[UUID], at: datetime) -> None:
    """Make the facts of people of whom something was recorded before facts were kept."""
    keep_facts(people, at)
    left = backlog()
    if left and not without_facts(left, 1):
        left.done = True


def _part(facts: AllFacts, table: type[AnyFacts]) -> list[Facts]:
    return {StayFacts: facts.stays, ReferralFacts: facts.referrals, NeedFacts: facts.needs}[table]


def _keep(table: type[AnyFacts], fresh: list[Facts], stays: Collection[UUID], at: int) -> None:
    """One row for each of these facts holds from now on, where none says the same already."""
    names = KEYS[table]
    kept = {_key(row, names): row for row in _holding(table, stays)}
    new = {_key(facts, names): facts for facts in fresh}
    over = [key for key, row in kept.items() if not _says(row, new.get(key))]
    for key in over:
        _end(table, kept[key], at)
    starting = [
        {**facts, "known_from": max(at, kept[key]["known_from"]) if key in kept else at}
        for key, facts in new.items()
        if key not in kept or key in over
    ]
    if starting:
        db.session.execute(insert(table), starting)


def _holding(table: type[AnyFacts], stays: Collection[UUID]) -> list[dict[str, Any]]:
    """What holds of these stays; of each key one row."""
    theirs = select(table.__table__).where(table.booking_id.in_(stays))
    held = theirs.where(table.known_until == FOREVER).order_by(table.known_from)
    return [dict(row) for row in db.session.execute(held).mappings()]


def _key(row: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def _says(row: Mapping[str, Any], facts: Facts | None) -> bool:
    return facts is not None and all(row[name] == value for name, value in facts.items())


def _end(table: type[AnyFacts], row: Mapping[str, Any], at: int) -> None:
    """A row is true no more. What was so for less than a second was never so."""
    one = and_(
        *(getattr(table, name) == row[name] for name in KEYS[table]),
        table.known_from == row["known_from"],
    )
    if row["known_from"] >= at:
        db.session.execute(delete(table).where(one), execution_options=PAST_THE_SESSION)
    else:
        ended = update(table).where(one).values(known_until=at)
        db.session.execute(ended, execution_options=PAST_THE_SESSION)


@event.listens_for(Session, "after_flush")
def _touch(session: Session, context: object) -> None:
    """Note whose facts may change; what a row was before stands there until the flush is over."""
    del context
    touched = session.info.setdefault(TOUCHED, {})
    added = (row for row in session.new if type(row) is not Person)  # who has no stay yet
    for row in [*added, *session.deleted, *filter(_concerns, session.dirty)]:
        for name, owner in OWNERS.get(type(row), {}).items():
            history = inspect(row).attrs[name].history
            touched.setdefault(owner, set()).update(filter(None, history.sum()))


def _concerns(row: Any) -> bool:
    names = {*READ.get(type(row), ()), *OWNERS.get(type(row), ())}
    if type(row) is Joining:
        return True
    attrs = inspect(row).attrs
    return any(attrs[name].history.has_changes() for name in names)


@event.listens_for(Session, "before_commit")
def _before_commit(session: Session) -> None:
    if not is_reading() and not session.in_nested_transaction():
        keep_what_changed(session)


def keep_what_changed(session: Session) -> None:
    """Keep the facts of all whose records have changed in this transaction until now."""
    session.flush()
    if touched := session.info.pop(TOUCHED, None):
        keep_facts(_people(touched), now())


def _people(touched: Mapping[type, Collection[UUID]]) -> set[UUID]:
    """Whose these rows are."""
    people = set(touched.get(Person, ()))
    for table, wanted in WHOSE.items():
        if ids := touched.get(table):
            people |= set(db.session.scalars(wanted.where(table.id.in_(ids)).order_by(table.id)))
    return people


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    """Nothing has changed; a savepoint alone may be undone, and what is left is looked at."""
    if not session.in_nested_transaction():
        session.info.pop(TOUCHED, None)
