"""What a worker does in a case, in any order, and takes back."""

from datetime import timedelta

from histories.at_desk import SAID, sayings
from histories.playing import PHONES, Playing
from histories.told import DANGERS, NEEDS, Sent
from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from referral.casework.assessment.actions import AssessmentDetails, Need, finish
from referral.casework.cases.actions import note_danger
from referral.casework.cases.models import Case
from referral.casework.cases.owner_actions import give, take
from referral.casework.contact_plan.actions import (
    PlanDetails,
    TryDetails,
    make,
    reach,
    try_to_reach,
    withdraw,
)
from referral.casework.contact_plan.fact_actions import confirm, undo
from referral.casework.contact_plan.queries import plan_of
from referral.casework.facts.models import SaidFact
from referral.consent.actions import PLAINLY, Agreement, Circumstances, record_agreements
from referral.consent.actions import confirm as says_the_same
from referral.consent.purposes import Answer, Level, Purpose
from referral.db import db
from referral.handoff.referrals.actions import (
    HandOffDetails,
    close_case,
    hand_off,
    move,
    note_unmet,
    withdraw_sharing,
)
from referral.handoff.referrals.disclosing_actions import MoreDetails, tell_more
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.needs_queries import known_needs
from referral.handoff.referrals.promise_actions import drop
from referral.handoff.referrals.states import Move, Side, moves_from
from referral.known.now import Said

REASONS = {"cancel": "NONEED", "mark_error": None}
RESULTS = ("reached", "NOANS", "WRONG", "REMAND", "HOSP", "MOVED", "DECEASED")
ENDS = ("DONE", "REACH", "CHOICE", "MOVED", "DIED", "ERR")
WORTH = st.sampled_from(("yes", "partly", "no"))
ASKED_WORTH = {"28d", "12w"}


