"""A booking is called a mistake, or brought back, only where nothing since hangs on it."""

import pytest
from support.stories import moment

from referral.acts.kinds import ActKind
from referral.acts.queries import last_act
from referral.casework.cases.next_steps import NextStep
from referral.custody.places import Mistake
from referral.custody.stay_actions import MistakeDetails
from referral.desk.mistake_actions import BookedSince, bring_back, call_mistake
from referral.handoff.referrals.states import ReferralState
from referral.merging.joining.actions import JoinedSince

ANN = """
2026-08-07 09:00 Ann booked at Govan
2026-08-07 10:00 Ann agreed telling DRUG
"""
BOB = ANN.replace("Ann", "Bob")


def mistaken(stories, at: str):
    stay = stories.came["Ann"]
    call_mistake(stay, MistakeDetails(Mistake.NEVER, stay.version), stories.officer, moment(at))
    return stay


def brought_back(stories, stay, at: str) -> None:
    act = last_act(stay.id, (ActKind.VOIDED,))
    bring_back(stay, act, "it was so", stories.officer, moment(at))


def test_who_has_agreed_anew_since_has_one_case_and_not_two(stories):
    wrong = mistaken(stories.play(ANN), "2026-08-07 11:00")
    stories.play("2026-08-07 12:00 Ann booked at Govan\n2026-08-07 13:00 Ann agreed telling DRUG")
    stories.play("2026-08-07 14:00 Ann released")
    with pytest.raises(BookedSince):
        brought_back(stories, wrong, "2026-08-07 15:00")


def test_a_stay_whose_record_was_joined_is_no_mistake_before_the_two_are_parted(stories):
    stories.play(ANN + BOB + "2026-08-07 11:00 Bob referred to hub")
    stories.play("2026-08-07 12:00 Ann same-as Bob")
    with pytest.raises(JoinedSince):
        mistaken(stories, "2026-08-07 13:00")
    assert stories.referral("Ann", "hub").case.closed_at is None


def test_a_mistake_whose_record_was_joined_is_not_brought_back_into_it(stories):
    wrong = mistaken(stories.play(ANN + BOB), "2026-08-07 11:00")
    stories.play("2026-08-07 12:00 Bob same-as Ann")
    with pytest.raises(JoinedSince):
        brought_back(stories, wrong, "2026-08-07 13:00")


def test_what_was_to_be_sent_of_a_mistake_is_never_sent_and_comes_back_with_it(stories):
    stories.play(ANN + "2026-08-07 10:30 Ann half-referred to hub")
    referral, case = stories.referral("Ann", "hub"), stories.case("Ann")
    wrong = mistaken(stories, "2026-08-07 11:00")
    assert referral.state == ReferralState.ENTERED_IN_ERROR
    assert case.closed_at
    assert case.promised == []
    brought_back(stories, wrong, "2026-08-07 12:00")
    assert referral.state == ReferralState.DRAFT
    assert case.has_promised(NextStep.CONFIRM, referral.id)


def test_a_case_that_hung_on_mistakes_alone_is_closed_and_opens_with_the_one_that_was_none(stories):
    first = stories.play(ANN + "2026-08-07 11:00 Ann released").came["Ann"]
    case = stories.case("Ann")
    stories.play("2026-08-07 12:00 Ann booked at Govan\n2026-08-07 13:00 Ann agreed telling DRUG")
    second = stories.came["Ann"]
    assert case.booking_id == second.id
    for stay, at in ((first, "2026-08-07 14:00"), (second, "2026-08-07 15:00")):
        details = MistakeDetails(Mistake.NEVER, stay.version)
        call_mistake(stay, details, stories.officer, moment(at))
    assert case.close_reason == "ERR"
    brought_back(stories, first, "2026-08-07 16:00")
    assert case.closed_at is None
    assert case.promised
    assert case.booking_id == first.id


def test_a_case_goes_back_to_its_last_stay_that_was_no_mistake(stories):
    first = stories.play(ANN + "2026-08-07 11:00 Ann released").came["Ann"]
    case = stories.case("Ann")
    again = "2026-08-08 {0}:00 Ann booked at Govan\n2026-08-08 {0}:10 Ann agreed telling DRUG\n"
    left = "2026-08-08 {0}:20 Ann released"
    wrong = [stories.play((again + left).format(hour)).came["Ann"] for hour in ("08", "09", "10")]
    wrong.append(stories.play(again.format("11")).came["Ann"])
    for hour, stay in enumerate(wrong, 14):
        details = MistakeDetails(Mistake.NEVER, stay.version)
        call_mistake(stay, details, stories.officer, moment(f"2026-08-08 {hour}:00"))
    assert case.closed_at is None
    assert case.booking_id == first.id
