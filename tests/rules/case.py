"""What is refused about a case: who has it, its plan, and what its end allows no more."""

from datetime import timedelta

from rules.scene import Breaks, Scene

from referral.access.permissions import Role
from referral.casework.assessment.instruments import instruments
from referral.casework.cases import actions as cases
from referral.casework.cases import owner_actions as owners
from referral.casework.cases.models import Case
from referral.casework.cases.refusals import (
    CaseClosed,
    ColleagueHasIt,
    NobodySaidSeen,
    NotInTeam,
    NotYours,
)
from referral.casework.cases.seen_actions import take_back_seen
from referral.casework.change import actions as change
from referral.casework.contact_plan import actions as plans
from referral.casework.contact_plan import held_actions as held
from referral.casework.contact_plan import try_actions as tries
from referral.casework.contact_plan.models import ReviewPoint
from referral.casework.contact_plan.queries import plan_of
from referral.casework.notes import actions as notes
from referral.casework.notes.models import CaseNote
from referral.casework.notes.spoken import How, Whom, Why, Words
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Purpose
from referral.custody.actions import ReleaseDetails
from referral.db import db
from referral.errors import StaleEdit
from referral.handoff.referrals import actions as handoff
from referral.handoff.referrals.leaving_actions import tell_where
from referral.known.actions import Saying
from referral.known.now import About

SECOND = timedelta(seconds=1)


def note_in_a_closed_case(s: Scene):
    """A worker hears of an overdose of somebody whose case has ended."""
    case = s.own(Case, "case_id-here")
    handoff.close_case(case, "DONE", case.version, s.worker, s.at)
    return cases.note_danger(case, Saying(About.DANGER, "overdose"), s.worker, s.at)


def talk(s: Scene, how: How | None = How.RANG, name: str = "case_id", at=None):
    """What was said in a talk."""
    details = notes.NoteDetails(Whom.PERSON, how, at or s.at, Words(said="They ring on Friday"))
    return notes.write(s.own(Case, name), details, s.worker, s.at)


def talk_in_a_closed_case(s: Scene):
    """It has ended."""
    s.own(Case, "case_id-here").close("DONE", s.at)
    return talk(s, name="case_id-here")


def correct_nothing(s: Scene):
    """It is sent as it stood."""
    note = s.own(CaseNote, "note_id")
    details = notes.NoteDetails(note.whom, note.how, note.happened_at, note.words)
    return notes.correct(note, details, s.worker, s.at)


def correct_what_is_gone(s: Scene):
    """The note was taken back."""
    note = s.own(CaseNote, "note_id")
    notes.take_back(note, Why.TWICE, s.worker, s.at)
    details = notes.NoteDetails(Whom.NOBODY, None, s.at, Words(said="So it was"))
    return notes.correct(note, details, s.worker, s.at)


def give(s: Scene, to, by=None, seen: int | None = None):
    """The case that the worker has, to somebody else."""
    case = s.own(Case, "case_id")
    version = case.version if seen is None else seen
    return owners.give(case, to, version, by or s.worker, s.at)


def give_anothers(s: Scene):
    """It is a colleague's."""
    case = s.own(Case, "case_id")
    case.worker_id = None
    db.session.flush()
    return owners.give(case, s.user(Role.WORKER), case.version, s.worker, s.at)


def take_anothers(s: Scene):
    """The lead has it."""
    case = s.own(Case, "case_id")
    owners.give(case, s.user(Role.TEAM_LEAD), case.version, s.lead, s.at)
    db.session.flush()
    return owners.take(case, case.version, s.worker, s.at)


def close_twice(s: Scene):
    """It is over."""
    case = s.own(Case, "case_id-here")
    case.close("DONE", s.at)
    return case.close("MOVED", s.at)


def open_a_history(s: Scene):
    """Whoever would read it writes down that they may, of somebody whom nobody has yet."""
    yes = [Agreement(Purpose.HISTORY, Answer.GRANTED)]
    return cases.agree(s.own(Case, "case_id-here"), yes, PLAINLY, s.worker, s.at)


def measure(s: Scene, *codes: str, name: str = "point_id-reached"):
    """The measures of these codes, asked again, every question answered with nought."""
    packs = instruments()
    said = change.AgainDetails({code: [0 for _ in packs[code].questions] for code in codes})
    return change.ask_again(s.own(ReviewPoint, name), said, s.worker, s.at)