class WithTeam(Playing):
    """Assessed, handed on, planned for, closed; and each of it taken back."""

    @rule(data=st.data(), said=SAID)
    def a_case_is_assessed(self, data, said):
        if case := self.case(data):
            said = said or {"DRUG": Said.YES}
            with self.doing():
                weighed = {code: "none" if one == "no" else "some" for code, one in said.items()}
                needs = [Need(code, weighed[code], True) for code in said if code in NEEDS]
                dangers = sayings({code: said[code] for code in said if code in DANGERS})
                details = AssessmentDetails(0, "cells", needs, dangers=dangers)
                finish(case, details, self.worker, self.at)
                told = self.told_of(case.booking_id)
                told.assessed = True
                told.hears({n.code: Said.NO if n.severity == "none" else Said.YES for n in needs})
                told.hears({code: said[code] for code in said if code in DANGERS})

    @rule(data=st.data(), code=st.sampled_from(DANGERS), yes=st.booleans())
    def a_danger_is_noted(self, data, code, yes):
        if case := self.case(data):
            with self.doing():
                said = {code: Said.YES if yes else Said.NO}
                note_danger(case, *sayings(said), self.worker, self.at)
                self.told_of(case.booking_id).hears(said)

    @rule(data=st.data(), level=st.sampled_from(Level), doubt=st.booleans(), all_=st.booleans())
    def a_case_goes_to_services(self, data, level, doubt, all_):
        if case := self.case(data):
            self.hand_on(data, case, level, doubt and not all_, all_)

    def hand_on(self, data, case, level, doubt=False, all_=True):
        services = self.services if all_ else [self.pick(data, self.services)]
        known = [need.code for need in known_needs(case, self.worker)]
        chosen = {one: [n for n in known if data.draw(st.booleans())] for one in services}
        with self.doing():
            how = Circumstances(provisional=doubt)
            to = HandOffDetails(dict.fromkeys(services, level), how=how, needs=chosen)
            for row in hand_off(case, to, self.worker, self.at):
                stay = self.told_of(row.booking_id)
                needs = frozenset(chosen[row.service_id])
                self.told.sent[row.id] = made = Sent(row.id, stay, row.service_id, needs)
                if not doubt:
                    made.goes("send", self.at)

    @rule(data=st.data())
    def a_doubt_is_gone_and_it_is_sent(self, data):
        if found := self.referral(data, Referral.state == "draft"):
            row, told = found
            with self.doing():
                says_the_same(row.person, self.worker, self.at)
                move(row, MoveDetails(Move.SEND, row.version), Side.REQUESTER, self.worker, self.at)
                told.goes("send", self.at)

    @rule(data=st.data(), level=st.sampled_from(Level), reach_=st.booleans())
    def a_service_is_told_more(self, data, level, reach_):
        if found := self.referral(data, Referral.sent_at.is_not(None), Referral.ended_at.is_(None)):
            row, told = found
            known = [need.code for need in known_needs(row.case, self.worker)]
            more = tuple(need for need in known if data.draw(st.booleans()))
            with self.doing():
                details = MoreDetails(row.version, level, reach_, more, name=True)
                tell_more(row, details, self.worker, self.at)
                told.chosen |= set(more)

    @rule(data=st.data())
    def sharing_is_taken_back(self, data):
        if found := self.referral(data):
            row, told = found
            mine = [one for one in self.told.sent.values() if one.open]
            same = [
                one for one in mine if (one.stay.who, one.service) == (told.stay.who, told.service)
            ]
            with self.doing():
                withdraw_sharing(row, self.worker, self.at)
                for one in same:
                    one.goes("cancel" if one.left else "mark_error", self.at)

    @rule(data=st.data(), purpose=st.sampled_from((Purpose.TALK, Purpose.CONTACT)))
    def a_yes_is_taken_back(self, data, purpose):
        if case := self.case(data):
            with self.doing():
                withdraw(case, purpose, self.worker, self.at)

    @rule(data=st.data(), purpose=st.sampled_from((Purpose.TALK, Purpose.CONTACT)))
    def they_agree_again(self, data, purpose):
        if case := self.case(data):
            with self.doing():
                yes = [Agreement(purpose, Answer.GRANTED)]
                record_agreements(case.person, yes, PLAINLY, self.worker, self.at)

    @rule(data=st.data())
    def the_team_moves_a_referral(self, data):
        if found := self.referral(data):
            row, told = found
            moves = [m for m in moves_from(row.state, Side.REQUESTER) if m is not Move.SEND]
            step = self.pick(data, moves)
            if step is None:
                return
            with self.doing():
                details = MoveDetails(step, row.version, REASONS.get(step), "So it was")
                move(row, details, Side.REQUESTER, self.worker, self.at)
                told.goes(step, self.at)

    @rule(data=st.data(), phone=st.sampled_from(PHONES))
    def a_plan_is_made(self, data, phone):
        if case := self.case(data):
            with self.doing():
                plan = plan_of(case)
                seen = plan.version if plan else 0
                make(case, PlanDetails("call", "rang", phone), seen, self.worker, self.at)

    @rule(data=st.data(), result=st.sampled_from(RESULTS), worth=WORTH)
    def they_are_rung(self, data, result, worth):
        case = self.case(data)
        plan = case and plan_of(case)
        if point := plan and self.pick(data, plan.planned):
            with self.doing():
                details = TryDetails("call", result, self.at, worth)
                try_to_reach(point, details, self.worker, self.at)
                if result == "reached" and point.point in ASKED_WORTH:
                    self.told_of(plan.booking_id).worth[point.id] = worth

    @rule(data=st.data())
    def they_are_met_outside(self, data):
        if case := self.case(data):
            with self.doing():
                reach(case, self.worker, self.at)

    @rule(data=st.data(), so=st.booleans())
    def a_fact_is_found_out(self, data, so):
        """It is so; or not, and what it had ended goes on."""
        wanted = select(SaidFact).where(SaidFact.undone_at.is_(None)).order_by(SaidFact.order)
        row = self.pick(data, db.session.scalars(wanted).all())
        mine = row and select(Case).filter_by(person_id=row.person_id).order_by(Case.order)
        if case := row and self.pick(data, db.session.scalars(mine).all()):
            with self.doing():
                (confirm if so else undo)(case, row, self.worker, self.at)

    @rule(data=st.data(), need=st.sampled_from(NEEDS))
    def no_service_fits(self, data, need):
        if case := self.case(data):
            with self.doing():
                note_unmet(case, [need], "none", self.worker, self.at)

    @rule(data=st.data())
    def a_refusal_is_dropped(self, data):
        case = self.case(data)
        if promise := case and self.pick(data, [p for p in case.promised if p.act == "refused"]):
            with self.doing():
                drop(case, promise.id, "NONEED", self.worker, self.at)

    @rule(data=st.data(), to=st.sampled_from(("take", "give", "back")))
    def a_case_changes_hands(self, data, to):
        if case := self.case(data):
            with self.doing():
                if to == "take":
                    take(case, case.version, self.worker, self.at)
                else:
                    give(case, None, case.version, self.lead, self.at)

    @rule(data=st.data(), reason=st.sampled_from(ENDS))
    def a_case_is_closed(self, data, reason):
        if case := self.case(data):
            with self.doing():
                close_case(case, reason, case.version, self.worker, self.at)

    @rule(hours=st.sampled_from((1, 9, 30, 100, 340, 960)))
    def time_passes(self, hours):
        self.at += timedelta(hours=hours)
