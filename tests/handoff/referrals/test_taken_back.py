"""A yes, a no or an attendance that was said by mistake counts as if it had not been said."""

from datetime import timedelta

import pytest
from support.state import state
from support.stories import moment

from referral.directory.deadlines import SHIPPED, Kind
from referral.directory.queries import deadlines_at
from referral.errors import StaleEdit
from referral.handoff.followup.actions import NothingSaid, unsay
from referral.handoff.followup.models import Appointment
from referral.handoff.followup.queries import appointments_of
from referral.handoff.referrals.answer_actions import (
    GoneOnSince,
    NothingAnswered,
    TheirOwnAnswer,
    TooLateToTakeBack,
    take_back_answer,
)
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.queries import unmet_needs
from referral.handoff.referrals.states import Move, Side
from referral.handoff.referrals.unmet_actions import count_unmet, no_longer_turned_away
from referral.published.periods import period_of
from referral.reports.queries import counts, in_councils

SENT = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 10:00 Ann agreed telling DRUG HOUS
2026-08-03 14:00 Ann referred to hub
"""
AT = moment("2026-08-04 12:00")
LATER = AT + timedelta(hours=1)
ANSWERS = {
    "accepted": "2026-08-04 12:00 Ann accepted by hub",
    "turned away": "2026-08-04 12:00 Ann turned-away by hub because of CAP",
}
HISTORY = "referral_event"  # what was said is kept there, and that it was taken back


@pytest.fixture
def referral(stories) -> Referral:
    return stories.play(SENT).referral("Ann", "hub")


def counted(stories):
    """Everything that a report counts of these weeks."""
    return counts(period_of("2026-Q3"), in_councils(("S12000049",)), LATER)


def takes_back(stories, referral, at=LATER, side=Side.TARGET, by=None, seen=None):
    version = referral.version if seen is None else seen
    return take_back_answer(referral, version, side, by or stories.theirs(referral), at)


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_taken_back_and_all_is_as_before(stories, referral, answer):
    before, numbers = state(HISTORY), counted(stories)
    stories.play(answer)
    assert state(HISTORY) != before
    takes_back(stories, referral)
    assert state(HISTORY) == before
    assert counted(stories) == numbers
    assert referral.events[-1].move == Move.TAKE_BACK
    assert [event.move for event in referral.said] == [Move.SEND]


def test_what_was_answered_by_mistake_can_be_answered_rightly(stories, referral):
    stories.play(ANSWERS["turned away"])
    takes_back(stories, referral)
    stories.play("2026-08-04 14:00 Ann accepted by hub")
    assert referral.state == "accepted"
    with pytest.raises(StaleEdit):
        takes_back(stories, referral, seen=0)


def test_a_question_that_was_open_is_open_again(stories, referral):
    stories.play("2026-08-04 11:00 Ann asked-about by hub")
    assert stories.case("Ann").next_act == "answer"
    stories.play(ANSWERS["accepted"])
    takes_back(stories, referral)
    assert stories.case("Ann").next_act == "answer"


def test_a_need_that_a_mistaken_no_has_counted_counts_no_more(stories, referral):
    stories.play(ANSWERS["turned away"])
    due = deadlines_at(AT).due(Kind.DECIDE, AT, None) + timedelta(minutes=1)
    count_unmet([referral.case_id], due)
    counted_by_itself = [row for row in unmet_needs(referral.case_id) if row.met_at is None]
    assert counted_by_itself
    no_longer_turned_away(referral, AT, due)
    assert all(row.met_at for row in unmet_needs(referral.case_id))


def test_an_administrator_sets_for_how_long(stories, referral):
    assert Kind.TAKE_BACK in SHIPPED
    stories.play(ANSWERS["accepted"])
    last = deadlines_at(AT).due(Kind.TAKE_BACK, AT, None)
    with pytest.raises(TooLateToTakeBack):
        takes_back(stories, referral, last + timedelta(seconds=1))
    takes_back(stories, referral, last)


@pytest.mark.parametrize(
    ("answer", "since"),
    [
        ("accepted", "2026-08-04 12:10 Ann asked-about by hub"),
        ("accepted", "2026-08-04 12:10 Ann expected by hub 2026-08-10 10:00"),
        ("turned away", "2026-08-04 12:10 Ann referred to homes"),
    ],
)
def test_what_somebody_acted_on_stands(stories, referral, answer, since):
    stories.play(ANSWERS[answer])
    stories.play(since)
    with pytest.raises(GoneOnSince):
        takes_back(stories, referral)


def test_the_team_takes_back_what_it_typed_and_no_answer_of_the_service(stories, referral):
    with pytest.raises(NothingAnswered):
        takes_back(stories, referral)
    stories.play(ANSWERS["accepted"])
    with pytest.raises(TheirOwnAnswer):
        takes_back(stories, referral, side=Side.REQUESTER, by=stories.worker)


def meeting(stories, referral) -> Appointment:
    stories.play("2026-08-04 12:00 Ann accepted by hub")
    stories.play("2026-08-04 12:05 Ann expected by hub 2026-08-05 10:00")
    return appointments_of(referral.id)[0]


SAID = (
    "2026-08-05 11:00 Ann came to hub",
    "2026-08-05 11:00 Ann missed hub",
    "2026-08-05 11:00 Ann not-held by hub",
    "2026-08-05 11:00 Ann moved by hub 2026-08-09 10:00",
)


@pytest.mark.parametrize("said", SAID)
def test_an_attendance_is_taken_back_and_all_is_as_before(stories, referral, said):
    appointment = meeting(stories, referral)
    before, numbers = state(HISTORY), counted(stories)
    stories.play(said)
    assert state(HISTORY) != before
    at = moment("2026-08-05 12:00")
    unsay(appointment, Side.TARGET, stories.theirs(referral), at)
    assert state(HISTORY) == before
    assert counted(stories) == numbers
    with pytest.raises(NothingSaid):
        unsay(appointment, Side.TARGET, stories.theirs(referral), at)


def test_an_attendance_that_somebody_acted_on_stands(stories, referral):
    appointment = meeting(stories, referral)
    stories.play("2026-08-05 11:00 Ann came to hub")
    stories.play("2026-08-05 11:30 Ann asked-about by hub")
    with pytest.raises(GoneOnSince):
        unsay(appointment, Side.TARGET, stories.theirs(referral), moment("2026-08-05 12:00"))
