"""What was said of who came by mistake is taken back, as if it had not been said."""

from datetime import timedelta

import pytest
from support.state import state
from support.stories import moment

from referral.casework.cases.next_steps import NextStep
from referral.handoff.followup.actions import (
    AttendanceDetails,
    NothingSaid,
    begin,
    say,
    unbegin,
    unsay,
)
from referral.handoff.followup.queries import appointments_of
from referral.handoff.referrals.answer_actions import GoneOnSince
from referral.handoff.referrals.states import ReferralState, Side

ACCEPTED = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 10:30 Ann agreed telling DRUG
2026-08-03 11:00 Ann referred to hub
2026-08-03 12:00 Ann accepted by hub
"""
EXPECTED = ACCEPTED + "2026-08-03 12:10 Ann expected by hub 2026-08-05 10:00"
SAID = moment("2026-08-05 11:00")
HOUR = timedelta(hours=1)


def test_after_an_overdose_somebody_looks_again_for_who_did_not_come(stories):
    stories.play(EXPECTED)
    referral = stories.referral("Ann", "hub")
    meeting, service = appointments_of(referral.id)[0], stories.theirs(referral)
    meeting.referral.case.promise(NextStep.OUTREACH, SAID + HOUR, SAID)
    say(meeting, AttendanceDetails(True, meeting.version, came=True), service, SAID)
    assert referral.case.outreach_by is None
    unsay(meeting, Side.TARGET, service, SAID + HOUR)
    assert referral.case.outreach_by == SAID + HOUR


def test_who_came_without_an_appointment_has_not_started_where_that_was_a_mistake(stories):
    referral = stories.play(ACCEPTED).referral("Ann", "hub")
    service, before = stories.theirs(referral), state("referral_event")
    with pytest.raises(NothingSaid):
        unbegin(referral, Side.TARGET, service, SAID)
    begin(referral, referral.version, service, SAID)
    assert referral.state is ReferralState.IN_PROGRESS
    unbegin(referral, Side.TARGET, service, SAID + HOUR)
    assert state("referral_event") == before
    begin(referral, referral.version, service, SAID + 2 * HOUR)
    stories.play("2026-08-05 13:30 Ann paused by hub HOSP")
    with pytest.raises(GoneOnSince):
        unbegin(referral, Side.TARGET, service, SAID + 3 * HOUR)
