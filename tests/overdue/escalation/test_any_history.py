"""Over any history, everything open has one owner, a state and a due time, and is on a list."""

import os
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run
from overdue.escalation.silent import silent
from sqlalchemy import select, update
from sqlalchemy.orm import scoped_session, sessionmaker

from referral.access.permissions import Permission, Role
from referral.accounts.users.actions import UserDetails, change_user, set_state
from referral.accounts.users.models import User
from referral.casework.assessment.actions import AssessmentDetails, Need, finish
from referral.casework.cases.actions import answer_offer
from referral.casework.cases.models import Case
from referral.casework.cases.owner_actions import give, take
from referral.casework.contact_plan.actions import (
    PlanDetails,
    TryDetails,
    make,
    reach,
    resume,
    try_to_reach,
    withdraw,
)
from referral.casework.contact_plan.models import ReviewPoint
from referral.consent.actions import Agreement, Circumstances
from referral.consent.actions import confirm as says_the_same
from referral.consent.purposes import Answer, Level, Purpose
from referral.custody.actions import BookingDetails, OfferDetails, ReleaseDetails, open_booking
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.directory.actions import CapacityDetails, say_capacity
from referral.directory.models import Service
from referral.errors import RuleBroken
from referral.handoff.followup.actions import AppointmentDetails, AttendanceDetails, book, say
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.actions import (
    HandOffDetails,
    close_case,
    hand_off,
    move,
    note_unmet,
    withdraw_sharing,
)
from referral.handoff.referrals.leaving_actions import leave
from referral.handoff.referrals.models import Referral, Stop
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side, moves_from
from referral.handoff.withdrawals.actions import CallDetails, confirm, note_call
from referral.jobs.runner import Halt, Worker
from referral.overdue.escalation.queries import check
from referral.people.identity import Identity

START = datetime(2026, 3, 24, 12, tzinfo=UTC)  # the clocks change, Easter comes
REASONS = {Move.REJECT: "CAP", Move.CANCEL: "WITHDREW", Move.COMPLETE: "COMPL", Move.FAIL: "REACH"}
RESULTS = ("reached", "NOANS", "WRONG", "REMAND", "HOSP", "MOVED", "DECEASED")
EXAMPLES = int(os.environ.get("HISTORIES", "6"))


