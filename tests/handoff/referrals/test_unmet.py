"""Needs that nobody could take reach the ledger by themselves, once, and leave it when met."""

from datetime import UTC, datetime, timedelta

import pytest
from overdue.escalation.seeded import named, open_case, refer
from sqlalchemy import select

from referral.db import db
from referral.handoff.referrals.actions import close_case, move, note_unmet
from referral.handoff.referrals.models import UnmetNeed
from referral.handoff.referrals.moving_actions import MoveDetails
from referral.handoff.referrals.states import Move, Side
from referral.handoff.referrals.unmet_actions import count_unmet, unmet_due
from referral.reports.queries import team_unmet

START = datetime(2026, 10, 5, 8, tzinfo=UTC)  # a Monday
OUT = START + timedelta(hours=8)
LATER = OUT + timedelta(days=3)  # the two working days in which the team decides are over


@pytest.fixture
def case(app):
    with app.app_context():
        yield open_case(1, START)


def say_no(referral, reason, at=OUT):
    no = MoveDetails(Move.REJECT, referral.version, reason)
    return move(referral, no, Side.TARGET, named("Ian Low").actor, at)


def counted(at=LATER) -> dict[str, int]:
    """What the team's ledger shows after a round of counting."""
    count_unmet(unmet_due(at), at)
    db.session.flush()
    rows = team_unmet(named("Ruth Kerr").actor, at.date()).rows
    return {row.need: row.whole for row in rows}


def reasons() -> list[str]:
    return list(db.session.scalars(select(UnmetNeed.reason).order_by(UnmetNeed.recorded_at)))


def test_a_need_counts_once_when_nobody_took_it_in_time_and_no_more_when_it_is_met(case):
    say_no(refer(case, OUT), "CAP")
    assert counted(OUT + timedelta(hours=1)) == {}
    assert counted() == counted(LATER + timedelta(hours=1)) == {"DRUG": 1}
    assert reasons() == ["full"]
    again = refer(case, LATER, taken=False)
    assert counted(LATER + timedelta(hours=2)) == {"DRUG": 1}  # asked, and nobody has it yet
    yes = MoveDetails(Move.ACCEPT, again.version)
    move(again, yes, Side.TARGET, named("Ian Low").actor, LATER)
    assert counted(LATER + timedelta(days=30)) == {}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_it_does_not_count_while_another_service_is_asked_nor_where_they_are_known(case):
    say_no(refer(case, OUT), "ELIG")
    other = refer(case, OUT, taken=False)
    assert counted() == {}
    say_no(other, "DUP", LATER)
    assert counted() == {"DRUG": 1}
    assert reasons() == ["eligible"]


def test_a_case_that_ends_with_a_need_that_nobody_took_counts_at_once(case):
    say_no(refer(case, OUT), "INFO")
    close_case(case, "CHOICE", case.version, named("Morag Sim").actor, OUT)
    assert counted(OUT + timedelta(hours=1)) == {"DRUG": 1}
    assert reasons() == ["declined"]


def test_what_counted_by_itself_and_is_then_written_down_counts_once_for_the_last_reason(case):
    say_no(refer(case, OUT), "CAP")
    assert counted() == {"DRUG": 1}
    for reason in ("none", "refused"):
        note_unmet(case, ["DRUG"], reason, named("Morag Sim").actor, LATER)
        assert counted(LATER + timedelta(hours=1)) == {"DRUG": 1}
    assert reasons() == ["full", "none", "refused"]  # what was said before is kept
    yes = refer(case, LATER + timedelta(hours=2), taken=False)
    move(yes, MoveDetails(Move.ACCEPT, yes.version), Side.TARGET, named("Ian Low").actor, LATER)
    assert counted(LATER + timedelta(hours=3)) == {}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the other does the same
def test_where_they_are_with_a_service_already_nothing_is_unmet(case):
    say_no(refer(case, OUT), "DUP")
    close_case(case, "DONE", case.version, named("Morag Sim").actor, OUT)
    assert counted() == {}
