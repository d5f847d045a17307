"""Every measure of the outcome report counts what its definition says, to the last story."""

from datetime import timedelta

import pytest
from reports import needs, pencil
from reports import stories as told
from support.stories import Stories, moment

from referral.reports.outcomes import LADDER, WORTH, OutcomeReport
from referral.reports.queries import team_report

LONG_AFTER = moment("2027-01-31 12:00")
NOTHING = (0, 0, 0)
LADDERS = needs.LADDER | told.DESK | told.WORKER | told.SERVICE | told.RETURNED


def quarter(stories: Stories, at=LONG_AFTER) -> OutcomeReport:
    """The exact report of the third quarter, as the team lead sees it."""
    return team_report("2026-Q3", stories.lead, at)


def steps(report: OutcomeReport) -> dict[str, tuple[int | None, int | None, int | None]]:
    """The steps that are not nought: people, instances, unknown."""
    rows = {
        step.measure.code: (step.people.value, step.instances.value, step.unknown.value)
        for step in report.ladder
    }
    return {code: row for code, row in rows.items() if row != NOTHING}


def parts(report: OutcomeReport, title: str) -> dict[str, int | None]:
    """One of the lists below the ladder, by its title."""
    [found] = [reasons for reasons in report.reasons if reasons.title == title]
    assert found.total.value == sum(part.value for part in found.parts.values())
    return {name: part.value for name, part in found.parts.items()}


@pytest.mark.parametrize("name", LADDERS)
def test_a_story_counts_what_was_worked_out_by_hand(stories, name):
    report = quarter(stories.play(LADDERS[name]))
    expected = {code: row for code, row in pencil.LADDER[name].items() if row != NOTHING}
    assert steps(report) == expected


@pytest.mark.parametrize("name", pencil.REASONS)
def test_the_reasons_are_counted_one_by_one(stories, name):
    report = quarter(stories.play(LADDERS[name]))
    found = parts(report, pencil.NOT_ASKED), parts(report, pencil.DECLINED)
    assert found == pencil.REASONS[name]


@pytest.mark.parametrize("name", needs.NEEDS)
def test_what_became_of_each_need_is_counted_in_people(stories, name):
    lines = quarter(stories.play(needs.NEEDS[name])).needs
    rows = {n.title: (n.disclosed.value, n.referred.value, n.engaged.value) for n in lines}
    assert {title: row for title, row in rows.items() if row != NOTHING} == pencil.NEEDS[name]


@pytest.mark.parametrize("name", told.WORTH)
def test_whether_it_was_worth_it_counts_one_answer_for_each_time(stories, name):
    report = quarter(stories.play(told.WORTH[name]), moment("2026-12-20 12:00"))
    assert parts(report, WORTH) == pencil.WORTH[name]


@pytest.mark.parametrize(("at", "unknown"), [("2026-10-01 08:59:59", 1), ("2026-10-01 09:00", 0)])
def test_whether_they_return_is_unknown_until_ninety_days_are_over(stories, at, unknown):
    stories.play("2026-07-03 09:00 Ann booked at Govan")
    assert steps(quarter(stories, moment(at))).get("returned", NOTHING) == (0, 0, unknown)


def test_who_has_returned_already_is_not_unknown_any_more(stories):
    stories.play(told.RETURNED["booked again"])
    assert steps(quarter(stories, moment("2026-08-01 09:00")))["returned"] == (1, 1, 1)


@pytest.mark.parametrize(("minutes", "unknown"), [(0, 0), (1, 1)])
def test_an_appointment_is_silent_only_once_it_has_begun(stories, minutes, unknown):
    stories.play(told.SERVICE["silence after an appointment is unknown"])
    at = moment("2026-08-06 10:00") + timedelta(minutes=minutes)
    found = steps(quarter(stories, at))
    assert found.get("contact", NOTHING) == found.get("engaged", NOTHING) == (0, 0, unknown)


def test_every_measure_has_a_story_in_which_it_counts_and_one_for_its_unknown():
    for measure in LADDER:
        rows = [counted.get(measure.code, NOTHING) for counted in pencil.LADDER.values()]
        assert any(people and instances for people, instances, _ in rows), measure.code
        assert any(row != (1, 1, 0) for row in rows), measure.code
        if "Unknown" in measure.definition and measure.code != "returned":  # it has tests above
            assert any(unknown for *_, unknown in rows), measure.code


def test_every_story_has_its_counts_and_every_count_its_story():
    assert LADDERS.keys() == pencil.LADDER.keys()
    assert pencil.REASONS.keys() <= LADDERS.keys()
    assert needs.NEEDS.keys() == pencil.NEEDS.keys()
    assert told.WORTH.keys() == pencil.WORTH.keys()
