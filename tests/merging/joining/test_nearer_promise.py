"""Two cases that become one keep the nearer of each promise; what was joined last parts first."""

import pytest
from sqlalchemy import select
from support.stories import moment

from referral.casework.cases.next_steps import NextStep
from referral.db import db
from referral.handoff.followup.actions import begin, unbegin
from referral.handoff.referrals.states import Side
from referral.merging.joining.actions import AlreadyJoined, JoinDetails, join
from referral.merging.joining.models import Joining
from referral.merging.parting.actions import PartDetails, PartLaterFirst, part

AT = moment("2026-08-05 12:00")


def somebody(name: str, hour: int) -> str:
    return f"""
2026-08-05 {hour:02}:00 {name} booked at Govan
2026-08-05 {hour:02}:30 {name} agreed telling DRUG
"""


@pytest.mark.parametrize(("kept", "other"), [("Ann", "Annie"), ("Annie", "Ann")])
def test_the_promise_that_is_due_first_is_kept_whoever_made_it(stories, kept, other):
    stories.play(somebody("Ann", 8) + somebody("Annie", 10))
    stories.play("2026-08-05 11:00 Annie referred to hub")
    cases = [stories.case(name) for name in ("Ann", "Annie")]
    seen = cases[0].has_promised(NextStep.SEE).due_at
    chased = stories.referral("Annie", "hub")
    assert cases[1].has_promised(NextStep.SEE) is None
    stories.play(f"2026-08-05 12:00 {kept} same-as {other}")
    [goes_on] = [case for case in cases if case.closed_at is None]
    assert goes_on.person_id == stories.came[kept].person_id
    promised = {(promise.act, promise.due_at) for promise in goes_on.promised}
    assert promised == {(NextStep.SEE, seen), (NextStep.CHASE, chased.due_at)}
    assert goes_on.due_at == min(seen, chased.due_at)


@pytest.mark.parametrize(("kept", "other"), [("Ann", "Annie"), ("Annie", "Ann")])
def test_of_a_promise_that_both_made_the_nearer_one_stands(stories, kept, other):
    stories.play(somebody("Ann", 8) + somebody("Annie", 10))
    cases = [stories.case(name) for name in ("Ann", "Annie")]
    first, second = [case.has_promised(NextStep.SEE).due_at for case in cases]
    assert first < second
    stories.play(f"2026-08-05 12:00 {kept} same-as {other}")
    [goes_on] = [case for case in cases if case.closed_at is None]
    assert [(promise.act, promise.due_at) for promise in goes_on.promised] == [
        (NextStep.SEE, first)
    ]


def test_what_a_service_takes_back_since_promises_nothing_in_the_case_that_was_closed(stories):
    stories.play(somebody("Ann", 8) + somebody("Annie", 9))
    stories.play("2026-08-05 11:00 Annie referred to hub\n2026-08-05 11:10 Annie accepted by hub")
    referral, closed = stories.referral("Annie", "hub"), stories.case("Annie")
    begin(referral, referral.version, stories.theirs(referral), moment("2026-08-05 11:20"))
    stories.play("2026-08-05 12:00 Ann same-as Annie")
    unbegin(referral, Side.TARGET, stories.theirs(referral), moment("2026-08-05 12:30"))
    assert closed.promised == []
    assert stories.case("Ann").has_promised(NextStep.FOLLOW_UP, referral.id)


def test_the_records_that_were_joined_last_are_parted_first(stories):
    stories.play(somebody("Ann", 8) + somebody("Annie", 9) + somebody("Nan", 10))
    stories.play("2026-08-05 12:00 Ann same-as Annie\n2026-08-05 13:00 Ann same-as Nan")
    first, last = db.session.scalars(select(Joining).order_by(Joining.joined_at)).all()
    later = moment("2026-08-06 12:00")
    with pytest.raises(PartLaterFirst):
        part(first, PartDetails(first.version), stories.lead, later)
    part(last, PartDetails(last.version), stories.lead, later)
    db.session.flush()
    part(first, PartDetails(first.version), stories.lead, later)
    assert stories.came["Annie"].person.merged_into_id is None


def test_who_was_joined_is_joined_to_nobody_else(stories):
    stories.play(somebody("Ann", 8) + somebody("Annie", 9) + somebody("Nan", 10))
    annie, nan = (stories.came[name].person_id for name in ("Annie", "Nan"))
    stories.play("2026-08-05 12:00 Ann same-as Annie")
    for details in (JoinDetails(annie, nan), JoinDetails(nan, annie)):
        with pytest.raises(AlreadyJoined):
            join(details, stories.worker, AT)
