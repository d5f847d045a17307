"""Which question a link asks of a referral as it stands, and on which days."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from support.stories import moment

from referral.handoff.by_link.questions import day_reached, open_question, question_now
from referral.handoff.referrals.states import ReferralState as S
from referral.post.links.purposes import LinkPurpose as L

ACCEPTED, SECOND = moment("2026-08-03 12:00"), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("days", "reached", "a_second_before"),
    [
        (0, None, None),
        (3, 3, None),
        (10, 3, 3),
        (14, 14, None),
        (21, 14, 14),
        (42, 42, None),
        (49, 42, 42),
        (90, 90, None),
        (97, 90, 90),
        (98, None, None),
        (400, None, None),
    ],
)
def test_a_day_is_asked_about_from_its_hour_on_for_a_week(days, reached, a_second_before):
    at = ACCEPTED + timedelta(days=days)
    assert day_reached(ACCEPTED, at) == reached
    assert day_reached(ACCEPTED, at - SECOND) == a_second_before


@pytest.mark.parametrize("day", [3, 14, 42, 90])
def test_a_second_after_that_week_it_is_too_late(day):
    assert day_reached(ACCEPTED, ACCEPTED + timedelta(days=day + 7)) == day
    assert day_reached(ACCEPTED, ACCEPTED + timedelta(days=day + 7) + SECOND) is None


@pytest.mark.parametrize(
    ("state", "now", "anew"),
    [
        (S.DRAFT, None, None),
        (S.REQUESTED, L.ANSWER, L.ANSWER),
        (S.REJECTED, None, None),
        (S.ACCEPTED, L.CAME, L.SEE),
        (S.IN_PROGRESS, L.CHANGED, L.SEE),
        (S.ON_HOLD, L.CHANGED, L.SEE),
        (S.COMPLETED, None, None),
        (S.FAILED, None, None),
        (S.CANCELLED, None, None),
        (S.ENTERED_IN_ERROR, None, None),
    ],
)
def test_each_state_has_its_question_or_none(state, now, anew):
    assert question_now(state) is now
    assert open_question(state, []) is anew


@pytest.mark.parametrize(
    ("state", "sent", "anew"),
    [
        (S.ACCEPTED, [L.ANSWER, L.CAME], L.CAME),
        (S.ACCEPTED, [L.CAME, L.SEE], L.SEE),
        (S.IN_PROGRESS, [L.SEE, L.CAME], L.SEE),  # whether they came is over
        (S.IN_PROGRESS, [L.SEE, L.CHANGED], L.CHANGED),
        (S.CANCELLED, [L.ANSWER, L.STOPPED], None),  # that is asked about the stop, by itself
    ],
)
def test_a_new_link_asks_what_the_last_one_asked_as_long_as_it_is_open(state, sent, anew):
    assert open_question(state, [SimpleNamespace(purpose=purpose) for purpose in sent]) is anew
