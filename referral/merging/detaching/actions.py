"""Somebody else after all: a stay leaves the record it was put on, with exactly what it brought."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from referral.access.actor import Actor
from referral.acts.actions import Remembered, put_back, remembering
from referral.acts.kinds import ActKind
from referral.acts.models import Act
from referral.acts.queries import acts_about, added_by
from referral.acts.values import read
from referral.audit.trail import Tag, record
from referral.casework.assessment.models import Assessment
from referral.casework.cases.actions import open_or_continue
from referral.casework.cases.models import Case, Promise
from referral.casework.cases.undo_actions import unpromise
from referral.casework.contact_plan.models import ContactPlan
from referral.casework.notes.models import CaseNote
from referral.consent.queries import said_in
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.custody.stay_actions import check_stay, check_when
from referral.db import db
from referral.errors import RuleBroken
from referral.handoff.referrals.models import Referral, UnmetNeed
from referral.handoff.referrals.promise_actions import note_next
from referral.merging.joining.actions import check_apart
from referral.merging.joining.queries import lock_both, read_anew
from referral.people.actions import identify, now_says, reindex, tell_apart
from referral.people.detail_actions import Heard
from referral.people.detail_queries import heard_since
from referral.people.details import HeardIn, silent
from referral.people.identity import Identity
from referral.people.models import Person, PersonAlias

BROUGHT = (PersonAlias,)


class OnlyTheirStay(RuleBroken):
    """This record was made for this stay. If the name is wrong, correct the name."""


@dataclass(frozen=True)
class DetachDetails:
    """Why it is somebody else, and the version of the stay that was seen."""

    why: str
    seen_version: int


def detach(booking: Booking, details: DetachDetails, by: Actor, at: datetime) -> Person:
    """The stay is that of somebody else: it gets a record of its own, as they were typed.

    The old record is as it was before the stay came to it, where nobody changed it since. All that
    was said, agreed, assessed and handed on in the stay goes along, also where services were told.
    Raises StaleEdit, MistakeAlready, LongAgo, TooLongAgo, JoinedSince, OnlyTheirStay.
    """
    check_stay(booking, details.seen_version)
    check_when(booking.recorded_at, by, at)
    check_apart(booking)
    acts = _brought_by(booking)
    arrival = next((act for act in acts if act.kind is ActKind.ARRIVED), None)
    if arrival is None or not _was_known(arrival, booking):
        raise OnlyTheirStay
    old = booking.person
    who = silent(typed_in(arrival))  # what was said goes along with the stay
    new = identify(who, None, Heard(HeardIn.BOOKING, by, at))
    db.session.flush()  # the new record has its number
    lock_both(old.id, new.id)
    with remembering(Remembered(ActKind.MISTAKEN, booking.id, why=details.why), by, at):
        _move(booking, old, new, acts, by, at)
    booking.changed()
    for person in (old, new):
        reindex(person)
        record(Tag.PERSON_DETACHED, by, at, subject_id=person.id, record_id=booking.id)
    tell_apart(old.id, new.id, by, at)
    return new


def _move(
    booking: Booking, old: Person, new: Person, acts: list[Act], by: Actor, at: datetime
) -> None:
    """First the stay and what was said in it, then the cases, then the work done in them."""
    said = said_in(old.id, booking.recorded_at, booking.released_at)
    opened = _opened_by(acts, booking)
    words = heard_since([old.id], booking.recorded_at, booking.released_at)
    details = [word for word in words if not word.typed_by_themselves]
    for act in acts:
        put_back(act, "somebody else", by, at, BROUGHT)
        unpromise(act, at)
    for act in reversed(acts):
        if act.kind is ActKind.ASKED and act.said:
            now_says(new, {}, Heard(HeardIn.STAY, by, at), act.said.get("sex"))
    booking.person_id = new.id
    booking.person = new
    heard: list[Any] = [*said, *details, *booking.observations]
    for row in heard:
        row.person_id = new.id
    for one in opened:
        one.person_id = new.id
        one.person = new
    db.session.flush()
    accepted = booking.last_offer and booking.last_offer.answer is OfferAnswer.ACCEPTED
    case = _case_of(booking, new)
    if case is None and (accepted or _worked_in(booking)):
        case = open_or_continue(booking, by, at)
    _follow(booking, case, at)


def _follow(booking: Booking, case: Case | None, at: datetime) -> None:
    """What was done in the stay goes with its case; both cases say anew what comes next."""
    left: set[Case] = set()
    for row in _worked_in(booking):
        assert case  # noqa: S101 - one was opened for it
        if row.case_id != case.id:
            left.add(db.session.get_one(Case, row.case_id))
            _promises_follow(row, case)
        row.case_id = case.id
        if isinstance(row, Referral):
            row.case = case
            row.person_id = case.person_id
            row.person = case.person
    db.session.flush()  # what is next in a case is read from its referrals
    for each in {*left, *([case] if case else [])}:
        if each.closed_at is None:
            note_next(each, at)
    read_anew()


def _promises_follow(row: Any, case: Case) -> None:
    """What was promised about a referral or a plan goes with it."""
    about = (
        [row.id, *(point.id for point in row.points)] if isinstance(row, ContactPlan) else [row.id]
    )
    mine = select(Promise).where(Promise.about_id.in_(about)).order_by(Promise.order)
    for promise in db.session.scalars(mine):
        promise.go_to(case)


def _worked_in(booking: Booking) -> list[Any]:
    found: list[Any] = []
    for kind in (Referral, Assessment, UnmetNeed, ContactPlan, CaseNote):
        wanted = select(kind).where(kind.booking_id == booking.id)
        found += db.session.scalars(wanted.order_by(kind.id)).all()
    return found


def _case_of(booking: Booking, person: Person) -> Case | None:
    mine = select(Case).filter_by(person_id=person.id, booking_id=booking.id)
    return db.session.scalars(mine.order_by(Case.order)).first()


def _opened_by(acts: list[Act], booking: Booking) -> list[Case]:
    """The cases that are there because of this stay alone."""
    added = {number for act in acts for number in added_by(act, Case.__tablename__)}
    mine = select(Case).where(Case.id.in_(added), Case.booking_id == booking.id)
    return list(db.session.scalars(mine.order_by(Case.order)))


def _brought_by(booking: Booking) -> list[Act]:
    acts = acts_about(booking.id, (ActKind.ARRIVED, ActKind.ASKED))
    return [act for act in acts if act.undone_at is None]


def _was_known(arrival: Act, booking: Booking) -> bool:
    """Whether the record was there before the stay."""
    return booking.person_id not in added_by(arrival, Person.__tablename__)


def typed_in(arrival: Act) -> Identity:
    """Who a stay was booked for, as it was typed."""
    said = {name: read(value) for name, value in (arrival.said or {}).items()}
    return Identity(**said)
