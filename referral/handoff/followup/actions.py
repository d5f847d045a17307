"""Appointments, what came of them, and attempts to reach the person."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.acts.actions import Remembered, remembering
from referral.acts.kinds import ActKind
from referral.audit.trail import Tag, record
from referral.casework.cases.actions import found
from referral.casework.contact_plan.fact_actions import learn, said_by_try
from referral.casework.contact_plan.models import Attempt
from referral.casework.contact_plan.try_actions import About, AttemptDetails, log
from referral.casework.facts.meanings import PHONE, PLACE_OF
from referral.clock import day_of
from referral.consent.purposes import Purpose
from referral.consent.queries import stands
from referral.db import db
from referral.directory.bounds import BOUNDS
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at, must_be_listed
from referral.errors import RuleBroken, StaleEdit
from referral.handoff.followup.back_actions import NothingSaid, attendances
from referral.handoff.followup.cannot_actions import note_moved
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.answer_actions import take_events_back
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.promise_actions import note_next
from referral.handoff.referrals.refusals import IllegalMove, ServiceClosed
from referral.handoff.referrals.sight_queries import told_number
from referral.handoff.referrals.states import TAKEN_ON, Move, ReferralState, Side
from referral.post.links.actions import use
from referral.post.links.models import Link


class NotTakenOn(RuleBroken):
    """First say that you have this referral. Then book the appointment."""

    status = 409


class TooFar(RuleBroken):
    """Choose a time in the next two years."""

    fields = ("starts_at", "moved_to")


class BeforeItWasSent(RuleBroken):
    """That is before the referral was sent. Check the date."""

    fields = ("starts_at", "moved_to")


class NotYet(RuleBroken):
    """That appointment has not happened yet. Come back when it is over."""


class SaidAlready(RuleBroken):
    """Somebody has already recorded what happened at this appointment."""

    status = 409


class WhyNot(RuleBroken):
    """Choose why it did not take place."""

    fields = ("not_held",)


class NotAsked(RuleBroken):
    """Nobody asks about them now. Look at the inbox again."""

    status = 409


class NotYourColleague(RuleBroken):
    """Choose somebody in your own organisation."""


@dataclass(frozen=True)
class AppointmentDetails:
    """When and where the person is expected."""

    starts_at: datetime
    place: str = ""


@dataclass(frozen=True)
class AttendanceDetails:
    """Did it take place, did they come (None: not known)? If not: why, who moved it, to when."""

    took_place: bool
    seen_version: int
    came: bool | None = None
    not_held: str | None = None
    moved_by: str | None = None
    moved_to: datetime | None = None


def assign(referral: Referral, handler: User | None, by: Actor, at: datetime) -> None:
    """Name who of the service has the referral. Raises IllegalMove, NotYourColleague."""
    if referral.ended_at:
        raise IllegalMove
    if handler and (
        handler.organisation_id != by.organisation_id or handler.state != UserState.ACTIVE
    ):
        raise NotYourColleague
    referral.handler_id = handler.id if handler else None
    record(Tag.REFERRAL_ASSIGNED, by, at, subject_id=referral.person_id, record_id=referral.id)


def book(referral: Referral, details: AppointmentDetails, by: Actor, at: datetime) -> Appointment:
    """Book an appointment; a past one may be added and then said.

    Raises NotTakenOn, ServiceClosed, TooFar, BeforeItWasSent.
    """
    if referral.state not in TAKEN_ON:
        raise NotTakenOn
    if not referral.service.is_open(day_of(at)):
        raise ServiceClosed
    if BOUNDS["starts_at"].too_late(details.starts_at, at):
        raise TooFar
    if BOUNDS["starts_at"].too_early(details.starts_at, at, referral.sent_at):
        raise BeforeItWasSent
    note_moved(referral, by, at)
    appointment = Appointment(
        referral_id=referral.id,
        starts_at=details.starts_at,
        place=details.place,
        by_id=by.user_id,
        recorded_at=at,
    )
    db.session.add(appointment)
    begins = max(details.starts_at, at)
    stay = referral.case.booking
    referral.due_at = deadlines_at(at).due(Kind.ATTENDANCE, begins, stay)
    db.session.flush()  # the audit names it by its number
    note_next(referral.case, at)
    subject, number = referral.person_id, appointment.id
    record(Tag.APPOINTMENT_BOOKED, by, at, subject_id=subject, record_id=number)
    return appointment


def say(
    appointment: Appointment, details: AttendanceDetails, by: Actor, at: datetime
) -> Appointment | None:
    """Say what happened. Who came for the first time has started; a moved one is booked anew.

    Returns the appointment that it was moved to. Raises IllegalMove where the service has not, or
    never had, the person; StaleEdit, SaidAlready, NotYet, WhyNot.
    """
    _check(appointment, details, at)
    what = Remembered(ActKind.ATTENDED, appointment.id)
    with remembering(what, by, at):
        return _say(appointment, details, by, at)


def _check(appointment: Appointment, details: AttendanceDetails, at: datetime) -> None:
    if appointment.referral.state not in TAKEN_ON:
        raise IllegalMove
    if appointment.version != details.seen_version:
        raise StaleEdit
    if appointment.said_at:
        raise SaidAlready
    if details.took_place and appointment.starts_at > at:
        raise NotYet
    if not details.took_place and not (details.not_held or details.moved_by):
        raise WhyNot
    must_be_listed(at, not_held=details.not_held, moved_by=details.moved_by)


def unsay(appointment: Appointment, side: Side, by: Actor, at: datetime) -> Appointment:
    """What was said of an appointment was a mistake: nobody has said anything of it yet.

    Raises NothingSaid, TheirOwnAnswer, TooLateToTakeBack, GoneOnSince.
    """
    if appointment.said_at is None:
        raise NothingSaid
    _unsay(appointment.id, appointment.referral, side, by, at)
    return appointment


def begin(referral: Referral, seen_version: int, by: Actor, at: datetime) -> None:
    """They have come, without an appointment that is known. Raises StaleEdit, IllegalMove."""
    with remembering(Remembered(ActKind.ATTENDED, referral.id), by, at):
        move(referral, MoveDetails(Move.START, seen_version), Side.TARGET, by, at)


def still_with_us(referral: Referral, link: Link | None, by: Actor, at: datetime) -> None:
    """They are still with the service, which was asked by this link. Raises NotAsked."""
    started = referral.state in {ReferralState.IN_PROGRESS, ReferralState.ON_HOLD}
    if link is None or not started or not stands(referral.person_id, Purpose.OUTCOME, at):
        raise NotAsked
    use(link, "still", by, at)


def unbegin(referral: Referral, side: Side, by: Actor, at: datetime) -> None:
    """That they have come was a mistake. Raises the same as `unsay`."""
    _unsay(referral.id, referral, side, by, at)


def _unsay(about_id: UUID, referral: Referral, side: Side, by: Actor, at: datetime) -> None:
    act = attendances(referral, [about_id]).to_take_back(about_id, side, by, at)
    take_events_back(referral, act, by, at, (Appointment,))
    note_next(referral.case, at)


def _say(
    appointment: Appointment, details: AttendanceDetails, by: Actor, at: datetime
) -> Appointment | None:
    appointment.took_place, appointment.came = details.took_place, details.came
    appointment.not_held, appointment.moved_by = details.not_held, details.moved_by
    appointment.said_at = at
    appointment.said_by_id = by.user_id
    referral = appointment.referral
    subject = referral.person_id
    record(Tag.ATTENDANCE_SAID, by, at, subject_id=subject, record_id=appointment.id)
    if details.came:
        found(referral.case, "They came", at)
    if details.came and referral.state == ReferralState.ACCEPTED:
        began = max(appointment.starts_at, referral.sent_at or at)  # never before it was sent
        start = MoveDetails(Move.START, referral.version, happened_at=began)
        move(referral, start, Side.TARGET, by, at)
    if details.moved_to:
        return book(referral, AppointmentDetails(details.moved_to, appointment.place), by, at)
    return None


def attempt(referral: Referral, details: AttemptDetails, by: Actor, at: datetime) -> Attempt:
    """Log a try to reach the person. Raises NotTakenOn, InTheFuture, TooEarly, NotInList."""
    if referral.state not in TAKEN_ON | {ReferralState.REQUESTED}:
        raise NotTakenOn
    about = About(referral.person_id, referral.sent_at or at, referral_id=referral.id)
    tried = log(about, details, by, at)
    said = said_by_try(referral.case, details, sure=False)
    if PLACE_OF.get(details.channel) == PHONE:
        said = replace(said, detail=told_number(referral))  # the one that they tried
    learn(referral.case, said, by, at)
    if details.result == "reached":
        found(referral.case, "A service reached them", at)
        note_next(referral.case, at)
    return tried
