"""All that was recorded of some people, as the facts are made of it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select

from referral.casework.assessment.models import Assessment
from referral.casework.cases.models import Case
from referral.casework.contact_plan.models import Attempt, ContactPlan, ReviewPoint
from referral.custody.models import Booking, Offer
from referral.db import Model, db
from referral.errors import RuleBroken
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.models import NeedOutcome, Referral, ReferralEvent
from referral.journey.facts import AllFacts, Recorded, facts_of, whole_seconds
from referral.journey.models import Backlog, StayFacts
from referral.known.models import Observation
from referral.people.models import Person

# the columns of each table out of which facts are made: a change of any other is no concern of them
READ: Mapping[type[Model], tuple[str, ...]] = {
    Person: ("sex", "date_of_birth", "born_about", "council_code"),
    Booking: (
        *("id", "order", "centre_id", "door", "authorised_at"),
        *("released_at", "voided_at", "sure_at", "naloxone"),
    ),
    Offer: ("booking_id", "number", "answer", "reason", "asker", "asked_at"),
    Observation: (
        *("booking_id", "order", "kind", "code", "answer", "severity", "wants_help"),
        *("said_by", "act", "reason", "happened_at", "recorded_at"),
    ),
    Assessment: ("booking_id", "finished_at", "ethnicity", "disability"),
    Case: ("closed_at",),
    Attempt: ("referral_id", "result", "happened_at"),
    ContactPlan: ("booking_id",),
    Referral: (
        *("id", "booking_id", "service_id", "needs", "urgent"),
        *("state", "sent_at", "ended_at"),
    ),
    ReferralEvent: ("referral_id", "move", "state", "reason", "happened_at", "taken_back_at"),
    Appointment: ("referral_id", "starts_at", "took_place", "came"),
    NeedOutcome: ("referral_id", "need", "change", "recorded_at"),
}
SOME = 2000  # stays


def facts_of_people(people: Collection[UUID]) -> dict[UUID, AllFacts]:
    """The facts of these people, in as many statements as there are kinds of rows."""
    parts = {name: _by_person(wanted) for name, wanted in wanted_of(people).items()}
    return {
        person: facts_of(Recorded(**{name: rows.get(person, []) for name, rows in parts.items()}))
        for person in people
    }


def wanted_of(people: Collection[UUID]) -> dict[str, Select[Any]]:
    """What is read of these people, by kind."""
    cases = (
        select(Case.person_id.label("of_person"), *_read(Case))
        .where(Case.person_id.in_(people))
        .order_by(Case.opened_at, Case.order)
    )
    stays = _of_stays(Booking.person_id.in_(people))
    return {"cases": cases, **stays, **_of_referrals(Referral.person_id.in_(people))}


def backlog() -> Backlog | None:
    """Whether the facts of before are made; None where they were kept from the beginning."""
    return db.session.get(Backlog, 1)


class FactsNotMade(RuleBroken):
    """The numbers of before are being made ready. Look again in a few minutes."""

    status = 503


class BeforeFacts(RuleBroken):
    """How things stood then was not kept. Choose a later moment."""


def check_facts(as_at: datetime | None = None) -> None:
    """Whether all that is counted is there, as it was held to be at a moment.

    Raises FactsNotMade, BeforeFacts.
    """
    left = backlog()
    if left and not left.done:
        raise FactsNotMade
    if left and as_at and whole_seconds(as_at) < left.kept_from:
        raise BeforeFacts


def facts_due(at: datetime) -> list[UUID]:
    """Some people whose facts are to be made, since they are of before; none once all are made."""
    del at
    left = backlog()
    if left is None or left.done:
        return []
    last = select(Booking.person_id).where(Booking.order == left.last)
    return without_facts(left, SOME) or list(db.session.scalars(last))


def without_facts(left: Backlog, most: int) -> list[UUID]:
    """So many people with a stay of before that has no facts yet."""
    made = select(StayFacts.booking_id).where(StayFacts.booking_id == Booking.id)
    wanted = (
        select(Booking.person_id)
        .where(Booking.order <= left.last, Booking.voided_at.is_(None), ~made.exists())
        .order_by(Booking.order)
    )
    return list(dict.fromkeys(db.session.scalars(wanted.limit(most))))


def _by_person(wanted: Select[Any]) -> Mapping[UUID, list[Row[Any]]]:
    found: dict[UUID, list[Row[Any]]] = {}
    for row in db.session.execute(wanted):
        found.setdefault(row.of_person, []).append(row)
    return found


def _of_stays(theirs: ColumnElement[bool]) -> dict[str, Select[Any]]:
    stays = select(Booking.person_id.label("of_person")).where(theirs)
    return {
        "stays": stays.add_columns(*_read(Booking), *_read(Person))
        .join(Person, Person.id == Booking.person_id)
        .order_by(Booking.order),
        "offers": stays.add_columns(*_read(Offer))
        .join(Offer, Offer.booking_id == Booking.id)
        .order_by(Offer.booking_id, Offer.number),
        "said": stays.add_columns(*_read(Observation))
        .join(Observation, Observation.booking_id == Booking.id)
        .order_by(Observation.order),
        "assessments": stays.add_columns(*_read(Assessment))
        .join(Assessment, Assessment.booking_id == Booking.id)
        .where(Assessment.finished_at.is_not(None))
        .order_by(Assessment.finished_at, Assessment.order),
        "tries": stays.add_columns(*_read(ContactPlan), *_read(Attempt))
        .join(ContactPlan, ContactPlan.booking_id == Booking.id)
        .join(ReviewPoint, ReviewPoint.plan_id == ContactPlan.id)
        .join(Attempt, Attempt.point_id == ReviewPoint.id)
        .order_by(Attempt.happened_at, Attempt.id),
    }


def _of_referrals(theirs: ColumnElement[bool]) -> dict[str, Select[Any]]:
    sent = select(Referral.person_id.label("of_person")).where(theirs)
    return {
        "referrals": sent.add_columns(*_read(Referral)).order_by(Referral.order),
        "events": sent.add_columns(*_read(ReferralEvent))
        .join(ReferralEvent, ReferralEvent.referral_id == Referral.id)
        .order_by(ReferralEvent.referral_id, ReferralEvent.number),
        "meetings": sent.add_columns(*_read(Appointment))
        .join(Appointment, Appointment.referral_id == Referral.id)
        .order_by(Appointment.order),
        "calls": sent.add_columns(*_read(Attempt))
        .join(Attempt, Attempt.referral_id == Referral.id)
        .order_by(Attempt.happened_at, Attempt.id),
        "outcomes": sent.add_columns(*_read(NeedOutcome))
        .join(NeedOutcome, NeedOutcome.referral_id == Referral.id)
        .order_by(NeedOutcome.order),
    }


def _read(table: type[Model]) -> list[Any]:
    return [getattr(table, name) for name in READ[table]]
