"""All that was recorded of some people, as the facts are made of it."""

from collections.abc import Collection, Mapping, Sequence
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

Wanted = tuple[Select[Any], Sequence[Any]]

# the columns of each table out of which facts are made: a change of any other is no concern of them
READ: Mapping[type[Model], tuple[str, ...]] = {
    Person: ("sex", "date_of_birth", "born_about", "council_code", "language"),
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
TOUCHED = "of_whom_facts_change"  # in a session, until its commit


def facts_of_people(people: Collection[UUID]) -> dict[UUID, AllFacts]:
    """The facts of these people, in as many statements as there are kinds of rows."""
    parts = {name: _by_person(wanted) for name, wanted in wanted_of(people).items()}
    return {
        person: facts_of(Recorded(**{name: rows.get(person, []) for name, rows in parts.items()}))
        for person in people
    }


def wanted_of(people: Collection[UUID]) -> dict[str, Wanted]:
    """What is read of these people and in which order, by kind."""
    cases = select(Case.person_id.label("of_person"), *_read(Case))
    stays = _of_stays(Booking.person_id.in_(people))
    return {
        "cases": (cases.where(Case.person_id.in_(people)), (Case.opened_at, Case.order)),
        **stays,
        **_of_referrals(Referral.person_id.in_(people)),
    }


def backlog() -> Backlog | None:
    """Whether the facts of before are made; None where they were kept from the beginning."""
    return db.session.get(Backlog, 1)


class FactsNotMade(RuleBroken):
    """The numbers of before are being made ready. Look again in a few minutes."""

    status = 409


class BeforeFacts(RuleBroken):
    """How things stood then was not kept. Choose a later moment."""


def check_facts(as_at: datetime | None = None) -> None:
    """Whether all that is counted is there, as it was held to be at a moment.

    Raises FactsNotMade, BeforeFacts; RuntimeError before the commit of a change, for facts are kept
    with it.
    """
    left = backlog()
    if any(db.session().info.get(TOUCHED, {}).values()):
        raise RuntimeError("a change is not counted before it is committed")
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
    return without_facts(left) or [db.session.scalars(last).one()]


def without_facts(left: Backlog, most: int = SOME) -> list[UUID]:
    """Some people with a stay of before that has no facts yet, the earliest first."""
    made = select(StayFacts.booking_id).where(StayFacts.booking_id == Booking.id)
    wanted = (
        select(Booking.person_id)
        .where(Booking.order <= left.last, Booking.voided_at.is_(None), ~made.exists())
        .order_by(Booking.order)
    )
    return list(dict.fromkeys(db.session.scalars(wanted.limit(most))))


def _by_person(wanted: Wanted) -> Mapping[UUID, list[Row[Any]]]:
    rows, order = wanted
    found: dict[UUID, list[Row[Any]]] = {}
    for row in db.session.execute(rows.order_by(*order)):
        found.setdefault(row.of_person, []).append(row)
    return found


def _of_stays(theirs: ColumnElement[bool]) -> dict[str, Wanted]:
    stays = select(Booking.person_id.label("of_person")).where(theirs)

    def also(table: Any) -> Select[Any]:
        return stays.add_columns(*_read(table)).join(table, table.booking_id == Booking.id)

    assessed = also(Assessment).where(Assessment.finished_at.is_not(None))
    who = stays.add_columns(*_read(Booking), *_read(Person))
    tried = also(ContactPlan).add_columns(*_read(Attempt))
    tried = tried.join(ReviewPoint, ReviewPoint.plan_id == ContactPlan.id)
    return {
        "stays": (who.join(Person, Person.id == Booking.person_id), (Booking.order,)),
        "offers": (also(Offer), (Offer.booking_id, Offer.number)),
        "said": (also(Observation), (Observation.order,)),
        "assessments": (assessed, (Assessment.finished_at, Assessment.order)),
        "tries": (
            tried.join(Attempt, Attempt.point_id == ReviewPoint.id),
            (Attempt.happened_at, Attempt.id),
        ),
    }


def _of_referrals(theirs: ColumnElement[bool]) -> dict[str, Wanted]:
    sent = select(Referral.person_id.label("of_person")).where(theirs)

    def also(table: Any) -> Select[Any]:
        return sent.add_columns(*_read(table)).join(table, table.referral_id == Referral.id)

    return {
        "referrals": (sent.add_columns(*_read(Referral)), (Referral.order,)),
        "events": (also(ReferralEvent), (ReferralEvent.referral_id, ReferralEvent.number)),
        "meetings": (also(Appointment), (Appointment.order,)),
        "calls": (also(Attempt), (Attempt.happened_at, Attempt.id)),
        "outcomes": (also(NeedOutcome), (NeedOutcome.order,)),
    }


def _read(table: type[Model]) -> list[Any]:
    return [getattr(table, name) for name in READ[table]]
