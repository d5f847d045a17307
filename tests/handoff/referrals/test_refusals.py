"""A refusal stays on the list until its need is placed, written down as unmet, or dropped."""

import pytest
from support.stories import Stories, moment

from referral.casework.cases.next_steps import Ending, NextStep
from referral.handoff.referrals.actions import close_case, move
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.promise_actions import drop
from referral.handoff.referrals.refusals import NothingToDrop, ReasonNeeded, RefusalStands
from referral.handoff.referrals.states import Move, Side

AT = moment("2026-08-10 12:00")
NADINE = """
2026-08-03 09:00 Nadine booked at Govan
2026-08-03 10:00 Nadine agreed telling DRUG HOUS
2026-08-03 11:00 Nadine referred to hub homes
2026-08-03 12:00 Nadine accepted by hub
2026-08-03 13:00 Nadine turned-away by homes because CAP
"""


def to_decide(stories: Stories) -> list:
    """The refusals in Nadine's case that nothing has answered yet."""
    return [one for one in stories.case("Nadine").promised if one.act is NextStep.REFUSED]


def ended(stories: Stories) -> list:
    rows = stories.case("Nadine").promises
    return [one.ending for one in rows if one.act is NextStep.REFUSED and one.ended_at]


def test_a_refusal_stands_while_another_service_has_the_person(stories):
    stories.play(NADINE)
    case, homes = stories.case("Nadine"), stories.referral("Nadine", "homes")
    (refused,) = to_decide(stories)
    assert refused.about_id == homes.id
    assert refused.due_at == moment("2026-08-05 17:00")  # in two working days
    assert {promise.act for promise in case.promised} == {NextStep.FOLLOW_UP, NextStep.REFUSED}
    assert (case.next_act, case.due_at) == (NextStep.REFUSED, refused.due_at)


def test_a_case_with_a_refusal_is_not_closed_as_all_done(stories):
    case = stories.play(NADINE + "2026-08-07 09:00 Nadine withdrew hub").case("Nadine")
    with pytest.raises(RefusalStands):
        close_case(case, "DONE", case.version, stories.worker, AT)
    stories.play("2026-08-10 11:00 Nadine unmet full HOUS")
    close_case(case, "DONE", case.version, stories.worker, AT)
    assert case.promised == []


@pytest.mark.parametrize(
    ("then", "left"),
    [
        ("2026-08-04 09:00 Nadine unmet full HOUS", 0),
        ("2026-08-04 09:00 Nadine unmet full DRUG", 1),
        ("2026-08-04 09:00 Nadine referred to homes", 0),
        ("2026-08-04 09:00 Nadine referred to advice", 0),
        ("2026-08-04 09:00 Nadine half-referred to homes", 1),
        ("2026-08-04 09:00 Nadine referred to counselling", 0),  # told of both needs
        ("2026-08-04 09:00 Nadine released", 1),
        ("2026-08-04 09:00 Nadine planned", 1),
        ("2026-08-04 09:00 Nadine entered-in-error to homes", 0),
        ("2026-08-04 09:00 Nadine booked at Govan", 1),
    ],
)
def test_only_its_own_need_answers_a_refusal(stories, then, left):
    stories.play(NADINE + then)
    assert len(to_decide(stories)) == left
    assert ended(stories) == [Ending.KEPT] * (1 - left)


def test_when_the_next_service_says_no_too_there_is_something_to_decide_again(stories):
    stories.play(NADINE + "2026-08-04 09:00 Nadine referred to homes")
    assert to_decide(stories) == []
    stories.play("2026-08-05 09:00 Nadine turned-away by homes because ELIG")
    assert len(to_decide(stories)) == 2


@pytest.mark.parametrize("step", [Move.MARK_ERROR, Move.CANCEL])
def test_what_was_sent_by_mistake_answers_no_refusal(stories, step):
    stories.play(NADINE + "2026-08-04 09:00 Nadine referred to homes")
    sent = stories.referral("Nadine", "homes")
    reason = "MISTAKE" if step is Move.CANCEL else None
    taken_back = MoveDetails(step, sent.version, reason, note="The wrong one")
    move(sent, taken_back, Side.REQUESTER, stories.worker, AT)
    assert len(to_decide(stories)) == 1
    assert ended(stories) == [Ending.KEPT]


def test_a_refusal_is_dropped_with_a_reason_and_stays_dropped(stories):
    case = stories.play(NADINE).case("Nadine")
    (refused,) = to_decide(stories)
    with pytest.raises(ReasonNeeded):
        drop(case, refused.id, "BORED", stories.worker, AT)
    drop(case, refused.id, "HAS", stories.worker, AT)
    assert (refused.ending, refused.how) == (Ending.DROPPED, "They have this help already")
    assert case.next_act is NextStep.FOLLOW_UP
    stories.play("2026-08-10 13:00 Nadine expected by hub at 2026-08-12 10:00")
    assert to_decide(stories) == []
    for number in (refused.id, case.promised[0].id):
        with pytest.raises(NothingToDrop):
            drop(case, number, "HAS", stories.worker, AT)


def test_where_the_service_has_them_already_nobody_else_need_be_found(stories):
    stories.play(NADINE.replace("CAP", "DUP"))
    assert to_decide(stories) == []


def test_somebody_who_was_told_no_twice_has_two_refusals_that_one_referral_answers(stories):
    stories.play(NADINE.replace("accepted by hub", "turned-away by hub because CAP"))
    assert len(to_decide(stories)) == 2
    stories.play(
        "2026-08-04 09:00 Nadine referred to homes\n2026-08-05 09:00 Nadine unmet full DRUG"
    )
    assert to_decide(stories) == []
