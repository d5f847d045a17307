"""By which other door people came is counted by itself, and moves no measure of custody."""

from datetime import timedelta

import pytest
from crowd import actor
from support.stories import moment

from referral.access.permissions import Role
from referral.casework.doors.actions import Coming, make_sure, write_down
from referral.custody.doors import CAME, Door, Sure, Way
from referral.db import db
from referral.handoff.referrals.actions import note_unmet
from referral.journey.actions import keep_what_changed
from referral.merging.joining.actions import JoinDetails, join
from referral.people.identity import Identity
from referral.reports.outcomes import DOORS
from referral.reports.queries import report_of, team_report, team_unmet

AT = moment("2026-08-03 09:00")
LATER = moment("2027-01-31 12:00")
BOOKED = "2026-08-03 09:00 Ann booked at Govan\n2026-08-03 09:30 Ann agreed telling DRUG\n"


def comes(way: Way, at=AT, council: str | None = "S12000049"):
    """Somebody comes that way to a worker of the West team."""
    who = Identity("Bob", f"Came{way}", council_code=council)
    coming = Coming(way, who, True, due_at=at + timedelta(days=1), stated_by="Shelter")
    return write_down(coming, actor(Role.WORKER), at)


def doors(report) -> dict[str, int | None]:
    """How often somebody came by each of them."""
    [found] = [part for part in report.reasons if part.title == DOORS]
    assert found.total.value in {None, sum(part.value or 0 for part in found.parts.values())}
    return {name: part.value for name, part in found.parts.items()}


def quarter(name: str = "2026-Q3"):
    """The exact report of the team."""
    keep_what_changed(db.session())
    return team_report(name, actor(Role.TEAM_LEAD), LATER)


@pytest.mark.parametrize(
    ("way", "counted"),
    [
        (Way.COURT, {CAME[Door.COURT]: 1}),
        (Way.VISIT, {CAME[Door.SELF]: 1}),
        (Way.CALL, {}),
        (Way.AGENCY, {}),
        (Way.FAMILY, {}),
    ],
)
def test_who_was_met_counts_by_the_door_and_a_voice_does_not(stories, way, counted):
    comes(way)
    assert doors(quarter()) == counted


def test_who_rang_counts_once_they_were_met_in_the_time_when_they_rang(stories):
    case = comes(Way.CALL)
    make_sure(case, Sure.MET, actor(Role.WORKER), AT + timedelta(days=1))
    assert doors(quarter()) == {CAME[Door.SELF]: 1}
    assert doors(quarter("2026-Q2")) == {}


def test_no_measure_of_custody_is_moved_by_any_door(stories):
    stories.play(BOOKED)
    before = quarter()
    for way in Way:
        case = comes(way, AT + timedelta(days=2))
        if case.booking.unmet:
            make_sure(case, Sure.MET, actor(Role.WORKER), AT + timedelta(days=3))
    after = quarter()
    assert after.ladder == before.ladder
    assert after.needs == before.needs
    assert doors(after) == {CAME[Door.COURT]: 1, CAME[Door.SELF]: 2, CAME[Door.AGENCY]: 1,
                            CAME[Door.FAMILY]: 1}  # fmt: skip


def test_who_was_in_custody_and_rings_has_not_returned_to_it(stories):
    stories.play(BOOKED)
    case = comes(Way.VISIT, AT + timedelta(days=9))
    before = {step.measure.code: step.people.value for step in quarter().ladder}
    kept = stories.case("Ann").person_id
    join(JoinDetails(kept, case.person_id), actor(Role.TEAM_LEAD), AT + timedelta(days=10))
    after = {step.measure.code: step.people.value for step in quarter().ladder}
    assert after == before


def test_outside_the_team_it_is_counted_where_they_live_and_protected(stories):
    for _ in range(6):
        comes(Way.VISIT)
    comes(Way.COURT, council=None)
    keep_what_changed(db.session())
    assert doors(report_of("2026-Q3", "S12000049", LATER)) == {CAME[Door.SELF]: 5}
    assert CAME[Door.SELF] not in doors(report_of("2026-Q3", "S12000036", LATER))
    assert CAME[Door.COURT] in doors(report_of("2026-Q3", "S92000003", LATER))


@pytest.mark.parametrize("way", list(Way))
def test_a_need_that_nobody_took_is_in_the_ledger_by_whichever_door_once_they_were_met(
    stories, way
):
    case = comes(way)
    note_unmet(case, ["DRUG"], "none", actor(Role.WORKER), AT + timedelta(hours=1))
    met = not case.booking.unmet
    assert bool(ledger()) == met
    if not met:
        make_sure(case, Sure.MET, actor(Role.WORKER), AT + timedelta(days=1))
    assert ledger() == {"DRUG": 1}


def ledger() -> dict[str, int]:
    """The needs that nobody could take, as a team lead finds them."""
    rows = team_unmet(actor(Role.TEAM_LEAD), AT.date() + timedelta(days=2)).rows
    return {row.need: row.whole for row in rows}
