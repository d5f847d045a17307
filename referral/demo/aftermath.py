"""What becomes of an invented person after the desk: handed on, met or not, changed or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from referral.access.actor import Actor
from referral.cases.models import Case
from referral.clock import SCOTLAND
from referral.consent.actions import Circumstances
from referral.consent.models import Level
from referral.directory.queries import services
from referral.followup.actions import (
    AppointmentDetails,
    AttemptDetails,
    AttendanceDetails,
    attempt,
    book,
    say,
)
from referral.handoff.actions import (
    HandOffDetails,
    MoveDetails,
    hand_off,
    move,
    note_unmet,
    withdraw_sharing,
)
from referral.handoff.matching import Wanted, fitting
from referral.handoff.models import Referral
from referral.handoff.queries import open_referrals
from referral.handoff.states import Move, ReferralState, Side

CHANGES = ("better", "better", "same", "worse", "unknown")


@dataclass(frozen=True)
class Staff:
    """The arrest referral worker, and who answers for each organisation that offers services."""

    worker: Actor
    services: Mapping[UUID, Actor]


def hand_over(staff: Staff, dice: Random, case: Case, at: datetime, now: datetime) -> None:
    """The worker hands the case to one or two services that fit, and those do what they do."""
    person, needs = case.person, case.booking.needs
    day = at.astimezone(SCOTLAND).date()
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
    urgent = bool(case.booking.dangers)
    for referral in hand_off(case, HandOffDetails(levels, urgent, how=how), staff.worker, at):
        if referral.state == ReferralState.REQUESTED:
            actor = staff.services[referral.service.organisation_id]
            _answer(staff, dice, referral, actor, at + timedelta(hours=dice.uniform(1, 30)), now)


def _answer(
    staff: Staff, dice: Random, referral: Referral, by: Actor, at: datetime, now: datetime
) -> None:
    fate = dice.random()
    if at > now or fate < 0.06:
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
    if said > now or fate < 0.1:
        return  # nobody has said what happened
    version = appointment.version
    if fate < 0.17:
        moved = starts + timedelta(days=5)
        why = AttendanceDetails(False, version, None, "SERVICE", "service", moved)
        say(appointment, why, by, said)
        return
    say(appointment, AttendanceDetails(True, version, came=fate > 0.4), by, said)
    _end(dice, referral, by, said + timedelta(days=dice.randint(14, 80)), now)


def _end(dice: Random, referral: Referral, by: Actor, at: datetime, now: datetime) -> None:
    if at > now or dice.random() < 0.25:
        return  # still with the service
    if dice.random() < 0.15:
        move(referral, _step(referral, Move.HOLD, "REMAND"), Side.TARGET, by, at)
        return
    met = referral.state == ReferralState.IN_PROGRESS and dice.random() < 0.75
    ending, reason = (Move.COMPLETE, "COMPL") if met else (Move.FAIL, "REACH")
    changes = {need: dice.choice(CHANGES) if met else "unknown" for need in referral.needs.split()}
    details = MoveDetails(ending, referral.version, reason, changes=changes)
    move(referral, details, Side.TARGET, by, at)


def _step(referral: Referral, step: Move, reason: str | None = None) -> MoveDetails:
    return MoveDetails(step, referral.version, reason)
