"""What people do in sixty days, at random moments: asked, answered, met or not, gone silent.

A tenth of everything is left undone, as it happens; whoever looks must find it all the same.
"""

from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random

from overdue.escalation.seeded import arrive, let_go, named, refer
from sqlalchemy import select

from referral.accounts.users.actions import set_state
from referral.accounts.users.models import User
from referral.casework.cases.models import Case
from referral.casework.cases.next_steps import NextStep
from referral.casework.cases.owner_actions import take
from referral.consent.purposes import Level
from referral.db import db
from referral.directory.models import Service
from referral.handoff.followup.actions import AppointmentDetails, AttendanceDetails, book, say
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.actions import (
    HandOffDetails,
    close_case,
    hand_off,
    move,
    withdraw_sharing,
)
from referral.handoff.referrals.models import Referral, Stop
from referral.handoff.referrals.moving_actions import MoveDetails, codes_of
from referral.handoff.referrals.promise_actions import drop
from referral.handoff.referrals.queries import open_referrals
from referral.handoff.referrals.states import Move, Side
from referral.handoff.withdrawals.actions import CallDetails, confirm, note_call

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORKERS = ("Morag Sim", "Una Bain", "Rab Tait", "Elsie Orr")


class Story:
    """Everything that is still to happen, the next thing first."""

    def __init__(self, number: int, start: datetime, dice: Random) -> None:
        self.dice, self.plan, self.count = dice, [], 0
        self.did: dict[str, int] = {}
        for name in WORKERS[1:]:
            like = named(WORKERS[0])
            account = {"role": like.role, "organisation_id": like.organisation_id}
            email = f"{name.split()[0].lower()}@example.org"
            db.session.add(
                User(name=name, email=email, state="active", password_hash="", **account)
            )
        for each in range(number):
            self.later(start, self.somebody_comes, each, hours=(0, 30 * 24))
        for name in WORKERS[1:]:
            self.later(start, self.a_worker_leaves, name, hours=(10 * 24, 55 * 24))

    def later(self, at: datetime, act, *about, hours: tuple[float, float]) -> None:
        """Let something happen between so many hours from a moment."""
        self.count += 1
        moment = at + timedelta(seconds=round(self.dice.uniform(*hours) * 3600))
        heappush(self.plan, (moment, self.count, act, about))

    def until(self, at: datetime) -> None:
        """Let everything happen that is to happen by a moment."""
        while self.plan and self.plan[0][0] <= at:
            moment, _, act, about = heappop(self.plan)
            if act(*about, at=moment) is not False:
                self.did[act.__name__] = self.did.get(act.__name__, 0) + 1

    def chance(self, part: float) -> bool:
        return self.dice.random() < part

    def somebody_comes(self, number: int, *, at: datetime) -> None:
        case = arrive(number, at, overdose=self.chance(0.1))
        self.later(at, self.they_leave_custody, case.id, hours=(6, 11))

    def they_leave_custody(self, case_id, *, at: datetime) -> None:
        case = db.session.get(Case, case_id)
        let_go(case, at)
        self.later(at, self.they_are_handed_on, case_id, hours=(0.1, 5))

    def they_are_handed_on(self, case_id, *, at: datetime) -> None:
        case = db.session.get(Case, case_id)
        if self.chance(0.7):
            worker = named(self.dice.choice(WORKERS))
            if worker.state == "active":
                take(case, case.version, worker.actor, at)
        referral = refer(case, at, urgent=self.chance(0.2), taken=False)
        self.follow(referral, at)

    def follow(self, referral: Referral, at: datetime) -> None:
        if self.chance(0.85):  # the others never answer
            self.later(at, self.the_service_answers, referral.id, hours=(1, 120))
        if self.chance(0.12):
            self.later(at, self.the_person_takes_it_back, referral.id, hours=(1, 25 * 24))

    def the_service_answers(self, referral_id, *, at: datetime) -> bool | None:
        referral = db.session.get(Referral, referral_id)
        if referral.state != "requested":
            return False
        fate = self.dice.random()
        if fate < 0.12:
            self.step(referral, Move.REJECT, at, reason="CAP")
            self.later(at, self.the_team_finds_another, referral.case_id, hours=(2, 72))
        elif fate < 0.25:
            self.step(referral, Move.ASK, at, note="Morning or evening?")
            if self.chance(0.8):
                self.later(at, self.the_team_replies, referral_id, hours=(1, 60))
        else:
            self.step(referral, Move.ACCEPT, at)
            if self.chance(0.9):
                self.later(at, self.they_book, referral_id, hours=(1, 72))
        return None

    def the_team_replies(self, referral_id, *, at: datetime) -> bool | None:
        referral = db.session.get(Referral, referral_id)
        if referral.ended_at:
            return False
        reply = MoveDetails(Move.REPLY, referral.version, note="Evening")
        move(referral, reply, Side.REQUESTER, named("Ruth Kerr").actor, at)
        self.later(at, self.the_service_answers, referral_id, hours=(1, 48))
        return None

    def the_team_finds_another(self, case_id, *, at: datetime) -> bool | None:
        case = db.session.get(Case, case_id)
        open_ones = open_referrals(case.person_id)
        if case.closed_at or open_ones:
            return False
        others = select(Service).where(Service.name != "Recovery hub").order_by(Service.name)
        other = db.session.scalars(others).first()
        [referral] = hand_off(
            case, HandOffDetails({other.id: Level.SUMMARY}), named("Ruth Kerr").actor, at
        )
        self.follow(referral, at)
        return None

    def they_book(self, referral_id, *, at: datetime) -> bool | None:
        referral = db.session.get(Referral, referral_id)
        if referral.state not in {"accepted", "in-progress"}:
            return False
        starts = at + timedelta(hours=self.dice.randint(20, 200))
        meeting = book(referral, AppointmentDetails(starts), self.staff(referral), at)
        if self.chance(0.85):
            self.later(starts, self.it_is_said_who_came, meeting.id, hours=(0.5, 40))
        return None

    def it_is_said_who_came(self, meeting_id, *, at: datetime) -> bool | None:
        meeting = db.session.get(Appointment, meeting_id)
        referral, came = meeting.referral, self.chance(0.6)
        if referral.ended_at:
            return False
        said = AttendanceDetails(True, meeting.version, came=came)
        say(meeting, said, self.staff(referral), at)
        if came:
            self.later(at, self.they_pause_or_end, referral.id, hours=(3 * 24, 35 * 24))
        elif self.chance(0.7):
            self.later(at, self.they_book, referral.id, hours=(1, 48))
        return None

    def they_pause_or_end(self, referral_id, *, at: datetime) -> bool | None:
        referral = db.session.get(Referral, referral_id)
        if referral.state != "in-progress":
            return False
        if self.chance(0.2):
            self.step(referral, Move.HOLD, at, reason=self.dice.choice(("AWAY", "REMAND")))
            self.later(at, self.they_go_on, referral_id, hours=(5 * 24, 20 * 24))
            return None
        changes = dict.fromkeys(referral.needs, "better")
        self.step(referral, Move.COMPLETE, at, reason="COMPL", changes=changes)
        if self.chance(0.8):
            self.later(at, self.the_case_is_closed, referral.case_id, hours=(1, 120))
        return None

    def they_go_on(self, referral_id, *, at: datetime) -> bool | None:
        referral = db.session.get(Referral, referral_id)
        if referral.state != "on-hold":
            return False
        self.step(referral, Move.RESUME, at)
        self.later(at, self.they_pause_or_end, referral_id, hours=(48, 400))
        return None

    def the_person_takes_it_back(self, referral_id, *, at: datetime) -> None:
        referral = db.session.get(Referral, referral_id)
        withdraw_sharing(referral, named("Ruth Kerr").actor, at)
        self.later(at, self.the_case_is_closed, referral.case_id, hours=(1, 200))
        fate = self.dice.random()
        if fate < 0.5:
            self.later(at, self.the_service_has_stopped, referral_id, hours=(1, 300))
        elif fate < 0.7:
            self.later(at, self.somebody_rings, referral_id, hours=(1, 300))

    def the_service_has_stopped(self, referral_id, *, at: datetime) -> bool | None:
        stop = self.the_stop(referral_id)
        if stop is None:
            return False
        confirm(stop, self.staff(stop.referral), at)
        return None

    def somebody_rings(self, referral_id, *, at: datetime) -> bool | None:
        stop = self.the_stop(referral_id)
        if stop is None:
            return False
        note_call(stop, CallDetails("Moira", at, self.chance(0.5)), named("Ruth Kerr").actor, at)
        return None

    def the_case_is_closed(self, case_id, *, at: datetime) -> bool | None:
        case = db.session.get(Case, case_id)
        if case.closed_at or open_referrals(case.person_id):
            return False
        lead = named("Ruth Kerr").actor
        for refused in [one for one in case.promised if one.act is NextStep.REFUSED]:
            drop(case, refused.id, sorted(codes_of("drop", at))[0], lead, at)
        close_case(case, "DONE", case.version, lead, at)
        return None

    def a_worker_leaves(self, name: str, *, at: datetime) -> None:
        set_state(named(name), "closed", named("Neil Rae").actor, at)

    def the_stop(self, referral_id) -> Stop | None:
        wanted = select(Stop).filter_by(referral_id=referral_id, ended_at=None)
        return db.session.scalars(wanted).one_or_none()

    def step(self, referral: Referral, step: Move, at: datetime, **said) -> None:
        details = MoveDetails(step, referral.version, **said)
        move(referral, details, Side.TARGET, self.staff(referral), at)

    def staff(self, referral: Referral):
        """Somebody of the service."""
        of_it = select(User).filter_by(organisation_id=referral.service.organisation_id)
        return db.session.scalars(of_it.order_by(User.email)).first().actor
