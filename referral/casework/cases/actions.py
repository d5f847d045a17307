"""Answer an offer with all that follows from it; take, give and see a case."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from referral.access.actor import Actor
from referral.acts.actions import Remembered, remembering
from referral.acts.kinds import ActKind
from referral.audit.trail import Tag, record
from referral.casework.cases.models import WINDOW, Case, Promise
from referral.casework.cases.next_steps import AT_A_SERVICE, Ending, NextStep
from referral.casework.cases.queries import open_case_of
from referral.casework.cases.refusals import (
    DeclinedYetContact,
    NoTeam,
    NotTheirWorker,
)
from referral.casework.cover.queries import answers_for
from referral.consent.actions import Agreement, Circumstances, confirm, record_agreements
from referral.consent.models import Consent
from referral.consent.purposes import Answer, Purpose
from referral.consent.queries import latest_answers, stands
from referral.custody.actions import OfferDetails, record_offer
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db, new_number
from referral.directory.deadlines import Kind
from referral.directory.queries import deadlines_at, team_for
from referral.known.actions import Hearing, Saying, observe
from referral.known.now import NEAR_FATAL, Said, SaidIn
from referral.people.detail_queries import number_told
from referral.people.sources import Source

Wanted = Mapping[tuple[NextStep, UUID], datetime]
SPOKEN = {OfferAnswer.ACCEPTED: Answer.GRANTED, OfferAnswer.DECLINED: Answer.REFUSED}


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
    said counts whatever their answer. Raises StaleEdit, SayWhy, SayWhen, NoTeam,
    DeclinedYetContact, NoWayToReach.
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
    declined = details.answer is OfferAnswer.DECLINED and not details.contact_anyway
    if declined and _agrees(agreements, Purpose.CONTACT):
        raise DeclinedYetContact
    record_offer(booking, details, by, at)
    talk = SPOKEN.get(details.answer)
    said = [Agreement(Purpose.TALK, talk)] if talk else []
    said += [_on_which_number(booking, agreement) for agreement in agreements]
    if said:
        record_agreements(booking.person, said, how, by, at)
    if details.answer is OfferAnswer.DECLINED:
        _leave_alone(booking, at)
    if details.answer is not OfferAnswer.ACCEPTED:
        return None
    return open_or_continue(booking, by, at)


def _on_which_number(booking: Booking, agreement: Agreement) -> Agreement:
    """A yes to be contacted, without a number, means the one that they gave in this stay."""
    yes = agreement.purpose is Purpose.CONTACT and agreement.answer is Answer.GRANTED
    if not yes or agreement.phone:
        return agreement
    given = number_told(booking.person_id, booking.recorded_at)
    return replace(agreement, phone=given or agreement.phone)


def continue_case(booking: Booking, by: Actor, at: datetime) -> Case | None:
    """A new stay joins the person's open case, while their yes to talk to a worker stands."""
    case = open_case_of(booking.person_id, to_change=True)
    if case is None or not stands(booking.person_id, Purpose.TALK, at):
        return None
    _attach(case, booking, at)
    record(Tag.CASE_CONTINUED, by, at, subject_id=case.person_id, record_id=case.id)
    return case


def match(
    case: Case,
    acts: Collection[NextStep],
    wanted: Wanted,
    ended: Callable[[Promise], tuple[Ending, str]],
    at: datetime,
) -> None:
    """Promise what some part of the work wants by when, as it stands now, and nothing else of it.

    `acts` are those of this part; what it no longer wants has `ended` as it says of each.
    """
    for promise in case.promised:
        if promise.act in acts and (promise.act, promise.about_id) not in wanted:
            promise.end(*ended(promise), at)
    for (act, about), due_at in wanted.items():
        case.promise(act, due_at, at, about)
    case.say_next()


def agree(
    case: Case, answers: Sequence[Agreement], how: Circumstances, by: Actor, at: datetime
) -> None:
    """Write down what the person says to a worker.

    That workers may see their history profits workers: only their own may write it down.
    Raises CaseClosed, NotMet, NotTheirWorker, StaleEdit.
    """
    case.check_to_agree()
    _check_profit(case, answers, by, at)
    record_agreements(case.person, answers, how, by, at)


def _check_profit(case: Case, said: Iterable[Agreement | Consent], by: Actor, at: datetime) -> None:
    if _agrees(said, Purpose.HISTORY) and not answers_for(by, case.worker_id, at):
        raise NotTheirWorker


def _agrees(said: Iterable[Agreement | Consent], to: Purpose) -> bool:
    return any(one.purpose is to and one.answer is Answer.GRANTED for one in said)


def confirm_agreements(case: Case, by: Actor, at: datetime) -> None:
    """A worker has made sure that the person can decide.

    Raises CaseClosed, NotMet, NotTheirWorker, StaleEdit.
    """
    case.check_to_agree()
    doubted = [answer for answer in latest_answers(case.person_id) if answer.provisional]
    _check_profit(case, doubted, by, at)
    confirm(case.person, by, at)


