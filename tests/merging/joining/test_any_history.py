"""Over any history, joining and parting never lose an episode nor give it to another person."""

import os
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run
from sqlalchemy import select
from support.said import WORKED_OUT, everybody_is_as_was_said
from support.state import rows_of

from referral.access.permissions import Role
from referral.accounts.users.models import User
from referral.casework.assessment.actions import save_draft
from referral.casework.assessment.models import Assessment
from referral.casework.cases.actions import answer_offer
from referral.casework.cases.models import Case
from referral.casework.cases.queries import open_case_of
from referral.casework.notes.actions import NoteDetails, write
from referral.casework.notes.models import CaseNote
from referral.casework.notes.spoken import Whom, Words
from referral.consent.actions import PLAINLY, Agreement
from referral.consent.models import Consent
from referral.consent.purposes import Answer, Level, Purpose
from referral.custody.actions import BookingDetails, OfferDetails, ReleaseDetails, release
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.desk.actions import Arrival, StillTrue, arrive, confirm
from referral.directory.models import Service
from referral.errors import RuleBroken
from referral.handoff.referrals.actions import HandOffDetails, close_case, hand_off, note_unmet
from referral.handoff.referrals.actions import withdraw_sharing as withdraw
from referral.handoff.referrals.models import Referral, UnmetNeed
from referral.known.models import Observation
from referral.merging.joining.actions import JoinDetails, join
from referral.merging.joining.models import Joining
from referral.merging.parting.actions import PartDetails, part
from referral.people.identity import Identity
from referral.people.models import Person, SaidDetail

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
OWNED = (Booking, Case, Referral, Consent)
HANGING = (Assessment, UnmetNeed, CaseNote, Observation, SaidDetail)
WRITTEN = (Person, *OWNED, *HANGING)
EXAMPLES = int(os.environ.get("HISTORIES", "8"))


def dump() -> dict:
    return rows_of(WRITTEN, {"version", *WORKED_OUT})


