"""How far people come, and who they are: exactly to the pencil, and nothing small for outsiders."""

import pytest
from reports.changes import BOB, CHANGES, SAID, told
from support.stories import moment

from referral.casework.assessment.actions import enable
from referral.casework.assessment.instruments import instruments
from referral.reports.outcomes import ETHNICITY, LIMITS, VERSION, OutcomeReport
from referral.reports.queries import report_of, team_report
from referral.reports.renderings import as_csv, as_json

AT = moment("2027-02-15 12:00")


def changes(report: OutcomeReport) -> dict[str, tuple[int | None, ...]]:
    """Of each measure who is better, the same, worse; and that together they were asked twice."""
    found = {c.title: tuple(n.value for n in c.became.values()) for c in report.changes}
    for line in report.changes:
        assert list(line.became) == ["Better", "The same", "Worse"]
        assert line.twice.value == sum(found[line.title])
    return found


def parts(report: OutcomeReport, title: str) -> dict[str, int | None]:
    [found] = [one for one in report.reasons if one.title == title]
    assert found.unit == "people"
    return {name: part.value for name, part in found.parts.items()}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_counts_as_it_was_worked_out_by_hand(stories, name):
    story, expected = CHANGES[name]
    for code in ("swemwbs", "row"):
        enable(instruments()[code], "L-1", stories.worker, AT)
    stories.play(story)
    assert changes(team_report("2026-Q3", stories.lead, AT)) == expected


@pytest.mark.parametrize("name", SAID)
def test_who_was_assessed_counts_by_what_they_said_last(stories, name):
    story, ethnicity, limits = SAID[name]
    stories.play(story)
    report = team_report("2026-Q3", stories.lead, AT)
    assert (parts(report, ETHNICITY), parts(report, LIMITS)) == (ethnicity, limits)


def test_nothing_small_is_told_to_outsiders(stories):
    again = "2026-10-26 11:00 Bob measured-again 12w phq-2=6"
    stories.play(told("phq-2=5", "phq-2=2", f"{BOB}{again}"))
    report = report_of("2026-Q3", "S92000003", AT)
    [mood] = report.changes
    assert [n.value for n in mood.became.values()] == [None, 0, None]
    assert mood.twice.value is None
    assert parts(report, ETHNICITY) == {"Not asked": None}
    sheet = as_csv(report).decode()
    assert "change,PHQ-2 (mood): better,people,,withheld" in sheet
    assert '"change"' in as_json(report).decode()
    assert VERSION == "4"