def test_nothing_goes_silent(app):
    class History(RuleBasedStateMachine):
        """One team, three services of which one has no address, and people who come and go."""

        def __init__(self):
            super().__init__()
            self.context = app.app_context()
            self.context.push()
            self.real, self.connection = db.session, db.engine.connect()
            self.outer = self.connection.begin()
            db.session = scoped_session(
                sessionmaker(
                    bind=self.connection,
                    join_transaction_mode="create_savepoint",
                    expire_on_commit=False,
                )
            )
            self.at, self.came = START, {}
            users = db.session.scalars(select(User).order_by(User.email)).all()
            staff = {user.role: user for user in reversed(users)}
            self.desk, self.lead = staff[Role.CUSTODY_OFFICER].actor, staff[Role.TEAM_LEAD].actor
            self.administrator = staff[Role.ADMINISTRATOR].actor
            self.worker = staff[Role.WORKER].id
            wanted = select(Service).order_by(Service.name, Service.id).limit(3)
            self.services = [service.id for service in db.session.scalars(wanted)]
            mute = update(Service).where(Service.id == self.services[2])
            db.session.execute(mute.values(email=""))
            db.session.commit()

        def teardown(self):
            db.session.remove()
            self.outer.rollback()
            self.connection.close()
            db.session = self.real
            self.context.pop()

        @contextmanager
        def doing(self):
            """As a page does it: all of it, or nothing where a rule forbids it."""
            self.at += timedelta(minutes=7)
            try:
                yield
                db.session.commit()
            except RuleBroken:
                db.session.rollback()
            self.note_who_came()

        def rows(self, kind, *which):
            """In the order in which they came, so that the same history is the same again."""
            found = db.session.scalars(select(kind).where(*which).order_by(kind.id)).all()
            return sorted(found, key=lambda row: self.came[row.id])

        def note_who_came(self):
            for kind in (Booking, Case, Referral, Stop, Appointment, ReviewPoint):
                in_order = getattr(kind, "due_at", kind.id), kind.id
                for number in db.session.scalars(select(kind.id).order_by(*in_order)):
                    self.came.setdefault(number, len(self.came))

        def one(self, data, kind, *which):
            found = self.rows(kind, *which)
            return found[data.draw(st.integers(0, len(found) - 1))] if found else None

        def case(self, data):
            return self.one(data, Case, Case.closed_at.is_(None))

        def sent(self, data):
            return self.one(data, Referral, Referral.sent_at.is_not(None))

        @initialize(overdoses=st.lists(st.booleans(), min_size=1, max_size=2))
        def some_are_with_us(self, overdoses):
            for overdose in overdoses:
                self.somebody_comes(overdose, OfferAnswer.ACCEPTED)
                case = self.rows(Case)[-1]
                self.hand_on(case, 0, False, False)

        @rule(
            overdose=st.booleans(),
            answer=st.sampled_from((OfferAnswer.ACCEPTED, OfferAnswer.DECLINED)),
        )
        def somebody_comes(self, overdose, answer):
            with self.doing():
                who = Identity(f"Jo{len(self.came)}", "Reid", phone="07700 900123")
                booking = open_booking(BookingDetails(who, self.at), self.desk, self.at)
                self.offer(booking, overdose, answer)

        @rule(data=st.data(), answer=st.sampled_from(OfferAnswer), overdose=st.booleans())
        def somebody_comes_back(self, data, answer, overdose):
            if case := self.one(data, Case, Case.id.is_not(None)):
                with self.doing():
                    person = case.person
                    who = Identity(person.forename, person.surname)
                    details = BookingDetails(who, self.at, person.id)
                    self.offer(open_booking(details, self.desk, self.at), overdose, answer)

        def offer(self, booking, overdose, answer):
            said = OfferDetails(
                answer, booking.version, "RELQ", self.at + timedelta(hours=1),
                needs=frozenset({"DRUG"}), dangers=frozenset({"overdose"} if overdose else ()),
                contact_anyway=True,
            )  # fmt: skip
            yes = [Agreement(Purpose.CONTACT, Answer.GRANTED)]
            answer_offer(booking, said, yes, Circumstances(), self.desk, self.at)

        @rule(data=st.data(), route=st.sampled_from(("UNDERTAKING", "REMAND", "HOSP")))
        def they_leave(self, data, route):
            if stay := self.one(data, Booking, Booking.released_at.is_(None)):
                with self.doing():
                    gone = ReleaseDetails(route, self.at, "has", stay.version)
                    leave(stay, gone, self.desk, self.at)

        @rule(data=st.data(), what=st.sampled_from(("assess", "unmet", "met", "back", "close")))
        def the_team_works(self, data, what):
            if case := self.case(data):
                with self.doing():
                    if what == "assess":
                        details = AssessmentDetails(0, needs=[Need("DRUG", "high", True)])
                        finish(case, details, self.lead, self.at)
                    elif what == "unmet":
                        note_unmet(case, ["HOUS"], "none", self.lead, self.at)
                    elif what == "met":
                        reach(case, self.lead, self.at)
                    elif what == "back":
                        resume(case, self.at, self.lead, self.at)
                    else:
                        close_case(case, "DONE", case.version, self.lead, self.at)

        @rule(data=st.data(), number=st.integers(0, 2), urgent=st.booleans(), doubt=st.booleans())
        def they_are_handed_on(self, data, number, urgent, doubt):
            if case := self.case(data):
                self.hand_on(case, number, urgent, doubt)

        def hand_on(self, case, number, urgent, doubt):
            with self.doing():
                to, how = {self.services[number]: Level.SUMMARY}, Circumstances(provisional=doubt)
                hand_off(case, HandOffDetails(to, urgent, how=how), self.lead, self.at)

        @rule(data=st.data(), side=st.sampled_from(Side))
        def a_referral_moves(self, data, side):
            referral = self.one(data, Referral, Referral.ended_at.is_(None))
            moves = moves_from(referral.state, side) if referral else ()
            if not moves:
                return
            step = data.draw(st.sampled_from(moves))
            hold = data.draw(st.sampled_from(("AWAY", "REMAND")))
            with self.doing():
                if step is Move.SEND:
                    says_the_same(referral.person, self.lead, self.at)
                details = MoveDetails(
                    step, referral.version, hold if step is Move.HOLD else REASONS.get(step),
                    "note", changes={"every": "unknown"} if step in REASONS else {},
                )  # fmt: skip
                move(referral, details, side, self.lead, self.at)

        @rule(data=st.data(), days=st.integers(-2, 20))
        def a_meeting_is_booked(self, data, days):
            if referral := self.sent(data):
                with self.doing():
                    details = AppointmentDetails(self.at + timedelta(days=days))
                    book(referral, details, self.lead, self.at)

        @rule(data=st.data(), came=st.sampled_from((True, False, None)), held=st.booleans())
        def it_is_said_who_came(self, data, came, held):
            meeting = self.one(data, Appointment, Appointment.said_at.is_(None))
            if meeting:
                with self.doing():
                    why = None if held else "SERVICE"
                    moved = None if held else self.at + timedelta(days=3)
                    details = AttendanceDetails(
                        held, meeting.version, came if held else None, why, "service", moved
                    )
                    say(meeting, details, self.lead, self.at)

        @rule(data=st.data())
        def a_plan_is_made(self, data):
            if case := self.case(data):
                with self.doing():
                    make(case, PlanDetails("call", "rang"), 0, self.lead, self.at)

        @rule(data=st.data(), result=st.sampled_from(RESULTS))
        def they_are_rung(self, data, result):
            if point := self.one(data, ReviewPoint, ReviewPoint.closed_at.is_(None)):
                with self.doing():
                    details = TryDetails("call", result, self.at, "yes")
                    try_to_reach(point, details, self.lead, self.at)

        @rule(data=st.data(), purpose=st.sampled_from((None, Purpose.TALK, Purpose.CONTACT)))
        def a_yes_is_taken_back(self, data, purpose):
            referral = self.one(data, Referral, Referral.id.is_not(None))
            if referral:
                with self.doing():
                    if purpose:
                        withdraw(referral.case, purpose, self.lead, self.at)
                    else:
                        withdraw_sharing(referral, self.lead, self.at)

        @rule(data=st.data(), how=st.sampled_from(("confirm", "call", "call and confirm")))
        def a_service_stops(self, data, how):
            if stop := self.one(data, Stop, Stop.id.is_not(None)):
                with self.doing():
                    if how == "confirm":
                        confirm(stop, self.lead, self.at)
                    else:
                        call = CallDetails("Moira", self.at, how != "call")
                        note_call(stop, call, self.lead, self.at)

        @rule(number=st.integers(0, 2), email=st.sampled_from(("", "a@example.org")))
        def a_service_moves(self, number, email):
            with self.doing():
                service = db.session.get(Service, self.services[number])
                said = CapacityDetails("capacity", email=email)
                say_capacity(service, said, service.version, self.administrator, self.at)

        @rule(data=st.data(), to=st.sampled_from(("take", "give", "back")))
        def a_case_changes_hands(self, data, to):
            worker = db.session.get(User, self.worker)
            if (case := self.case(data)) and worker.state == "active":
                with self.doing():
                    if to == "take" and worker.actor.may(Permission.WORK_CASES):
                        take(case, case.version, worker.actor, self.at)
                    else:
                        chosen = worker if to == "give" else None
                        give(case, chosen, case.version, self.lead, self.at)

        @rule(what=st.sampled_from(("closed", "locked", "active", "peer", "worker", "elsewhere")))
        def a_worker_goes(self, what):
            user, team = db.session.get(User, self.worker), self.lead.organisation_id
            with self.doing():
                if what in {"closed", "locked", "active"}:
                    set_state(user, what, self.administrator, self.at)
                else:
                    other = db.session.get(Service, self.services[0]).organisation_id
                    becomes = {
                        "peer": (Role.PEER, team),
                        "worker": (Role.WORKER, team),
                        "elsewhere": (Role.SERVICE_WORKER, other),
                    }[what]
                    details = UserDetails(user.name, *becomes)
                    change_user(user, details, user.version, self.administrator, self.at)

        @rule(hours=st.sampled_from((1, 9, 30, 100, 700)))
        def time_passes(self, hours):
            self.at += timedelta(hours=hours)
            for _ in range(2):  # at its very first look a worker only sets the clock of its rounds
                Worker(app.extensions["work"], lambda: self.at).drain(Halt())
                self.at += timedelta(minutes=1)
            self.at -= timedelta(minutes=1)
            assert silent(self.at, told=True) == []

        @invariant()
        def nothing_is_silent(self):
            db.session.expire_all()
            assert silent(self.at) == []
            assert check(self.at).sound

    run(
        History,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
