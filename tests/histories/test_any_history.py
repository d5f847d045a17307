"""Over any order of acts and undos five things hold, whatever happened.

Each thing that was ever said is still there. A service sees no more than it was told, in its time
alone. Each open promise has one owner and a time. The facts that are kept are those that are made
anew out of all that was recorded. The report counts what happened.

`make histories` plays many more of them, and longer ones.
"""

import os

from histories.at_desk import AtDesk
from histories.promised import everything_is_promised
from histories.recount import recount
from histories.sight import (
    in_its_time,
    is_no_more_than_holds,
    is_no_more_than_was_told,
    people_now,
    words_that_left,
    yeses,
)
from histories.with_records import WithRecords
from histories.with_service import WithService
from histories.with_team import WithTeam
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant
from hypothesis.stateful import run_state_machine_as_test as run
from journey.facts_kept import facts_kept, facts_made_anew
from reports.test_measures import steps
from sqlalchemy import select
from support.said import everybody_is_as_was_said
from support.stories import moment

from referral.casework.cases.models import Case
from referral.consent.purposes import Answer, Level
from referral.custody.models import Booking
from referral.custody.offers import OfferAnswer
from referral.db import db
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.sight_queries import seen_of
from referral.journey.actions import keep_what_changed
from referral.known.models import Observation
from referral.known.now import Said
from referral.people.models import SaidDetail
from referral.reports.queries import team_report

EXAMPLES = int(os.environ.get("HISTORIES", "3"))
STEPS = int(os.environ.get("HISTORY_STEPS", "30"))
QUARTER = moment("2026-07-01 00:00"), moment("2026-10-01 00:00")
YEAR = moment("2026-01-01 00:00"), moment("2027-01-01 00:00")
NOTHING = (0, 0, 0)
MAY_CHANGE = {"person_id", "taken_back_at"}  # whose it is, and whether it counts


class History(AtDesk, WithTeam, WithService, WithRecords):
    """One way that all of it can go."""

    def __init__(self) -> None:
        super().__init__()
        self.said, self.left = {}, {}
        self.words = {}

    @initialize(data=st.data(), many=st.integers(1, 2))
    def some_are_with_us(self, data, many):
        for letter in "AB"[:many]:
            self.somebody_comes("Govan", letter, 0)
            stay = db.session.scalars(select(Booking).order_by(Booking.order)).all()[-1]
            said = {"DRUG": Said.YES, "MH": Said.YES}
            self.answers(stay, OfferAnswer.ACCEPTED, said, Answer.GRANTED, data)
        case = db.session.scalars(select(Case).order_by(Case.order)).all()[-1]
        self.hand_on(data, case, Level.FULL)
        row = db.session.scalars(select(Referral).order_by(Referral.order)).all()[0]
        self.moves_on(data, row, self.told.sent[row.id], "better")

    @invariant()
    def everything_that_was_said_is_still_there(self):
        table = Observation.__table__
        found = db.session.execute(select(table).order_by(table.c.order)).mappings().all()
        now = {row["id"]: {k: v for k, v in row.items() if k != "person_id"} for row in found}
        assert {number: now.get(number) for number in self.said} == self.said
        self.said = now
        for stay in self.told.stays.values():
            mine = [row for row in found if row["booking_id"] == stay.number]
            assert [(row["code"], str(row["answer"])) for row in mine] == stay.said
            assert {row["person_id"] for row in mine} <= {stay.who}, "said of somebody else"

    @invariant()
    def every_word_on_a_number_or_an_address_is_still_there(self):
        rows = db.session.execute(select(SaidDetail.__table__)).mappings()
        now = {r["id"]: {k: v for k, v in r.items() if k not in MAY_CHANGE} for r in rows}
        assert {number: now.get(number) for number in self.words} == self.words
        self.words = now
        everybody_is_as_was_said()

    @invariant()
    def a_service_sees_what_it_was_told_and_in_its_time(self):
        now = words_that_left()
        assert {number: now.get(number) for number in self.left} == self.left
        self.left = now
        rows = db.session.scalars(select(Referral).order_by(Referral.order)).all()
        said, people = yeses(self.at), people_now()
        for number, seen in seen_of(rows, self.at).items():
            one, (who, phone) = self.told.sent[number], people[number]
            assert who == one.stay.who
            assert seen.sight == in_its_time(one, who, said, self.at)
            mine = [row for row in now.values() if row["referral_id"] == number]
            is_no_more_than_was_told(seen, mine, one)
            if seen.sight != "reference":
                is_no_more_than_holds(seen, who, phone, one, said)

    @invariant()
    def each_promise_has_one_owner_and_a_time(self):
        everything_is_promised(self.told, self.at)

    @invariant()
    def the_facts_kept_are_those_made_anew(self):
        keep_what_changed(db.session())
        assert facts_kept() == facts_made_anew()

    @invariant()
    def the_report_counts_what_happened(self):
        self.report_is_right("2026-Q3", *QUARTER)

    def teardown(self) -> None:
        """The whole year is looked at once, at the end."""
        try:
            self.report_is_right("2026", *YEAR)
        finally:
            super().teardown()

    def report_is_right(self, period, starts, ends):
        """Every number of the team's own report, beside the one worked out from what happened."""
        keep_what_changed(db.session())
        found, by_hand = (
            team_report(period, self.lead, self.at),
            recount(self.told, starts, ends, self.at),
        )
        assert steps(found) == {c: row for c, row in by_hand.ladder.items() if row != NOTHING}
        needs = {
            n.title: (n.disclosed.value, n.referred.value, n.engaged.value) for n in found.needs
        }
        assert {title: row for title, row in needs.items() if row != NOTHING} == by_hand.needs
        not_asked, declined, worth = (parts(found, n) for n in range(3))
        assert not_asked == by_hand.not_asked
        assert declined == by_hand.declined
        assert worth == by_hand.worth


def parts(report, which: int) -> dict[str, int]:
    """One of the lists below the ladder."""
    found = report.reasons[which]
    counted = {name: part.value for name, part in found.parts.items()}
    assert found.total.value == sum(counted.values())
    return counted


def test_any_order_of_acts_and_undos_keeps_what_must_hold(stage):
    History.app = stage
    run(
        History,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
