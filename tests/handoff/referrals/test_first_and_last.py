"""How a hand-off begins and ends, and what it is refused for."""

import pytest
from support.stories import Stories, moment

from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.purposes import Answer, Level, Purpose
from referral.handoff.referrals.actions import HandOffDetails, close_case, hand_off, move
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.queries import open_referrals
from referral.handoff.referrals.refusals import (
    AlreadyOpen,
    IllegalMove,
    NoConsent,
    NoService,
    OutcomeNeeded,
    ReasonNeeded,
    RefusalStands,
    StillOpen,
    TimeOutside,
)
from referral.handoff.referrals.states import Move, Side

OPENED = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 10:30 Ann agreed telling DRUG MH
"""
SENT = OPENED + "2026-08-03 11:00 Ann referred to hub\n"
AT = moment("2026-08-04 12:00")


def go(stories: Stories, step: Move, side: Side = Side.TARGET, **said):
    referral = stories.referral("Ann", "hub")
    by = stories.worker if side is Side.REQUESTER else stories.theirs(referral)
    details = MoveDetails(step, said.pop("seen", referral.version), **said)
    return move(referral, details, side, by, said.get("at", AT))


def test_a_hand_off_names_a_service_that_does_not_have_them_yet(stories):
    case = stories.play(OPENED).case("Ann")
    with pytest.raises(NoService):
        hand_off(case, HandOffDetails({}), stories.worker, AT)
    stories.play("2026-08-03 11:00 Ann referred to hub")
    open_one = stories.referral("Ann", "hub").service_id
    with pytest.raises(AlreadyOpen):
        hand_off(case, HandOffDetails({open_one: Level.FULL}), stories.worker, AT)


@pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.WITHDRAWN])
def test_what_waited_does_not_leave_once_the_person_says_no(stories, answer):
    stories.play(OPENED + "2026-08-03 11:00 Ann half-referred to hub")
    referral = stories.referral("Ann", "hub")
    no = Agreement(Purpose.SHARE, answer, referral.service_id, Level.CONTACT)
    record_agreements(referral.person, [no], PLAINLY, stories.worker, AT)
    with pytest.raises(NoConsent):
        go(stories, Move.SEND, Side.REQUESTER)


def test_a_case_stays_open_while_a_service_has_the_person(stories):
    case = stories.play(SENT).case("Ann")
    with pytest.raises(StillOpen):
        close_case(case, "DONE", case.version, stories.worker, AT)
    stories.play("2026-08-04 09:00 Ann turned-away by hub because CAP")
    with pytest.raises(ReasonNeeded):
        close_case(case, "BORED", case.version, stories.worker, AT)
    with pytest.raises(RefusalStands):
        close_case(case, "DONE", case.version, stories.worker, AT)
    close_case(case, "CHOICE", case.version, stories.worker, AT)
    assert (case.closed_at, case.close_reason) == (AT, "CHOICE")
    assert case.promised == []


@pytest.mark.parametrize("step", [Move.COMPLETE, Move.FAIL])
@pytest.mark.parametrize(
    ("changes", "enough"),
    [
        ({}, False),
        ({"DRUG": "better"}, False),
        ({"DRUG": "better", "MH": "rosy"}, False),
        ({"DRUG": "better", "MH": "unknown", "ALC": "same"}, False),  # it was not sent for that
        ({"DRUG": "better", "MH": "unknown"}, True),
        ({"every": "same"}, True),
    ],
)
def test_it_ends_with_a_word_on_each_need(stories, step, changes, enough):
    stories.play(SENT + "2026-08-04 09:00 Ann accepted by hub")
    reason = "COMPL" if step is Move.COMPLETE else "REACH"
    if enough:
        assert go(stories, step, reason=reason, changes=changes).ended_at == AT
    else:
        with pytest.raises(OutcomeNeeded):
            go(stories, step, reason=reason, changes=changes)


def test_nothing_changes_in_a_need_that_was_not_sent(stories):
    stories.play(SENT + "2026-08-04 09:00 Ann accepted by hub")
    with pytest.raises(OutcomeNeeded):
        go(stories, Move.HOLD, reason="ASKED", changes={"ALC": "better"})
    go(stories, Move.HOLD, reason="ASKED", changes={"DRUG": "better"})


@pytest.mark.parametrize(
    ("happened", "possible"),
    [
        ("2026-08-03 10:59:59", False),
        ("2026-08-03 11:00", True),
        ("2026-08-04 12:00", True),
        ("2026-08-04 12:00:01", False),
    ],
)
def test_what_happened_lies_between_the_sending_and_now(stories, happened, possible):
    stories.play(SENT)
    if possible:
        go(stories, Move.ACCEPT, happened_at=moment(happened))
    else:
        with pytest.raises(TimeOutside):
            go(stories, Move.ACCEPT, happened_at=moment(happened))


def test_one_side_does_not_do_what_is_the_others(stories):
    stories.play(SENT)
    with pytest.raises(IllegalMove):
        go(stories, Move.ACCEPT, Side.REQUESTER)
    with pytest.raises(ReasonNeeded):
        go(stories, Move.REJECT)
    assert go(stories, Move.CANCEL, Side.REQUESTER, reason="NONEED").ended_at == AT


def test_open_are_the_persons_own_referrals_that_have_not_ended_oldest_first(stories):
    people = {"Ann": "hub", "Bob": "hub", "Cat": "homes", "Dan": "advice", "Eve": "hub"}
    for name, service in people.items():
        stories.play(SENT.replace("Ann", name).replace("hub", service))
    stories.play("""
2026-08-03 12:00 Ann half-referred to homes
2026-08-03 13:00 Ann referred to counselling
2026-08-03 14:00 Ann turned-away by counselling because CAP
2026-08-03 15:00 Bob turned-away by hub because CAP
2026-08-03 16:00 Bob referred to advice
""")
    mine = {name: open_referrals(stories.came[name].person_id) for name in people}
    assert {name: {one.service.name for one in found} for name, found in mine.items()} == {
        "Ann": {"Recovery hub", "Housing first"},
        "Bob": {"Money and rights advice"},
        "Cat": {"Housing first"},
        "Dan": {"Money and rights advice"},
        "Eve": {"Recovery hub"},
    }
    assert all(one.person.forename == name for name, found in mine.items() for one in found)
