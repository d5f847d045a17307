"""Answer an offer with all that follows from it; take, give and see a case."""

from collections.abc import Sequence
from datetime import datetime

from referral.access.actor import Actor
from referral.access.permissions import Permission
from referral.accounts.users.models import User
from referral.accounts.users.states import UserState
from referral.acts.actions import Remembered, remembering
from referral.acts.kinds import ActKind
from referral.audit.trail import Tag, record
from referral.casework.cases.models import WINDOW, Case
from referral.casework.cases.queries import open_case_of
from referral.consent.actions import Agreement, Circumstances, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.consent.queries import stands
from referral.custody.actions import OfferDetails, record_offer
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at, team_for
from referral.errors import RuleBroken, StaleEdit
from referral.known.actions import Hearing, Saying, observe
from referral.known.now import NEAR_FATAL, Act, Said, Source

SPOKEN = {OfferAnswer.ACCEPTED: Answer.GRANTED, OfferAnswer.DECLINED: Answer.REFUSED}


class NoTeam(RuleBroken):
    """No arrest referral team covers this custody centre. Tell your administrator."""


class NotYours(RuleBroken):
    """You can only hand over your own cases. Ask your team lead to hand over this one."""


class CaseClosed(RuleBroken):
    """This case is closed, so nothing can be added to it. In an emergency call 999."""


class NotInTeam(RuleBroken):
    """Choose somebody in your own team who works cases."""


def answer_offer(
    booking: Booking,
    details: OfferDetails,
    agreements: Sequence[Agreement],
    how: Circumstances,
    by: Actor,
    at: datetime,
) -> Case | None:
    """Record the answer; an accepted offer opens a case or continues the person's open one.

    To accept is to agree to talk to a worker, to decline is to refuse that. What else the person
    said counts whatever their answer. Raises StaleEdit, SayWhy, SayWhen, NoTeam.
    """
    with remembering(Remembered(ActKind.ASKED, booking.id), by, at):
        return _answered(booking, details, agreements, how, by, at)


def _answered(
    booking: Booking,
    details: OfferDetails,
    agreements: Sequence[Agreement],
    how: Circumstances,
    by: Actor,
    at: datetime,
) -> Case | None:
    record_offer(booking, details, by, at)
    talk = SPOKEN.get(details.answer)
    said = [*([Agreement(Purpose.TALK, talk)] if talk else []), *agreements]
    if said:
        record_agreements(booking.person, said, how, by, at)
    if details.answer is OfferAnswer.DECLINED:
        _leave_alone(booking, at)
    if details.answer is not OfferAnswer.ACCEPTED:
        return None
    return open_or_continue(booking, by, at)


def continue_case(booking: Booking, by: Actor, at: datetime) -> Case | None:
    """A new stay joins the person's open case, while their yes to talk to a worker stands."""
    case = open_case_of(booking.person_id, to_change=True)
    if case is None or not stands(booking.person_id, Purpose.TALK, at):
        return None
    _attach(case, booking, at)
    record(Tag.CASE_CONTINUED, by, at, subject_id=case.person_id, record_id=case.id)
    return case


def take(case: Case, seen_version: int, by: Actor, at: datetime) -> None:
    """The worker makes the case their own. Raises StaleEdit when somebody else was first."""
    if case.version != seen_version:
        raise StaleEdit
    case.worker_id = by.user_id
    record(Tag.CASE_TAKEN, by, at, subject_id=case.person_id, record_id=case.id)


def give(case: Case, worker: User | None, seen_version: int, by: Actor, at: datetime) -> None:
    """Hand the case to somebody of the team, or back to the team.

    A worker gives their own cases, whoever allocates gives any. Raises StaleEdit, NotYours,
    NotInTeam.
    """
    if case.version != seen_version:
        raise StaleEdit
    if case.worker_id != by.user_id and not by.may(Permission.ALLOCATE_CASES):
        raise NotYours
    if worker and not _works_there(worker, case):
        raise NotInTeam
    case.worker_id = worker.id if worker else None
    record(Tag.CASE_GIVEN, by, at, subject_id=case.person_id, record_id=case.id)


def _works_there(worker: User, case: Case) -> bool:
    here = worker.organisation_id == case.team_id and worker.state == UserState.ACTIVE
    return here and worker.actor.may(Permission.WORK_CASES)


def settle(case: Case, at: datetime) -> None:
    """Say what comes next. If nothing is promised, the team decides: hand on, or close."""
    promised = (case.outreach_due, case.see_by, case.service_by, case.review_by)
    if not any(promised):
        case.decide_by = case.decide_by or deadlines_at(at).due(Kind.DECIDE, at, case.booking)
    case.promise()


def watch_over(case: Case, at: datetime) -> None:
    """After a recent overdose somebody must find the person once they have left the cells.

    Where it was lifted, nobody must any more.
    """
    recent = case.booking.recent_overdose(at)
    if recent and not case.booking.released_at and not case.outreach_by:
        case.find(max(case.window_ends, at))
    elif case.outreach_by and not recent:
        case.reached()
        settle(case, at)


def note_danger(case: Case, said: Saying, by: Actor, at: datetime) -> None:
    """What a worker learns of a danger between assessments, or that one does not apply any more.

    Raises CaseClosed, NoSuchCode, SayWhyLifted.
    """
    if case.closed_at:
        raise CaseClosed
    observe(case.booking, [said], Hearing(Act.CASE, Source.WORKER), by, at)
    if case.booking.released_at and said.code in NEAR_FATAL and said.answer is Said.YES:
        case.find(deadlines_at(at).first_contact(None, case.booking, at))
    watch_over(case, at)
    case.promise()
    tag = Tag.DANGER_NOTED if said.answer is Said.YES else Tag.DANGER_LIFTED
    record(tag, by, at, subject_id=case.person_id, record_id=case.id)


def open_or_continue(booking: Booking, by: Actor, at: datetime) -> Case:
    """The case of somebody who accepted: their open one, or a new one. Raises NoTeam."""
    team = team_for(booking.centre)
    if team is None:
        raise NoTeam
    case = open_case_of(booking.person_id, to_change=True)
    if case is None:
        case = Case(person_id=booking.person_id, team_id=team.id, opened_at=at)
    _attach(case, booking, at)
    db.session.add(case)  # not before it says by when what is due
    db.session.flush()  # the audit names it by its number
    record(Tag.CASE_OPENED, by, at, subject_id=case.person_id, record_id=case.id)
    return case


def count_window_from(case: Case, before: datetime, at: datetime) -> None:
    """The authorisation was at another time than was recorded: the twelve hours are from then."""
    if case.see_by and case.see_by == before + WINDOW:
        case.see_by = max(case.booking.authorised_at + WINDOW, at)
    case.promise()


def _attach(case: Case, booking: Booking, at: datetime) -> None:
    case.booking_id = booking.id
    case.booking = booking
    case.see_by = max(booking.authorised_at + WINDOW, at)
    case.decide_by = None
    if booking.recent_overdose(at):
        case.outreach_by = case.see_by
    case.promise()


def _leave_alone(booking: Booking, at: datetime) -> None:
    """Nobody goes to see somebody in the cells who said no in this stay; other promises stand."""
    case = open_case_of(booking.person_id, to_change=True)
    if case and case.booking_id == booking.id and case.see_by:
        case.see_by = None
        settle(case, at)
