"""The later life of an invented person: handed on, met or not, changed or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select

from referral.access.actor import Actor
from referral.casework.cases.actions import with_a_service
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.casework.contact_plan.try_actions import AttemptDetails
from referral.clock import day_of
from referral.consent.actions import Circumstances
from referral.consent.purposes import Level
from referral.db import db
from referral.directory.queries import services
from referral.handoff.followup.actions import (
    AppointmentDetails,
    AttendanceDetails,
    attempt,
    book,
    say,
)
from referral.handoff.referrals.actions import (
    HandOffDetails,
    close_case,
    hand_off,
    move,
    note_unmet,
    withdraw_sharing,
)
from referral.handoff.referrals.matching import Wanted, fitting
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.queries import open_referrals, open_stop
from referral.handoff.referrals.states import Move, ReferralState, Side
from referral.handoff.withdrawals.actions import confirm

PAUSES = timedelta(days=26)
CHANGES = ("better", "better", "same", "worse", "unknown")


@dataclass(frozen=True)
class Staff:
    """The arrest referral worker, and who answers for each organisation that offers services."""

    worker: Actor
    services: Mapping[UUID, Actor]


def hand_over(staff: Staff, dice: Random, case: Case, at: datetime, now: datetime) -> None:
    """The worker hands the case to one or two services that fit, and those do what they do."""
    person, needs = case.person, case.booking.needs
    day = day_of(at)
    wanted = Wanted(needs, person.council_code, person.age_on(day), person.sex)
    taken = {referral.service_id for referral in open_referrals(person.id)}
    fits = [f for f in fitting(services(day), wanted, at) if f.service.id not in taken]
    if not needs or not fits:
        if needs and not taken:
            note_unmet(case, needs, dice.choice(("none", "full")), staff.worker, at)
        return
    chosen = dice.sample(fits, min(len(fits), dice.choice((1, 1, 2))))
    levels = {fit.service.id: dice.choice(list(Level)) for fit in chosen}
    how = Circumstances(provisional=dice.random() < 0.04)
    urgent = bool(case.booking.dangers(at))
    for referral in hand_off(case, HandOffDetails(levels, urgent, how=how), staff.worker, at):
        if referral.state == ReferralState.REQUESTED:
            actor = staff.services[referral.service.organisation_id]
            _answer(staff, dice, referral, actor, at + timedelta(hours=dice.uniform(1, 30)), now)


def close_what_is_over(staff: Staff, dice: Random, now: datetime) -> None:
    """The team gives up most of what nobody answered, and closes where nothing is under way."""
    silent = select(Referral).where(Referral.ended_at.is_(None))
    long_late = silent.where(Referral.due_at < now - timedelta(days=14))
    for referral in db.session.scalars(long_late.order_by(Referral.due_at, Referral.id)).all():
        waits = referral.state in {ReferralState.DRAFT, ReferralState.ON_HOLD}
        if not waits and dice.random() < 0.6:
            at = referral.due_at + timedelta(days=dice.uniform(3, 9))
            move(referral, _step(referral, Move.CANCEL, "NONEED"), Side.REQUESTER, staff.worker, at)
    late = select(Case).where(Case.closed_at.is_(None), Case.due_at < now - timedelta(days=3))
    for case in db.session.scalars(late.order_by(Case.opened_at, Case.id)).all():
        if not with_a_service(case) and dice.random() < 0.95:
            at = case.due_at + timedelta(hours=dice.uniform(1, 70))
            _answer_refusals(case, staff, at)
            if case.booking.needs and dice.random() < 0.3:
                gap = dice.choice(("none", "full", "full"))
                note_unmet(case, case.booking.needs[:1], gap, staff.worker, at)
            reason = dice.choice(("DONE", "DONE", "REACH", "CHOICE"))
            close_case(case, reason, case.version, staff.worker, at)


def _answer_refusals(case: Case, staff: Staff, at: datetime) -> None:
    """For what a service said no to there is nobody else."""
    refused = {one.about_id for one in case.promised if one.act is NextStep.REFUSED}
    needs = {need for number in refused for need in db.session.get_one(Referral, number).needs}
    if needs:
        note_unmet(case, sorted(needs), "full", staff.worker, at)


def _answer(
    staff: Staff, dice: Random, referral: Referral, by: Actor, at: datetime, now: datetime
) -> None:
    fate = dice.random()
    if at > now or fate < 0.05:
        return  # not answered
    if fate < 0.12:
        reason = dice.choice(("CAP", "ELIG", "INFO"))
        move(referral, _step(referral, Move.REJECT, reason), Side.TARGET, by, at)
        return
    if fate < 0.14:
        wrong = MoveDetails(Move.MARK_ERROR, referral.version, note="Sent twice")
        move(referral, wrong, Side.REQUESTER, staff.worker, at)
        return
    move(referral, _step(referral, Move.ACCEPT), Side.TARGET, by, at)
    if fate < 0.18:
        withdraw_sharing(referral, staff.worker, min(at + timedelta(hours=5), now))
        stop = open_stop(referral.id)
        said = at + timedelta(hours=26)
        lately = said > now - timedelta(days=14)
        if stop and said <= now and (fate < 0.15 or not lately):  # the others have yet to say so
            confirm(stop, by, said)
        return
    _meet(dice, referral, by, at, now)


def _meet(dice: Random, referral: Referral, by: Actor, at: datetime, now: datetime) -> None:
    tried = at + timedelta(hours=dice.uniform(4, 60))
    if tried > now:
        return
    result = dice.choices(("reached", "message", "NOANS", "WRONG"), (6, 2, 2, 1))[0]
    attempt(referral, AttemptDetails("call", result, tried), by, tried)
    starts = tried + timedelta(days=dice.randint(2, 9))
    appointment = book(referral, AppointmentDetails(starts, "Front desk"), by, tried)
    said = starts + timedelta(hours=2)
    fate = dice.random()
    if said > now or fate < 0.05:
        return  # nobody has said what happened
    version = appointment.version
    if 0.1 < fate < 0.14:
        moved = starts + timedelta(days=5)
        why = AttendanceDetails(False, version, None, "SERVICE", "service", moved)
        say(appointment, why, by, said)
        return
    say(appointment, AttendanceDetails(True, version, came=fate > 0.4), by, said)
    _end(dice, referral, by, said + timedelta(days=dice.randint(14, 80)), now)


def _end(dice: Random, referral: Referral, by: Actor, at: datetime, now: datetime) -> None:
    started = referral.state == ReferralState.IN_PROGRESS
    if at > now or dice.random() < (0.25 if started else 0.05):
        _stay(dice, referral, by, now)
        return
    if now - at < PAUSES and dice.random() < 0.4:
        move(referral, _step(referral, Move.HOLD, "REMAND"), Side.TARGET, by, at)
        return
    met = started and dice.random() < 0.75
    ending, reason = (Move.COMPLETE, "COMPL") if met else (Move.FAIL, "REACH")
    changes = {need: dice.choice(CHANGES) if met else "unknown" for need in referral.needs}
    details = MoveDetails(ending, referral.version, reason, changes=changes)
    move(referral, details, Side.TARGET, by, at)


def _stay(dice: Random, referral: Referral, by: Actor, now: datetime) -> None:
    """Still with the service, which has mostly booked the next meeting."""
    if dice.random() < 0.85:
        starts = now + timedelta(days=dice.randint(1, 12), hours=dice.randint(0, 6))
        book(referral, AppointmentDetails(starts, "Front desk"), by, now - timedelta(hours=20))


def _step(referral: Referral, step: Move, reason: str | None = None) -> MoveDetails:
    return MoveDetails(step, referral.version, reason)