def plan(s: Scene, seen: int, name: str = "case_id"):
    """How to stay in touch."""
    return plans.make(s.own(Case, name), plans.PlanDetails("text", "no"), seen, s.worker, s.at)


def plan_without_a_yes(s: Scene):
    """They do not want to be contacted."""
    case = s.own(Case, "case_id")
    said = [Agreement(Purpose.CONTACT, Answer.REFUSED)]
    record_agreements(case.person, said, PLAINLY, s.worker, s.at)
    return plan(s, plan_of(case).version)


def reach(s: Scene, result: str = "reached", at=None, name: str = "7d"):
    """A try to reach the person whose plan there is."""
    points = plan_of(s.own(Case, "case_id")).points
    point = next(point for point in points if point.point == name)
    details = plans.TryDetails("call", result, at or s.at)
    return plans.try_to_reach(point, details, s.worker, s.at)


def reach_twice(s: Scene):
    """The follow-up is over with the first."""
    reach(s)
    return reach(s)


def reach_without_a_yes(s: Scene):
    """They took it back since the plan was made."""
    person = s.own(ReviewPoint, "point_id").plan.case.person
    said = [Agreement(Purpose.CONTACT, Answer.WITHDRAWN)]
    record_agreements(person, said, PLAINLY, s.worker, s.at)
    return reach(s)


def back(s: Scene, at=None):
    """Back tomorrow."""
    return plans.resume(s.own(Case, "case_id"), at or s.at + SECOND, s.worker, s.at)


def confirm_a_history(s: Scene):
    """What they said in doubt, that workers may see their history, a colleague confirms."""
    return cases.confirm_agreements(s.own(Case, "case_id-doubted"), s.lead, s.at)


def tell_where_of_a_closed_case(s: Scene):
    """A worker hears that somebody has left court whose case has ended."""
    case = s.own(Case, "case_id-court")
    case.close("DONE", s.at)
    return tell_where(case, ReleaseDetails("FROMCOURT", s.at, "has", 0), s.worker, s.at)


def wait_for_nobody(s: Scene):
    """They are free, and nobody said otherwise."""
    return held.look_again(s.own(Case, "case_id"), s.worker, s.at)


BREAKS: Breaks = [
    (change.NotReachedThen, lambda s: measure(s, "phq-2", name="point_id")),
    (change.AnswerOne, measure),
    (change.NotAskedAtFirst, lambda s: measure(s, "fast")),
    (held.NotHeld, wait_for_nobody),
    (StaleEdit, lambda s: owners.take(s.own(Case, "case_id"), 0, s.worker, s.at)),
    (CaseClosed, note_in_a_closed_case),
    (CaseClosed, talk_in_a_closed_case),
    (notes.SaysTheSame, correct_nothing),
    (notes.SayHow, lambda s: talk(s, how=None)),
    (notes.NoteTakenBack, correct_what_is_gone),
    (
        notes.NotYourNote,
        lambda s: notes.take_back(s.own(CaseNote, "note_id"), Why.TWICE, s.lead, s.at),
    ),
    (tries.InTheFuture, lambda s: talk(s, at=s.at + SECOND)),
    (StaleEdit, lambda s: give(s, None, seen=0)),
    (NobodySaidSeen, lambda s: take_back_seen(s.own(Case, "case_id-here"), s.worker, s.at)),
    (NotYours, give_anothers),
    (CaseClosed, close_twice),
    (ColleagueHasIt, take_anothers),
    (cases.NotTheirWorker, open_a_history),
    (cases.NotTheirWorker, confirm_a_history),
    (CaseClosed, tell_where_of_a_closed_case),
    (NotInTeam, lambda s: give(s, s.user(Role.PEER))),
    (plans.NotToBeContacted, plan_without_a_yes),
    (StaleEdit, lambda s: plan(s, 0)),
    (tries.InTheFuture, back),
    (tries.TooEarly, lambda s: back(s, s.at - timedelta(days=400))),
    (plans.PointOver, reach_twice),
    (tries.InTheFuture, lambda s: reach(s, at=s.at + SECOND)),
    (plans.NotToBeContacted, reach_without_a_yes),
    (plans.WorthNeeded, lambda s: reach(s, name="28d")),
]
