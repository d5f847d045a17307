"""What the desk may record of a stay, to the second."""

from dataclasses import replace
from datetime import timedelta

import pytest
from support.stories import centre, moment

from referral.custody.actions import (
    AskAgainWhen,
    AuthorisedLater,
    AuthorisedLongAgo,
    BookingDetails,
    NobodyToTell,
    NotAskedYet,
    OfferDetails,
    ReleaseDetails,
    ReleasedWhen,
    SayWhen,
    SayWhy,
    WarningDetails,
    open_booking,
    record_offer,
    release,
    warn,
)
from referral.custody.leg_actions import NoCentre
from referral.custody.offers import OfferAnswer
from referral.custody.queries import reach
from referral.custody.queue import Queue, in_queues
from referral.directory.bounds import AGAIN, HELD, STAY, THIS_MINUTE
from referral.errors import StaleEdit
from referral.people.identity import Identity

AT = moment("2026-08-03 09:00")
SECOND = timedelta(seconds=1)
ANN = Identity("Ann", "Example", None)


@pytest.fixture
def stay(stories):
    return stories.play("2026-08-03 09:00 Ann booked at Govan").came["Ann"]


def offer(stories, stay, answer, at=AT, **said):
    details = OfferDetails(answer, said.pop("seen", stay.version), **said)
    return record_offer(stay, details, stories.officer, at)


def test_a_stay_began_by_now_at_a_centre_of_ones_own(stories):
    assert open_booking(BookingDetails(ANN, AT), stories.officer, AT).authorised_at == AT
    with pytest.raises(AuthorisedLater):
        open_booking(BookingDetails(ANN, AT + SECOND), stories.officer, AT)
    assert open_booking(BookingDetails(ANN, AT - HELD), stories.officer, AT)
    with pytest.raises(AuthorisedLongAgo):
        open_booking(BookingDetails(ANN, AT - HELD - SECOND), stories.officer, AT)
    with pytest.raises(NoCentre):
        open_booking(BookingDetails(ANN, AT), replace(stories.officer, centre_id=None), AT)


def test_who_was_not_asked_was_not_asked_for_a_reason(stories, stay):
    with pytest.raises(SayWhy):
        offer(stories, stay, OfferAnswer.NOT_ASKED)
    offer(stories, stay, OfferAnswer.NOT_ASKED, reason="LANG")
    offer(stories, stay, OfferAnswer.DECLINED)
    assert [(one.number, one.reason) for one in stay.offers] == [(1, "LANG"), (2, None)]


@pytest.mark.parametrize("answer", [OfferAnswer.NOT_NOW, OfferAnswer.NOT_FIT])
def test_who_is_put_off_is_asked_again_at_a_time(stories, stay, answer):
    with pytest.raises(SayWhen):
        offer(stories, stay, answer)
    for outside in (AT - SECOND, AT + STAY + SECOND):
        with pytest.raises(AskAgainWhen):
            offer(stories, stay, answer, ask_again_at=outside)
    offer(stories, stay, answer, ask_again_at=AT)
    offer(stories, stay, answer, ask_again_at=AT + STAY)
    late = AT + timedelta(days=2)  # kept for court
    offer(stories, stay, answer, at=late, ask_again_at=late + AGAIN)
    for outside in (late + AGAIN + SECOND, late - THIS_MINUTE - SECOND):
        with pytest.raises(AskAgainWhen):
            offer(stories, stay, answer, at=late, ask_again_at=outside)


def test_an_older_version_is_refused(stories, stay):
    with pytest.raises(StaleEdit):
        offer(stories, stay, OfferAnswer.DECLINED, seen=stay.version + 1)
    with pytest.raises(StaleEdit):
        release(
            stay, ReleaseDetails("UNDERTAKING", AT, "has", stay.version + 1), stories.officer, AT
        )


def test_nobody_leaves_without_a_line_on_the_offer(stories, stay):
    with pytest.raises(NotAskedYet):
        release(stay, ReleaseDetails("UNDERTAKING", AT, "has", stay.version), stories.officer, AT)


@pytest.mark.parametrize(
    ("left", "possible"),
    [(AT - SECOND, False), (AT, True), (AT + SECOND, True), (AT + 2 * SECOND, False)],
)
def test_a_release_lies_between_the_authorisation_and_now(stories, stay, left, possible):
    offer(stories, stay, OfferAnswer.DECLINED)
    details = ReleaseDetails("UNDERTAKING", left, "has", stay.version)
    if possible:
        assert release(stay, details, stories.officer, AT + SECOND).released_at == left
    else:
        with pytest.raises(ReleasedWhen):
            release(stay, details, stories.officer, AT + SECOND)


def test_a_danger_is_to_be_told_until_it_was_told(stories, stay):
    with pytest.raises(NobodyToTell):
        warn(stay, WarningDetails("both"), stories.officer, AT)
    offer(stories, stay, OfferAnswer.DECLINED, dangers=frozenset({"withdrawal", "self_harm"}))
    assert warn(stay, WarningDetails("both"), stories.officer, AT).dangers == (
        "self_harm",
        "withdrawal",
    )
    assert stay.untold(AT) == []
    with pytest.raises(NobodyToTell):
        warn(stay, WarningDetails("both"), stories.officer, AT)
    offer(stories, stay, OfferAnswer.DECLINED, dangers=frozenset({"self_harm", "pregnant"}))
    assert stay.untold(AT) == ["pregnant"]


@pytest.mark.parametrize(
    ("answer", "queue"),
    [
        (None, Queue.TO_ASK),
        (OfferAnswer.ACCEPTED, Queue.ACCEPTED),
        (OfferAnswer.DECLINED, Queue.DONE),
        (OfferAnswer.NOT_ASKED, Queue.DONE),
        (OfferAnswer.NOT_NOW, Queue.AGAIN),
        (OfferAnswer.NOT_FIT, Queue.AGAIN),
    ],
)
def test_who_is_here_stands_in_the_queue_of_what_is_next(stories, stay, answer, queue):
    later = AT + timedelta(hours=1)
    if answer:
        offer(stories, stay, answer, reason="ALREADY", ask_again_at=later)
    assert in_queues([stay], later - SECOND)[queue] == [stay]
    due = Queue.TO_ASK if queue is Queue.AGAIN else queue
    assert in_queues([stay], later)[due] == [stay]


def test_the_desk_counts_stays_and_who_was_not_fit_yet_was_not_asked(stories):
    stories.play("""
2026-08-02 23:59:59 Old booked at Govan
2026-08-03 00:30 Old agreed
2026-08-03 00:00 Ann booked at Govan
2026-08-03 09:30 Ann not-fit
2026-08-03 10:00 Bob booked at Govan
2026-08-03 10:30 Bob not-fit
2026-08-03 12:30 Bob put-off
2026-08-03 14:30 Bob declined
2026-08-03 10:00 Cat booked at Govan
2026-08-03 10:30 Cat not-asked because LANG
2026-08-03 10:00 Dan booked at Govan
2026-08-03 10:30 Dan declined
2026-08-03 12:30 Dan agreed
2026-08-03 10:00 Eve booked at Govan
2026-08-03 10:00 Far booked at Falkirk
2026-08-03 10:30 Far agreed
""")
    officer = replace(stories.officer, centre_id=centre("Govan").id)
    assert reach(officer, moment("2026-08-03 00:00")) == (5, 2, 1)