def settle(case: Case, at: datetime) -> None:
    """Say what comes next. If nothing is promised, the team decides: hand on, or close."""
    if not case.coming:
        decide(case, Kind.DECIDE, at)


def decide(case: Case, kind: Kind, at: datetime) -> None:
    """The team is to decide within a time: hand on, or close. A promise to do so stands."""
    if not case.has_promised(NextStep.HAND_OFF):
        case.promise(NextStep.HAND_OFF, deadlines_at(at).due(kind, at, case.booking), at)


def meet(case: Case, how: str, at: datetime) -> None:
    """A worker has seen them; unless a service has them, the team decides next. Raises NotMet."""
    case.check_met()
    if not case.end_promise(NextStep.SEE, Ending.KEPT, how, at):
        return
    if not with_a_service(case):
        decide(case, Kind.DECIDE, at)


def with_a_service(case: Case) -> bool:
    """Whether a service has something to do for the person, or was asked."""
    return case.has_any(*AT_A_SERVICE, NextStep.ANSWER)


def found(case: Case, how: str, at: datetime) -> None:
    """Somebody has found the person after an overdose: nobody need look for them any more."""
    case.end_promise(NextStep.OUTREACH, Ending.KEPT, how, at)


def reach_outside(case: Case, reach_by: datetime, at: datetime) -> None:
    """Whoever was still to be seen in the cells is to be reached outside by then."""
    for act in (NextStep.SEE, NextStep.OUTREACH):
        if case.has_promised(act):
            case.promise(act, reach_by, at)
    case.say_next()


def see_elsewhere(case: Case, see_by: datetime, at: datetime) -> None:
    """Who was still to be seen in the cells is held elsewhere now, and to be seen by then.

    Nobody looks outside any earlier for who is held on.
    """
    for act in (NextStep.SEE, NextStep.OUTREACH):
        if case.has_promised(act):
            case.promise(act, see_by, at)


def watch_over(case: Case, at: datetime) -> None:
    """After a recent overdose somebody must find the person once they have left the cells.

    Where it was lifted, nobody must any more.
    """
    recent = case.booking.recent_overdose(at)
    watched = case.has_promised(NextStep.OUTREACH)
    if recent and not case.booking.released_at and not watched:
        case.promise(NextStep.OUTREACH, max(case.window_ends, at), at)
    elif watched and not recent:
        case.end_promise(NextStep.OUTREACH, Ending.DROPPED, "There was no recent overdose", at)
        settle(case, at)


def note_danger(case: Case, said: Saying, by: Actor, at: datetime) -> None:
    """What a worker learns of a danger between assessments, or that one does not apply any more.

    Raises CaseClosed, NoSuchCode, SayWhyLifted.
    """
    case.check_open()
    observe(case.booking, [said], Hearing(SaidIn.CASE, Source.WORKER), by, at)
    if case.booking.released_at and said.code in NEAR_FATAL and said.answer is Said.YES:
        reach_by = deadlines_at(at).first_contact(None, case.booking, at)
        case.promise(NextStep.OUTREACH, reach_by, at)
    watch_over(case, at)
    case.say_next()
    tag = Tag.DANGER_NOTED if said.answer is Said.YES else Tag.DANGER_LIFTED
    record(tag, by, at, subject_id=case.person_id, record_id=case.id)


def open_or_continue(booking: Booking, by: Actor, at: datetime) -> Case:
    """The case of somebody who accepted: their open one, or a new one. Raises NoTeam."""
    team = team_for(booking.centre) if booking.centre else None
    if team is None:
        raise NoTeam
    case = open_case_of(booking.person_id, to_change=True)
    if case is None:
        case = Case(id=new_number(), person_id=booking.person_id, team_id=team.id, opened_at=at)
    _attach(case, booking, at)
    db.session.add(case)  # not before it says by when what is due
    db.session.flush()  # the audit names it by its number
    record(Tag.CASE_OPENED, by, at, subject_id=case.person_id, record_id=case.id)
    return case


def count_window_from(case: Case, before: datetime, at: datetime) -> None:
    """The authorisation was at another time than was recorded: the twelve hours are from then."""
    see = case.has_promised(NextStep.SEE)
    if see and see.due_at == before + WINDOW:
        case.promise(NextStep.SEE, max(case.booking.authorised_at + WINDOW, at), at)


def _attach(case: Case, booking: Booking, at: datetime) -> None:
    case.hang_on(booking)
    see_by = max(booking.authorised_at + WINDOW, at)
    case.promise(NextStep.SEE, see_by, at)
    if booking.recent_overdose(at):
        case.promise(NextStep.OUTREACH, see_by, at)
    case.end_promise(NextStep.HAND_OFF, Ending.REPLACED, "They are in custody again", at)


def _leave_alone(booking: Booking, at: datetime) -> None:
    """Nobody goes to see somebody in the cells who said no in this stay; other promises stand."""
    case = open_case_of(booking.person_id, to_change=True)
    if case is None or case.booking_id != booking.id:
        return
    if case.end_promise(NextStep.SEE, Ending.DROPPED, "They said no", at):
        settle(case, at)
