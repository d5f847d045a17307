"""A yes that runs out is asked again in time; once it has run out, its service is told to stop."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from support.stories import moment

from referral.casefile.actions import ask_again as asks
from referral.casework.cases.models import Promise
from referral.casework.cases.next_steps import Ending, NextStep
from referral.consent.actions import PLAINLY, Agreement, record_agreements
from referral.consent.models import Consent
from referral.consent.purposes import Answer, Level, Purpose
from referral.db import db
from referral.handoff.referrals.models import Stop
from referral.handoff.referrals.states import ReferralState
from referral.handoff.referrals.stops import StopState
from referral.handoff.withdrawals.running_out_actions import ask_again, tell_of_the_end
from referral.handoff.withdrawals.running_out_queries import (
    asking_again_due,
    lapsed_due,
    running_out,
)

HANDED = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 10:00 Ann agreed telling DRUG
2026-08-03 14:00 Ann referred to hub
2026-08-04 10:00 Ann accepted by hub
2026-08-05 10:00 Ann released
"""
ENDS = moment("2027-08-03 00:00")  # a year after the day on which all of it was said
EARLY, NEAR = ENDS - timedelta(days=29), ENDS - timedelta(days=27)
SECOND = timedelta(seconds=1)


@pytest.fixture
def referral(stories):
    return stories.play(HANDED).referral("Ann", "hub")


def rounds(at):
    """What the workers do at a moment."""
    ask_again(asking_again_due(at), at)
    tell_of_the_end(lapsed_due(at), at)
    db.session.flush()


def promises(case):
    return [(one.ending, one.due_at) for one in case.promises if one.act is NextStep.AGREE]


def stops(referral):
    return db.session.scalars(select(Stop).filter_by(referral_id=referral.id)).all()


def yes_to(referral):
    return Agreement(Purpose.SHARE, Answer.GRANTED, referral.service_id, Level.SUMMARY)


def all_again(case, referral):
    """A yes to everything that runs out."""
    own = {one.purpose for one in running_out(case.person_id, NEAR)} - {Purpose.SHARE}
    return [yes_to(referral), *(Agreement(purpose, Answer.GRANTED) for purpose in sorted(own))]


def test_nothing_is_asked_before_it_is_time(referral):
    rounds(EARLY)
    assert promises(referral.case) == []


def test_it_is_promised_two_weeks_before_it_runs_out_and_that_once(referral):
    rounds(NEAR)
    rounds(NEAR + timedelta(hours=1))
    assert promises(referral.case) == [(None, ENDS - timedelta(days=14))]
    assert asking_again_due(NEAR) == []


def test_who_was_asked_again_is_not_to_be_asked(stories, referral):
    rounds(NEAR)
    said = all_again(referral.case, referral)
    asks(referral.case, said, set(), PLAINLY, stories.worker, NEAR)
    assert [ending for ending, _ in promises(referral.case)] == [Ending.KEPT]
    rounds(ENDS)
    assert stops(referral) == []
    assert referral.state is ReferralState.ACCEPTED


def test_answers_at_the_desk_keep_the_promise_too(stories, referral):
    rounds(NEAR)
    said = all_again(referral.case, referral)
    record_agreements(referral.person, said, PLAINLY, stories.officer, NEAR)
    rounds(NEAR)
    assert [ending for ending, _ in promises(referral.case)] == [Ending.KEPT]


def test_a_no_to_going_on_tells_the_service_at_once(stories, referral):
    rounds(NEAR)
    said = all_again(referral.case, referral)[1:]
    asks(referral.case, said, {referral.service_id}, PLAINLY, stories.worker, NEAR)
    assert referral.state is ReferralState.CANCELLED
    assert [stop.state for stop in stops(referral)] == [StopState.TOLD]
    assert [ending for ending, _ in promises(referral.case)] == [Ending.KEPT]


def test_when_it_has_run_out_the_service_is_told_to_stop_and_once(referral):
    rounds(ENDS - SECOND)
    assert (referral.state, stops(referral)) == (ReferralState.ACCEPTED, [])
    rounds(ENDS)
    assert referral.state is ReferralState.CANCELLED
    assert referral.events[-1].reason == "LAPSED"
    assert [stop.state for stop in stops(referral)] == [StopState.TOLD]
    stops(referral)[0].confirm("Recovery hub", ENDS)
    db.session.flush()
    rounds(ENDS + timedelta(days=40))
    assert len(stops(referral)) == 1
    assert lapsed_due(ENDS + timedelta(days=40)) == []
    # the person is still to be asked: nobody has done that
    assert [ending for ending, _ in promises(referral.case)] == [None]


def test_a_service_that_said_no_is_told_too_when_the_case_is_closed(stories):
    stories.play(HANDED.replace("accepted by hub", "turned-away by hub because of CAP"))
    referral = stories.referral("Ann", "hub")
    stories.play("2026-09-02 10:00 Ann closed REACH")
    rounds(ENDS)
    assert referral.state is ReferralState.REJECTED
    assert len(stops(referral)) == 1
    assert not db.session.scalars(select(Promise).filter_by(act=NextStep.AGREE)).all()


@pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.WITHDRAWN])
def test_what_was_taken_back_does_not_run_out(stories, referral, answer):
    no = Agreement(Purpose.SHARE, answer, referral.service_id, Level.CONTACT)
    record_agreements(referral.person, [no], PLAINLY, stories.worker, NEAR)
    rounds(ENDS)
    assert stops(referral) == []


def test_what_was_said_by_mistake_does_not_run_out(referral):
    wanted = select(Consent).filter_by(purpose=Purpose.SHARE)
    for row in db.session.scalars(wanted):
        row.mistaken_at = NEAR
    rounds(ENDS)
    assert stops(referral) == []
