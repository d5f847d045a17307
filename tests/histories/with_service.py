"""What a service says, in any order, and takes back."""

from datetime import timedelta

from histories.playing import Playing
from histories.told import Meeting
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from referral.casework.contact_plan.try_actions import AttemptDetails
from referral.db import db
from referral.handoff.followup.actions import (
    AppointmentDetails,
    AttendanceDetails,
    attempt,
    begin,
    book,
    say,
    unbegin,
    unsay,
)
from referral.handoff.followup.models import Appointment
from referral.handoff.referrals.actions import move
from referral.handoff.referrals.answer_actions import take_back_answer
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.outcome_actions import write_up
from referral.handoff.referrals.states import TAKEN_ON, Move, Side, moves_from

REASONS = {
    "reject": ("CAP", "DUP"),
    "cancel": ("CANNOT",),
    "complete": ("COMPL", "DIED"),
    "fail": ("REACH", "MOVED"),
    "hold": ("AWAY", "REMAND"),
}
CHANGES = st.sampled_from(("better", "same", "unknown", "unknown"))
SENT = Referral.sent_at.is_not(None)


class WithService(Playing):
    """Answered, met, ended, written up; and each of it taken back."""

    @rule(data=st.data(), change=CHANGES)
    def a_service_moves_a_referral(self, data, change):
        if found := self.referral(data, SENT, Referral.ended_at.is_(None)):
            self.moves_on(data, *found, change)

    def moves_on(self, data, row, told, change):
        moves = moves_from(row.state, Side.TARGET)
        if not moves:
            return
        step = self.pick(data, moves)
        with self.doing():
            ends = step in {Move.COMPLETE, Move.FAIL}
            said = dict.fromkeys(row.needs, change) if ends else {}
            reason = self.pick(data, REASONS.get(step, (None,)))
            details = MoveDetails(step, row.version, reason, "So it is", said)
            move(row, details, Side.TARGET, self.service, self.at)
            told.goes(step, self.at)
            told.changes += said.values()

    @rule(data=st.data())
    def an_answer_was_a_mistake(self, data):
        if found := self.referral(data, Referral.state.in_(("accepted", "rejected"))):
            row, told = found
            with self.doing():
                take_back_answer(row, row.version, Side.TARGET, self.service, self.at)
                told.is_asked_anew()

    @rule(data=st.data(), hours=st.sampled_from((-30, -1, 20, 100)))
    def a_meeting_is_booked(self, data, hours):
        if found := self.referral(data, Referral.state.in_(TAKEN_ON)):
            row, told = found
            with self.doing():
                begins = self.at + timedelta(hours=hours)
                made = book(row, AppointmentDetails(begins), self.service, self.at)
                told.meetings[made.id] = Meeting(begins)

    def meeting(self, data, *, said: bool):
        """An appointment of which somebody has said what came of it, or nobody has."""
        known = Appointment.said_at.is_not(None) if said else Appointment.said_at.is_(None)
        wanted = select(Appointment).where(known).order_by(Appointment.order)
        return self.pick(data, db.session.scalars(wanted).all())

    @rule(
        data=st.data(),
        held=st.sampled_from((True, True, False)),
        came=st.sampled_from((True, True, False, None)),
        moved=st.booleans(),
    )
    def it_is_said_who_came(self, data, held, came, moved):
        if row := self.meeting(data, said=False):
            self.says(row, held, came, moved)

    def says(self, row, held, came, moved):
        told = self.told.sent[row.referral_id]
        met = told.meetings[row.id]
        with self.doing():
            to = self.at + timedelta(hours=50) if moved and not held else None
            why = None if held else "SERVICE"
            details = AttendanceDetails(
                held, row.version, came if held else None, why, "service" if to else None, to
            )
            after = say(row, details, self.service, self.at)
            met.held, met.came, met.before = held, details.came, ""
            if details.came and told.state == "accepted":
                met.before = told.state
                told.goes("start", self.at)
            if after:
                told.meetings[after.id] = Meeting(to)
                met.moved_to = after.id

    @rule(data=st.data())
    def what_was_said_of_a_meeting_was_a_mistake(self, data):
        if row := self.meeting(data, said=True):
            told = self.told.sent[row.referral_id]
            met = told.meetings[row.id]
            with self.doing():
                unsay(row, Side.TARGET, self.service, self.at)
                told.state = met.before or told.state
                told.meetings.pop(met.moved_to, None)
                met.held = met.came = met.moved_to = None

    @rule(data=st.data())
    def they_came_without_a_meeting(self, data):
        if found := self.referral(data, Referral.state == "accepted"):
            row, told = found
            with self.doing():
                begin(row, row.version, self.service, self.at)
                told.before = told.state
                told.goes("start", self.at)

    @precondition(lambda self: any(one.before for one in self.told.sent.values()))
    @rule(data=st.data())
    def that_they_came_was_a_mistake(self, data):
        begun = [one.number for one in self.told.sent.values() if one.before]
        if found := self.referral(data, Referral.id.in_(begun)):
            row, told = found
            with self.doing():
                unbegin(row, Side.TARGET, self.service, self.at)
                told.state, told.before = told.before, ""

    @rule(data=st.data(), result=st.sampled_from(("reached", "NOANS", "WRONG", "DECEASED")))
    def a_service_tries_to_reach_them(self, data, result):
        if found := self.referral(data, SENT, Referral.ended_at.is_(None)):
            row, told = found
            with self.doing():
                attempt(row, AttemptDetails("call", result, self.at), self.service, self.at)
                told.reached = told.reached or result == "reached"

    @rule(data=st.data(), change=CHANGES)
    def it_is_written_up(self, data, change):
        if found := self.referral(data, SENT, Referral.ended_at.is_not(None)):
            row, told = found
            with self.doing():
                said = dict.fromkeys(row.needs, change)
                write_up(row, said, row.version, self.service, self.at)
                told.changes += said.values()
