"""The facts are kept with what they are made of; what held before is not forgotten."""

from datetime import timedelta

import pytest
from journey.facts_kept import facts_kept, facts_made_anew
from sqlalchemy import Table, delete, select
from sqlalchemy.sql import visitors
from support.stories import moment

from referral import clock
from referral.casework.contact_plan.models import ReviewPoint
from referral.db import db
from referral.journey.actions import (
    KEYS,
    OWNERS,
    keep_what_changed,
    make_those_before,
)
from referral.journey.facts import FOREVER, whole_seconds
from referral.journey.models import Backlog, StayFacts
from referral.journey.queries import (
    READ,
    BeforeFacts,
    FactsNotMade,
    check_facts,
    facts_due,
    wanted_of,
)
from referral.merging.joining.models import Joining
from referral.people.models import Person
from referral.published.periods import period_of
from referral.reports.queries import became_of
from referral.reports.steps import Standing
from referral.reports.steps_queries import EVERYBODY, tallied
from referral.reports.worlds import World

STORY = """
2026-07-01 10:00 Ann booked at Govan
2026-07-01 10:05 Ann agreed telling DRUG
2026-07-01 11:00 Bob booked at Govan
2026-07-01 11:05 Bob declined
"""
QUARTER = period_of("2026-Q3")


@pytest.fixture
def at_hand(monkeypatch):
    """The clock, to be put."""

    def put(text: str):
        now = moment(text)
        monkeypatch.setattr(clock, "source", lambda: now)
        return now

    return put


def booked_and_agreed(at, as_at=None) -> tuple[int, int]:
    """How many stays began and agreed, as is known now or was at an earlier moment."""
    found = tallied(QUARTER, World(at, as_at))[EVERYBODY][""]
    return found["booked"].stays[Standing.REACHED], found["agreed"].stays[Standing.REACHED]


def test_a_report_can_be_made_again_as_it_was(stories, at_hand):
    first = at_hand("2026-07-02 09:00")
    stories.play(STORY)
    later = at_hand("2026-07-03 09:00")
    stories.play("2026-07-01 11:30 Bob agreed telling DRUG")
    assert booked_and_agreed(later) == (2, 2)
    assert booked_and_agreed(later, as_at=first) == (2, 1)
    assert booked_and_agreed(later, as_at=first - timedelta(seconds=1)) == (0, 0)
    assert facts_kept() == facts_made_anew()


def test_what_was_so_for_less_than_a_second_was_never_so(stories, at_hand):
    at_hand("2026-07-02 09:00")
    stories.play(STORY)
    stories.play("2026-07-01 11:30 Bob agreed telling DRUG")
    rows = db.session.scalars(select(StayFacts)).all()
    assert [row.known_until for row in rows] == [FOREVER, FOREVER]


def test_a_clock_that_was_put_back_loses_nothing(stories, at_hand):
    at_hand("2026-07-03 09:00")
    stories.play(STORY)
    at_hand("2026-07-02 09:00")
    stories.play("2026-07-01 11:30 Bob agreed telling DRUG")
    assert facts_kept() == facts_made_anew()
    assert {row.known_until for row in db.session.scalars(select(StayFacts))} == {FOREVER}


def test_facts_of_before_are_made_by_the_workers(stories):
    stories.play(STORY)
    before = facts_kept()
    for table in KEYS:
        db.session.execute(delete(table))
    db.session.execute(delete(Backlog))
    db.session.add(Backlog(id=1, last=10_000, done=False, kept_from=0))
    at = moment("2026-08-01 09:00")
    rounds = 0
    while due := facts_due(at):
        make_those_before(due[:1], at)
        rounds += 1
    assert facts_kept() == before
    assert rounds == 2


def test_nothing_is_looked_at_where_all_are_made(stories):
    stories.play(STORY)
    db.session.merge(Backlog(id=1, last=10_000, done=True, kept_from=0))
    assert facts_due(moment("2026-08-01 09:00")) == []


def test_whose_a_row_is_that_facts_are_made_of_is_known_of_every_table():
    read = {
        part.name
        for wanted, _ in wanted_of([]).values()
        for part in visitors.iterate(wanted)
        if isinstance(part, Table)
    }
    between = {ReviewPoint.__tablename__}  # stays with its plan
    assert read - between == {table.__tablename__ for table in READ}
    assert set(READ) <= set(OWNERS)


def test_a_change_of_what_is_read_alone_makes_facts_anew(stories, at_hand):
    at_hand("2026-07-02 09:00")
    stories.play(STORY)
    [stay] = [stay for stay in stories.came.values() if stay.person.forename == "Ann"]
    stay.cell = "12"
    at_hand("2026-07-03 09:00")
    keep_what_changed(db.session())
    held = select(StayFacts.known_from).where(StayFacts.booking_id == stay.id)
    assert db.session.scalars(held).all() == [whole_seconds(moment("2026-07-02 09:00"))]


def test_nothing_is_counted_until_all_are_made_nor_as_it_was_before_they_were_kept(stories):
    stories.play(STORY)
    kept_from = moment("2026-08-01 09:00")
    left = Backlog(id=1, last=10_000, done=False, kept_from=whole_seconds(kept_from))
    db.session.merge(left)
    with pytest.raises(FactsNotMade):
        check_facts()
    assert became_of(stories.came["Ann"].centre_id, kept_from) is None
    db.session.get_one(Backlog, 1).done = True
    check_facts()
    check_facts(kept_from)
    with pytest.raises(BeforeFacts):
        check_facts(kept_from - timedelta(seconds=1))


def test_a_stay_that_goes_to_another_record_changes_the_facts_of_both(stories):
    stories.play(
        STORY.replace("Bob declined", "Bob declined\n2026-07-20 10:00 Cat booked at Govan")
    )
    stories.play("2026-07-20 10:05 Cat same-as Ann")
    of_ann = select(StayFacts.next_at).where(StayFacts.booking_id == stories.came["Ann"].id)
    assert db.session.scalars(of_ann.where(StayFacts.known_until == FOREVER)).one() is not None
    cat = stories.came["Cat"]
    cat.person_id = stories.came["Bob"].person_id
    keep_what_changed(db.session())
    assert db.session.scalars(of_ann.where(StayFacts.known_until == FOREVER)).one() is None
    assert facts_kept() == facts_made_anew()


def test_whose_a_row_was_is_known_when_it_goes_to_somebody_else():
    for table, owners in OWNERS.items():
        for name, owner in owners.items():
            if owner is Person and name != "id" and table is not Joining:
                assert getattr(table, name).property.active_history, table


def test_an_assessment_that_was_begun_again_leaves_the_one_that_is_done(stories):
    stories.play(f"""{STORY}
2026-07-01 12:00 Ann assessed
2026-07-08 12:00 Ann half-assessed
""")
    of_ann = StayFacts.booking_id == stories.came["Ann"].id
    [done] = db.session.scalars(select(StayFacts.assessed_at).where(of_ann)).all()
    assert done == whole_seconds(moment("2026-07-01 12:00"))


def test_a_change_is_not_counted_before_its_facts_are_kept(stories):
    stories.play(STORY)
    check_facts()
    stories.came["Ann"].released_at = moment("2026-07-01 20:00")
    with pytest.raises(RuntimeError):
        check_facts()
    keep_what_changed(db.session())
    check_facts()
