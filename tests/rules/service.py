"""What is refused about a referral, its links, its stop and its appointments."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from rules.scene import Breaks, Scene

from referral.access.permissions import Role
from referral.casework.cases.models import Case
from referral.casework.contact_plan import fact_actions as learning
from referral.casework.contact_plan.try_actions import InTheFuture, TooEarly
from referral.casework.facts.actions import Said
from referral.casework.facts.queries import facts_of
from referral.clock import day_of
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Level, Purpose
from referral.contact.messages import actions as reaching
from referral.contact.own_page import actions as own
from referral.contact.own_page.queries import card_with
from referral.contact.worth_it import actions as worth
from referral.contact.worth_it.queries import DOORS as WORTH_DOORS
from referral.db import db
from referral.errors import StaleEdit
from referral.handoff.followup import actions as followup
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals import actions as handoff
from referral.handoff.referrals import outcome_actions as outcomes
from referral.handoff.referrals import promise_actions as promises
from referral.handoff.referrals import refusals
from referral.handoff.referrals.answer_actions import GoneOnSince
from referral.handoff.referrals.disclosing_actions import MoreDetails, tell_more
from referral.handoff.referrals.models import Referral, Stop
from referral.handoff.referrals.states import Move, Side
from referral.handoff.withdrawals import actions as stopping
from referral.jobs import actions as jobs
from referral.jobs.models import Job, NotNow

SECOND = timedelta(seconds=1)
TAKEN, ASKED = "referral_id", "referral_id-requested"


def hand_off(s: Scene, level: Level | None = Level.FULL, to: str = "service_id", **more):
    """The case to the hub, which has it already, or to another one."""
    case, service = s.own(Case, "case_id"), UUID(s.places["own"][to])
    levels = {} if level is None else {service: level}
    return handoff.hand_off(case, handoff.HandOffDetails(levels, **more), s.worker, s.at)


def send_in_doubt(s: Scene):
    """A draft that nobody has confirmed is sent."""
    case, service = s.own(Case, "case_id-here"), UUID(s.places["own"]["service_id"])
    doubt = replace(PLAINLY, provisional=True)
    details = handoff.HandOffDetails({service: Level.FULL}, how=doubt)
    [draft] = handoff.hand_off(case, details, s.worker, s.at)
    step = handoff.MoveDetails(Move.SEND, draft.version)
    return handoff.move(draft, step, Side.REQUESTER, s.worker, s.at)


def tell(s: Scene, name: str = TAKEN, level: Level = Level.FULL, **more):
    """The service is told one thing more."""
    referral = s.own(Referral, name)
    details = MoreDetails(more.pop("seen", referral.version), level, **more)
    return tell_more(referral, details, s.worker, s.at)


def tell_without_a_number(s: Scene):
    """They do not want to be contacted."""
    no = Agreement(Purpose.CONTACT, Answer.WITHDRAWN)
    record_agreements(s.own(Referral, TAKEN).person, [no], PLAINLY, s.worker, s.at)
    return tell(s, reach=True)


def ended(s: Scene) -> Referral:
    """One that the service has completed."""
    return move(s, Move.COMPLETE, reason="COMPL", changes={"every": "same"})


def tell_after_the_end(s: Scene):
    """It has ended in another tab."""
    ended(s)
    return tell(s, reach=True)


def write_up(s: Scene, referral: Referral, changes, seen: int | None = None, days: int = 0):
    """What came of it, said so many days later."""
    at = s.at + timedelta(days=days)
    return outcomes.write_up(referral, changes, seen or referral.version, s.service, at)


def move(s: Scene, step: Move, name: str = TAKEN, side: Side = Side.TARGET, **more):
    """One move of the service, or of the team."""
    referral = s.own(Referral, name)
    details = handoff.MoveDetails(step, more.pop("seen", referral.version), **more)
    by = s.service if side is Side.TARGET else s.worker
    return handoff.move(referral, details, side, by, s.at)


def drop(s: Scene, which: str, reason: str = "HAS"):
    """What the hub said no to; or what is promised otherwise."""
    case = s.own(Case, which)
    return promises.drop(case, UUID(s.places["own"]["promise_id"]), reason, s.worker, s.at)


def close(s: Scene, reason: str = "DONE", seen: int | None = None, case: str = "case_id"):
    """The case, which the hub has still."""
    case = s.own(Case, case)
    return handoff.close_case(case, reason, seen or case.version, s.worker, s.at)


def book(s: Scene, name: str = TAKEN, starts_at=None):
    """An appointment."""
    details = followup.AppointmentDetails(starts_at or s.at)
    return followup.book(s.own(Referral, name), details, s.service, s.at)


def say(s: Scene, meeting: Appointment | None = None, took_place=True, **more):
    """What came of the appointment."""
    meeting = meeting or s.own(Appointment, "appointment_id")
    seen = more.pop("seen", meeting.version)
    details = followup.AttendanceDetails(took_place, seen, **more)
    return followup.say(meeting, details, s.service, s.at)


def say_again(s: Scene):
    """It was said already, by somebody who saw what stands now."""
    say(s, came=True)
    db.session.flush()
    return say(s, came=False)


def say_before(s: Scene):
    """The appointment is in a second."""
    return say(s, book(s, starts_at=s.at + SECOND), came=True)


def attempt(s: Scene, name: str = TAKEN, at=None):
    """A try to reach the person."""
    details = followup.AttemptDetails("call", "reached", at or s.at)
    return followup.attempt(s.own(Referral, name), details, s.service, s.at)


def attempt_after_the_end(s: Scene):
    """The service has said no."""
    move(s, Move.REJECT, ASKED, reason="CAP")
    return attempt(s, ASKED)


def assign(s: Scene):
    """To somebody of the team."""
    referral, stranger = s.own(Referral, TAKEN), s.user(Role.WORKER)
    return followup.assign(referral, stranger, s.service, s.at)


def closing(s: Scene) -> Scene:
    """The service has closed since it was asked; who has an account of it answers still."""
    s.own(Referral, ASKED).service.closed_on = day_of(s.at) - timedelta(days=1)
    return s


def assign_after_the_end(s: Scene):
    """The service has said no."""
    move(s, Move.REJECT, ASKED, reason="CAP")
    return followup.assign(s.own(Referral, ASKED), None, s.service, s.at)


def say_after_it_was_taken_back(s: Scene):
    """The person no longer wants that service to have anything of theirs."""
    meeting = s.own(Appointment, "appointment_id")
    handoff.withdraw_sharing(meeting.referral, s.worker, s.at)
    return say(s, meeting, came=True)


def call(s: Scene, after: timedelta):
    """The service was told by telephone, so long after the person took it back."""
    stop = s.own(Stop, "stop_id")
    details = stopping.CallDetails("Anna", stop.asked_at + after)
    return stopping.note_call(stop, details, s.worker, s.at)


def call_who_confirmed(s: Scene):
    """They have stopped already."""
    stopping.confirm(s.own(Stop, "stop_id"), s.service, s.at)
    return call(s, timedelta(hours=1))


def settle_twice(s: Scene):
    """It was dealt with in another tab."""
    job = s.own(Job, "job_id")
    jobs.settle(job, s.worker, s.at)
    return jobs.send_again(job, s.worker, s.at)


def said(s: Scene, **more):
    """An appointment of which it was said a day before what became of it."""
    meeting = book(s, starts_at=s.at - timedelta(days=1, hours=1))
    details = followup.AttendanceDetails(seen_version=meeting.version, **more)
    followup.say(meeting, details, s.service, s.at)
    return meeting


def unsay_what_was_held(s: Scene):
    """The new time was held meanwhile."""
    moved = s.at - timedelta(minutes=1)
    meeting = said(s, took_place=False, moved_by="person", moved_to=moved)
    new = db.session.query(Appointment).filter_by(said_at=None, starts_at=moved).one()
    came = followup.AttendanceDetails(True, new.version, came=False)
    followup.say(new, came, s.service, s.at)
    return followup.unsay(meeting, Side.TARGET, s.service, s.at)


def unsay_before_the_pause(s: Scene):
    """They came, and the service paused it."""
    meeting = said(s, took_place=True, came=True)
    move(s, Move.HOLD, TAKEN, reason="HOSP")
    return followup.unsay(meeting, Side.TARGET, s.service, s.at)


def word_about_a_stranger(s: Scene):
    """The person speaks of a service that never had them."""
    card = card_with(s.places["own"]["card"])
    return own.say_word(card, UUID(s.places["foreign"]["service_id"]), "yes", s.at)


def worth_unasked(s: Scene):
    """Whose question nobody asked: long before the 28 days."""
    card = card_with(s.places["own"]["card"])
    return own.say_worth(card, worth.WorthDetails("yes"), s.at - timedelta(days=20))


def worth_twice(s: Scene):
    """Answered by the link, and then once more."""
    door = WORTH_DOORS.behind(s.places["own"]["text-worth"])
    worth.say_by_link(door, worth.WorthDetails("yes"), s.at)
    return worth.say_by_page(door.point, worth.WorthDetails("no"), door.actor, s.at)


def known_after_all(s: Scene):
    """Somebody took it back meanwhile."""
    case = s.own(Case, "case_id-refused")
    row = facts_of(case.person_id)[0]
    learning.undo(case, row, s.worker, s.at)
    return learning.confirm(case, row, s.worker, s.at)


def card_for_nobody(s: Scene):
    """The hub says that they have died."""
    case = s.own(Case, "case_id")
    learning.learn(case, Said("close", "DIED", sure=False), s.service, s.at)
    return own.code_for(case.person, case.team_id, s.worker, s.at)


BREAKS: Breaks = [
    (learning.TakenBack, known_after_all),
    (own.NobodyToGive, card_for_nobody),
    (refusals.NoService, lambda s: hand_off(s, None)),
    (refusals.NotConfirmedYet, lambda s: hand_off(s, to="number-shipped-service")),
    (refusals.AlreadyOpen, hand_off),
    (refusals.NoConsent, send_in_doubt),
    (refusals.UnknownNeed, lambda s: handoff.hand_off(
        s.own(Case, "case_id-here"),
        handoff.HandOffDetails(
            {UUID(s.places["own"]["service_id"]): Level.FULL},
            needs={UUID(s.places["own"]["service_id"]): ["NONSENSE"]}),
        s.worker, s.at)),
    (StaleEdit, lambda s: tell(s, seen=99)),
    (refusals.IllegalMove, tell_after_the_end),
    (refusals.NoConsent, lambda s: tell(
        s, reach=True, how=replace(PLAINLY, provisional=True))),
    (refusals.NoNumber, tell_without_a_number),
    (refusals.NothingNew, tell),
    (StaleEdit, lambda s: write_up(s, ended(s), {}, seen=99)),
    (refusals.WrittenUp, lambda s: write_up(s, s.own(Referral, TAKEN), {"DRUG": "better"})),
    (refusals.WrittenUp, lambda s: write_up(s, ended(s), {"DRUG": "better"}, days=14)),
    (refusals.OutcomeNeeded, lambda s: write_up(s, ended(s), {"MH": "better"})),
    (StaleEdit, lambda s: move(s, Move.HOLD, seen=0)),
    (refusals.IllegalMove, lambda s: move(s, Move.ACCEPT)),
    (refusals.ReasonNeeded, lambda s: move(s, Move.REJECT, ASKED)),
    (refusals.ReasonNeeded, lambda s: handoff.note_unmet(
        s.own(Case, "case_id"), ["MH"], "no such reason", s.worker, s.at)),
    (refusals.NoteNeeded, lambda s: move(s, Move.ASK)),
    (refusals.TimeOutside, lambda s: move(s, Move.START, happened_at=s.at + SECOND)),
    (refusals.OutcomeNeeded, lambda s: move(s, Move.COMPLETE, reason="COMPL")),
    (refusals.OutcomeNeeded, lambda s: move(
        s, Move.COMPLETE, reason="COMPL", changes={"every": "no such change"})),
    (StaleEdit, lambda s: close(s, seen=99)),
    (refusals.ReasonNeeded, lambda s: close(s, "no such reason")),
    (refusals.StillOpen, close),
    (refusals.RefusalStands, lambda s: close(s, "DONE", case="case_id-refused")),
    (refusals.NothingToDrop, lambda s: drop(s, "case_id")),
    (refusals.ReasonNeeded, lambda s: drop(s, "case_id-refused", "no such reason")),
    (followup.NotTakenOn, lambda s: book(s, ASKED)),
    (followup.TooFar, lambda s: book(s, starts_at=s.at + timedelta(days=730) + SECOND)),
    (followup.BeforeItWasSent, lambda s: book(s, starts_at=s.at - timedelta(days=400))),
    (StaleEdit, lambda s: say(s, seen=0, came=True)),
    (refusals.ServiceClosed, lambda s: move(closing(s), Move.ACCEPT, ASKED)),
    (refusals.ServiceClosed, lambda s: book(closing(s))),
    (refusals.IllegalMove, assign_after_the_end),
    (refusals.IllegalMove, say_after_it_was_taken_back),
    (followup.SaidAlready, say_again),
    (followup.NotYet, say_before),
    (followup.WhyNot, lambda s: say(s, took_place=False)),
    (followup.NotTakenOn, attempt_after_the_end),
    (InTheFuture, lambda s: attempt(s, at=s.at + SECOND)),
    (TooEarly, lambda s: attempt(s, at=s.at - timedelta(days=400))),
    (followup.NotYourColleague, assign),
    (stopping.NotThen, lambda s: call(s, -timedelta(minutes=1))),
    (refusals.StopOver, call_who_confirmed),
    (NotNow, settle_twice),
    (followup.NotAsked, lambda s: followup.still_with_us(
        s.own(Referral, TAKEN), None, s.service, s.at)),
    (followup.NothingSaid, lambda s: followup.unbegin(
        s.own(Referral, TAKEN), Side.TARGET, s.service, s.at)),
    (GoneOnSince, unsay_what_was_held),
    (GoneOnSince, unsay_before_the_pause),
    (own.NotYours, word_about_a_stranger),
    (own.NotYours, worth_unasked),
    (worth.AnsweredAlready, worth_twice),
    (reaching.WaitsAlready, lambda s: reaching.ask_to_ring(
        s.own(Case, "case_id"), s.worker, s.at)),
    (reaching.CannotReach, lambda s: reaching.ask_to_ring(
        s.own(Case, "case_id-here"), s.worker, s.at)),
]  # fmt: skip
