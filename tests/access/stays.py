"""Stays that go on elsewhere, or that somebody must put right, for the places of world.py."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from access.along import goes_along
from access.doors import at_the_doors
from sqlalchemy import select

from referral.access.actor import Actor
from referral.access.permissions import Role
from referral.acts.kinds import ActKind
from referral.acts.queries import acts_about
from referral.casework.cases.models import Case
from referral.casework.cases.seen_actions import note_seen
from referral.casework.contact_plan.models import ContactPlan
from referral.casework.contact_plan.points import PointState
from referral.casework.contact_plan.waiting_actions import note
from referral.casework.notes.actions import NoteDetails, write
from referral.casework.notes.spoken import How, Whom, Words
from referral.clock import SCOTLAND, now
from referral.custody.actions import BookingDetails, ReleaseDetails
from referral.custody.health_actions import acknowledge
from referral.custody.leg_actions import TransferDetails, transfer
from referral.custody.models import Booking
from referral.db import db
from referral.desk.actions import Arrival, arrive
from referral.desk.register import Coming
from referral.desk.register_actions import take_in
from referral.desk.sheet_actions import print_sheets
from referral.directory.models import CustodyCentre
from referral.handoff.followup.actions import AppointmentDetails, AttendanceDetails, book, say
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.leaving_actions import leave
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.people.identity import Identity
from referral.people.queries import identity_of


def elsewhere(
    name: str, staff: Any, at: datetime, arrived: Callable[..., Any], agreed: Callable[..., Any]
) -> Iterator[tuple[str, object]]:
    """One on the way here from another centre, and one kept for court."""
    third = db.session.scalars(select(CustodyCentre).filter_by(name="Oban")).one()
    there = replace(staff, officer=replace(staff.officer, centre_id=third.id))
    coming = arrived(f"{name}coming", there, at)
    details = TransferDetails(staff.officer.centre_id, at, coming.version)
    transfer(coming, details, there.officer, at)
    yield "booking_id-coming", coming.id
    yield "elsewhere", third.id
    case = agreed(arrived(f"{name}court", staff, at), staff, at)
    sits = ReleaseDetails("COURT", at, "has", case.booking.version, now() + timedelta(days=1))
    leave(case.booking, sits, staff.officer, at)
    yield "case_id-court", case.id
    gone = arrived(f"{name}gone", staff, at)
    agreed(gone, staff, at)
    left = now() - timedelta(minutes=2)
    leave(gone, ReleaseDetails("UNDERTAKING", left, "has", gone.version), staff.officer, left)
    yield "booking_id-left", gone.id
    yield "act_id", acts_about(gone.id, (ActKind.LEFT,))[0].id
    fresh = arrived(f"{name}fresh", staff, left)
    agreed(fresh, staff, left)
    yield "booking_id-fresh", fresh.id
    known = arrived(f"{name}known", staff, at)
    agreed(known, staff, at)
    leave(known, ReleaseDetails("UNDERTAKING", at, "has", known.version), staff.officer, at)
    who = BookingDetails(Identity("Wrong", f"Sur{name}wrong"), left, known.person_id)
    yield "booking_id-wrong", arrive(Arrival(who), staff.officer, left).id
    yield "booking_id-register", from_register(known, staff.officer, left).id
    yield "sheet_number", print_sheets(1, staff.officer, left)[0].number
    yield from tended(name, staff, agreed(arrived(f"{name}tended", staff, at), staff, at), at)
    yield "minute", now().astimezone(SCOTLAND).strftime("%Y-%m-%dT%H:%M")


def from_register(known: Booking, officer: Actor, at: datetime) -> Booking:
    """Somebody comes with a file who may be known."""
    details = BookingDetails(identity_of(known.person), at, None, f"R/{known.id.hex[:8]}")
    take_in([Coming(2, details.custody_reference, officer.centre_id, details)], officer, at)
    mine = select(Booking).order_by(Booking.order.desc()).limit(1)
    return db.session.scalars(mine).one()


def tended(name: str, staff: Any, case: Case, at: datetime) -> Iterator[tuple[str, object]]:
    """Somebody of whose dangers healthcare has said that it knows."""
    nurse = replace(staff.officer, role=Role.HEALTHCARE)
    yield "booking_id-tended", case.booking_id
    yield "act_id-tended", acknowledge(case.booking, ["overdose"], nurse, at).id


def asked_at(plan: ContactPlan, at: datetime) -> Iterator[tuple[str, object]]:
    """A time to ask that is to come, and one at which the person was reached."""
    yield "point_id", next(p.id for p in plan.planned if p.point == "7d")
    later = next(p for p in plan.planned if p.point == "12w")
    later.close(PointState.REACHED, at)
    note(plan, at)
    yield "point_id-reached", later.id


def said_by_mistake(
    name: str, staff: Any, at: datetime, sent: Callable[..., Any]
) -> Iterator[tuple[str, object]]:
    """A yes of the service, one that the team typed in, an attendance; who came by other doors."""
    for state, by in (("answered", staff.service), ("typed", staff.worker)):
        said = sent(f"{name}{state}", staff, at)
        move(said, MoveDetails(Move.ACCEPT, said.version), Side.TARGET, by, now())
        yield f"referral_id-{state}", said.id
    met = sent(f"{name}met", staff, at)
    move(met, MoveDetails(Move.ACCEPT, met.version), Side.TARGET, staff.service, at)
    came = book(met, AppointmentDetails(at), staff.service, at)
    say(came, AttendanceDetails(True, came.version, came=True), staff.service, now())
    yield "appointment_id-said", came.id
    yield "referral_id-met", met.id
    yield from at_the_doors(name, staff.worker)
    yield from goes_along(name, met.case, staff.worker.user_id)


def seen(case: Case, by: Actor, at: datetime) -> UUID:
    """A case whose person a worker has seen, by its number."""
    note_seen(case, by, at)
    return case.id


def noted(case: Case, staff: Any, at: datetime) -> UUID:
    """The worker spoke to somebody of the family."""
    said = NoteDetails(Whom.FAMILY, How.RUNG, at, Words("Her sister", "She rings on Monday"))
    return write(case, said, staff.worker, at).id