def test_an_episode_is_never_lost_or_swapped(app):
    class History(RuleBasedStateMachine):
        """People come and go; a team lead joins and parts their records in between."""

        def __init__(self):
            super().__init__()
            self.context = app.app_context()
            self.context.push()
            self.at = START
            users = select(User).order_by(User.email)
            staff = {user.role: user.actor for user in db.session.scalars(users)}
            self.desk = staff[Role.CUSTODY_OFFICER]
            self.worker, self.lead = staff[Role.WORKER], staff[Role.TEAM_LEAD]
            named = select(Service.id).order_by(Service.name).limit(2)
            self.services = db.session.scalars(named).all()
            self.people, self.owner, self.stay, self.came = [], {}, {}, {}
            self.standing = []  # (joining, how all was, whose all was, whether all is quiet since)

        def teardown(self):
            db.session.rollback()
            db.session.remove()
            self.context.pop()

        @contextmanager
        def doing(self, person_id=None, before=None):
            """Undo what a rule forbids; give what is new to whom it was done with."""
            self.at += timedelta(minutes=7)
            try:
                with db.session.begin_nested():
                    yield
                    db.session.flush()
            except RuleBroken:
                db.session.expire_all()
                assert before is None or dump() == before
                return
            if person_id:
                self.credit(self.survivor(person_id))

        def survivor(self, person_id):
            return db.session.get(Person, person_id).merged_into_id or person_id

        def credit(self, person_id):
            for joining in self.standing:
                if joining["kept"] == person_id:
                    joining["quiet"] = False
            live = self.live(person_id)
            for kind in OWNED:
                for row in self.rows(kind):
                    if (kind, row.id) not in self.owner:
                        self.owner[kind, row.id] = person_id
                        if kind is Consent:
                            self.stay[row.id] = live.id if live else None

        def live(self, person_id):
            stays = select(Booking).filter_by(person_id=person_id, released_at=None)
            return db.session.scalars(stays.order_by(Booking.authorised_at.desc())).first()

        def choose(self, data, rows):
            return data.draw(st.sampled_from(rows)) if rows else None

        def rows(self, kind, **filters):
            found = db.session.scalars(select(kind).filter_by(**filters).order_by(kind.id)).all()
            return sorted(found, key=lambda row: self.came.setdefault(row.id, len(self.came)))

        @rule(letter=st.sampled_from("ABCD"), phone=st.sampled_from(("", "07700 900001")))
        def somebody_new_comes(self, letter, phone):
            with self.doing():
                who = Identity(f"Jo{letter}", "Reid", sex="F", phone=phone)
                booking = arrive(Arrival(BookingDetails(who, self.at)), self.desk, self.at)
                self.people.append(booking.person_id)
                self.credit(booking.person_id)

        @initialize(accepted=st.lists(st.booleans(), min_size=2, max_size=3))
        def some_are_here(self, accepted):
            for letter, says_yes in zip("ABC", accepted, strict=False):
                self.somebody_new_comes(letter, "")
                if says_yes:
                    self.answer(self.live(self.people[-1]), OfferAnswer.ACCEPTED, Answer.GRANTED)

        @precondition(lambda self: self.people)
        @rule(data=st.data(), postcode=st.sampled_from(("", "G51 2AB")))
        def somebody_comes_back(self, data, postcode):
            person_id = data.draw(st.sampled_from(self.people))
            with self.doing(person_id):
                for stay in self.rows(Booking, person_id=self.survivor(person_id)):
                    self.leave(stay)
                who = Identity("Jo", "Reid", postcode=postcode)
                details = BookingDetails(who, self.at, person_id)
                booking = arrive(Arrival(details), self.desk, self.at)
                assert booking.person_id == self.survivor(person_id)

        def leave(self, stay):
            if stay.released_at is None:
                if not stay.offers:
                    said = OfferDetails(OfferAnswer.NOT_ASKED, stay.version, "RELQ")
                    answer_offer(stay, said, [], PLAINLY, self.desk, self.at)
                gone = ReleaseDetails("COURT", self.at, "none", stay.version)
                release(stay, gone, self.desk, self.at)
                self.at += timedelta(minutes=1)

        @precondition(lambda self: self.people)
        @rule(
            data=st.data(),
            answer=st.sampled_from((OfferAnswer.ACCEPTED, OfferAnswer.DECLINED)),
            desk=st.sampled_from(Answer),
        )
        def an_offer_is_answered(self, data, answer, desk):
            stay = self.choose(data, self.rows(Booking, released_at=None))
            if stay:
                self.answer(stay, answer, desk)

        def answer(self, stay, answer, desk):
            with self.doing(stay.person_id):
                said = OfferDetails(answer, stay.version, needs=frozenset({"DRUG"}))
                also = [Agreement(Purpose.DESK, desk)]
                answer_offer(stay, said, also, PLAINLY, self.desk, self.at)

        @rule(data=st.data(), number=st.integers(0, 1))
        def a_case_goes_to_a_service(self, data, number):
            case = self.choose(data, self.rows(Case, closed_at=None))
            if case:
                with self.doing(case.person_id):
                    to = HandOffDetails({self.services[number]: Level.SUMMARY})
                    hand_off(case, to, self.worker, self.at)

        @rule(data=st.data())
        def sharing_is_taken_back(self, data):
            referral = self.choose(data, self.rows(Referral, ended_at=None))
            if referral:
                with self.doing(referral.person_id):
                    withdraw(referral, self.worker, self.at)

        @rule(data=st.data(), what=st.sampled_from(("draft", "unmet", "note", "close")))
        def a_worker_works(self, data, what):
            case = self.choose(data, self.rows(Case, closed_at=None))
            if case is None:
                return
            with self.doing(case.person_id):
                if what == "draft":
                    drafts = self.rows(Assessment, case_id=case.id, finished_at=None)
                    version = drafts[0].version if drafts else 0
                    save_draft(case, {"goals": ["sleep"]}, version, self.worker, self.at)
                elif what == "unmet":
                    note_unmet(case, ["HOUS"], "NONE", self.worker, self.at)
                elif what == "note":
                    said = NoteDetails(Whom.NOBODY, None, self.at, Words())
                    write(case, said, self.worker, self.at)
                else:
                    close_case(case, "DONE", case.version, self.worker, self.at)

        @rule(data=st.data(), phone=st.sampled_from(("07700 900002", "07700 900003")))
        def what_was_kept_is_confirmed(self, data, phone):
            stay = self.choose(data, self.rows(Booking, released_at=None))
            if stay:
                with self.doing(stay.person_id):
                    confirm(stay, StillTrue(phone=phone), self.desk, self.at)

        @precondition(lambda self: len(self.people) > 1)
        @rule(data=st.data())
        def two_records_are_joined(self, data):
            two = st.lists(st.sampled_from(self.people), min_size=2, max_size=2, unique=True)
            one, other = data.draw(two)
            how, whose = dump(), dict(self.owner)
            with self.doing(before=how):
                joining = join(JoinDetails(one, other), self.lead, self.at)
                for row, owner in self.owner.items():
                    self.owner[row] = one if owner == other else owner
                self.standing.append(
                    {"row": joining, "kept": one, "how": how, "whose": whose, "quiet": True}
                )

        @precondition(lambda self: self.standing)
        @rule(data=st.data())
        def two_records_are_parted(self, data):
            chosen = data.draw(st.sampled_from(self.standing))
            joining, other = chosen["row"], chosen["row"].absorbed_id
            new = [
                row
                for row, owner in self.owner.items()
                if owner == joining.survivor_id and row not in chosen["whose"]
            ]
            given = set(data.draw(st.lists(st.sampled_from(new), unique=True)) if new else [])
            self.stay_then = {row: self.stay_of(*row) for row in new}
            with self.doing(before=dump()):
                details = PartDetails(joining.version, frozenset(row[1] for row in given))
                part(joining, details, self.lead, self.at)
                self.standing.remove(chosen)
                self.expect(chosen, new, given, other)

        def stay_of(self, kind, number):
            """The stay that something hangs on, before the records are parted; a stay on none."""
            if kind is Booking:
                return None
            if kind is Consent:
                return self.stay[number]
            return db.session.get(kind, number).booking_id

        def expect(self, chosen, new, given, other):
            """Back to whose it was; what is new goes as was said, and with what it hangs on."""
            kept = chosen["kept"]
            mine = {row for row, owner in self.owner.items() if owner == kept}
            for row in mine & chosen["whose"].keys():
                self.owner[row] = chosen["whose"][row]
            for kind, number in sorted(new, key=lambda row: row[0] is not Booking):
                goes = (kind, number) in given
                if stay := self.stay_then[kind, number]:
                    goes = self.owner[Booking, stay] == other
                self.owner[kind, number] = other if goes else kept
            for case in self.rows(Case):
                theirs = self.owner[Booking, case.booking_id]
                self.owner.setdefault((Case, case.id), theirs)  # who accepted has one again
            now = dump()
            for key, row in chosen["how"].items():
                if key[0] in {"person", "consent"} and self.was(chosen, row) in {kept, other}:
                    assert now[key] == row, "a person or an answer is not what it was"
                elif chosen["quiet"] and self.was(chosen, row) in {kept, other}:
                    assert now[key] == row, "not exactly as before"

        def was(self, chosen, row):
            """Whose a row was when the records were joined."""
            if "person_id" in row:
                return row["person_id"]
            if "case_id" in row:
                return chosen["whose"][Case, row["case_id"]]
            return row["id"]

        @invariant()
        def everybody_has_what_is_theirs(self):
            for (kind, number), owner in self.owner.items():
                row = db.session.get(kind, number)
                assert row is not None, f"a {kind.__name__} is lost"
                assert row.person_id == owner, f"a {kind.__name__} is swapped"

        @invariant()
        def what_belongs_together_is_together(self):
            db.session.expire_all()
            everybody_is_as_was_said()
            cases = {case.id: case for case in self.rows(Case)}
            for case in cases.values():
                assert case.booking.person_id == case.person_id
            for referral in self.rows(Referral):
                assert referral.person_id == cases[referral.case_id].person_id
                assert referral.ended_at or cases[referral.case_id].closed_at is None
            stays = {stay.id: stay.person_id for stay in self.rows(Booking)}
            for said in self.rows(Observation):
                assert said.person_id == stays[said.booking_id]
            for note in self.rows(CaseNote):
                assert cases[note.case_id].person_id == stays[note.booking_id]
            still_open = Counter(c.person_id for c in cases.values() if c.closed_at is None)
            assert max(still_open.values(), default=0) <= 1
            for person in self.rows(Person):
                if person.merged_into_id:
                    assert self.survivor(person.merged_into_id) == person.merged_into_id
                    assert not any(self.rows(kind, person_id=person.id) for kind in OWNED)
            standing = self.rows(Joining, parted_at=None)
            assert {row.id for row in standing} == {kept["row"].id for kept in self.standing}

        @invariant()
        def the_latest_answer_counts(self):
            for person_id in self.people:
                answers = self.rows(Consent, person_id=person_id)
                in_order = sorted(answers, key=lambda row: (row.given_at, row.order))
                assert [row.order for row in in_order] == sorted({row.order for row in answers})

        @invariant()
        def nobody_who_accepted_is_forgotten(self):
            for stay in self.rows(Booking, released_at=None):
                accepted = stay.last_offer and stay.last_offer.answer == OfferAnswer.ACCEPTED
                if accepted and not self.rows(Case, person_id=stay.person_id):
                    assert open_case_of(stay.person_id), "accepted, and on nobody's list"

    few = settings(max_examples=EXAMPLES, stateful_step_count=25, deadline=None)
    phases = settings(few, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    run(History, settings=settings(phases, suppress_health_check=list(HealthCheck)))
