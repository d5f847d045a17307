"""What is taken back at the desk takes back what it had promised, and nothing done since."""

from datetime import datetime, timedelta

import pytest
from desk.test_ways_back import goes, here
from support.state import state

from referral.casework.cases.next_steps import Ending, NextStep
from referral.casework.contact_plan.actions import reach
from referral.custody.models import Booking
from referral.handoff.referrals.leaving_actions import take_back_leaving

BOOKED = """
2026-08-07 09:00 Ann booked at Govan
2026-08-07 10:00 Ann agreed telling DRUG
"""


@pytest.fixture
def stay(stories) -> Booking:
    return stories.play(BOOKED).came["Ann"]


def back(stories, stay: Booking, at: datetime) -> None:
    take_back_leaving(stay, stay.version, "wrong person", here(stories), at)


def test_a_leaving_taken_back_brings_each_promise_back_as_it_was(stories, stay):
    before, seen = state(), stories.see_by("Ann")
    goes(stories, stay, "UNDERTAKING")
    assert stories.see_by("Ann") != seen
    back(stories, stay, stay.released_at + timedelta(hours=2))
    assert state() == before
    assert stories.see_by("Ann") == seen


def test_who_was_reached_since_is_not_to_be_seen_again(stories, stay):
    case = stories.case("Ann")
    goes(stories, stay, "UNDERTAKING")
    met = stay.released_at + timedelta(hours=1)
    reach(case, stories.worker, met)
    back(stories, stay, met + timedelta(hours=1))
    assert stories.see_by("Ann") is None
    assert case.next_act == NextStep.HAND_OFF
    assert Ending.KEPT in {
        promise.ending for promise in case.promises if promise.act is NextStep.SEE
    }
