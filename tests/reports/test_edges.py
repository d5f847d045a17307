"""Where a report begins and ends: midnight in Scotland, the border of an area, a small number."""

from datetime import date, timedelta

import pytest
from reports.stories import OPENING, STARTED
from support.stories import centre, moment, staff

from referral import clock
from referral.reports.disclosure import Shown, Status, exact, protect, protect_parts, share
from referral.reports.queries import became_of, report_of, team_report, team_unmet

LATER = moment("2027-06-01 12:00")
NAMES = [f"P{number}" for number in range(40)]
GLASGOW, FALKIRK, SCOTLAND = "S12000049", "S12000014", "S92000003"


def many(story: str, names: list[str]) -> str:
    """One story of several people."""
    return "\n".join(story.replace("Ann", name) for name in names)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-Q1", "2026-01-01", "2026-03-31"),  # the clocks go forward in it
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),  # and back
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("2025-26", "2025-04-01", "2026-03-31"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_goes_from_midnight_to_midnight_in_scotland(stories, period, first, last):
    day = timedelta(days=1)
    before, after = date.fromisoformat(first) - day, date.fromisoformat(last) + day
    stories.play(f"""
{before} 23:59:59 Ann booked at Govan
{first} 00:00 Bob booked at Govan
{last} 23:59:59 Cat booked at Govan
{after} 00:00 Dan booked at Govan
""")
    assert team_report(period, stories.lead, LATER).ladder[0].people.value == 2


def test_an_area_is_where_the_custody_centre_is_and_not_where_the_person_lives(stories):
    for place, number in (("Govan", 5), ("London Road", 5), ("Clydebank", 5), ("Falkirk", 10)):
        for name in NAMES[:number]:
            at = place.replace(" ", "_")
            stories.play(f"2026-08-03 09:00 {name}{at} booked at {at} S12000033")
    booked = {
        code: report_of("2026-Q3", code, LATER).ladder[0].people.value
        for code in (SCOTLAND, GLASGOW, FALKIRK, "S11000015", "S08000031", "G", "L", "S12000033")
    }
    assert booked == {
        SCOTLAND: 25,
        GLASGOW: 10,
        FALKIRK: 10,
        "S11000015": 10,  # the ADP of Glasgow
        "S08000031": 15,  # the health board, with Clydebank
        "G": 10,  # the police divisions
        "L": 5,
        "S12000033": 0,  # where they all live
    }
    own = team_report("2026-Q3", stories.lead, LATER)
    assert own.ladder[0].people.value == 20  # London Road is no centre of the team
    nobody = team_report("2026-Q3", staff("Omar Reid"), LATER)
    assert nobody.empty


@pytest.mark.parametrize(("number", "shown"), [(3, None), (4, None), (5, 5), (6, 5), (8, 10)])
def test_outside_nobody_reads_a_number_below_five_and_the_team_reads_its_own(
    stories, number, shown
):
    asked = """2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann declined because TRUST denying DRUG"""
    stories.play(many(asked, NAMES[:number]))
    outside = report_of("2026-Q3", GLASGOW, LATER)
    told = {step.measure.code: step.people.value for step in outside.ladder}
    assert (told["booked"], told["asked"], told["agreed"]) == (shown, shown, 0)
    declined = outside.reasons[1]
    assert (*declined.parts.values(), declined.total) == (protect(number), protect(number))
    assert outside.withheld == (6 if shown is None else 0)  # people and stays, reason and total
    own = team_report("2026-Q3", stories.lead, LATER)
    assert own.ladder[0].people == own.reasons[1].total == exact(number)
    assert own.withheld == 0


@pytest.mark.parametrize(("booked", "percent"), [(19, None), (20, 25)])
def test_a_share_is_of_the_people_booked_and_needs_twenty_of_them(stories, booked, percent):
    stories.play(many("2026-08-03 09:00 Ann booked at Govan", NAMES[:booked]))
    stories.play(many("2026-08-03 09:30 Ann declined", NAMES[:5]))
    ladder = team_report("2026-Q3", stories.lead, LATER).ladder
    shares = {step.measure.code: step.share for step in ladder}
    assert shares["asked"] == percent
    assert shares["booked"] == (100 if percent else None)


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, 0), (1, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)],
)
def test_what_is_told_of_a_number(count, shown):
    assert protect(count) == Shown(shown, Status.WITHHELD if shown is None else Status.ROUNDED)


@pytest.mark.parametrize(
    ("shown", "least", "most"),
    [
        (Shown(None, Status.WITHHELD), 1, 4),
        (protect(0), 0, 0),
        (protect(5), 5, 7),
        (protect(10), 8, 12),
        (exact(3), 3, 3),
    ],
)
def test_what_a_shown_number_may_stand_for(shown, least, most):
    assert shown.range == (least, most)


@pytest.mark.parametrize(
    ("parts", "total"),
    [((4, 4), None), ((4, 1), 5), ((4, 5), 10), ((3,), None), ((0, 5), 5), ((), 0)],
)
def test_a_total_is_withheld_where_it_would_give_a_part_away(parts, total):
    named = {str(number): part for number, part in enumerate(parts)}
    assert protect_parts(named, sum(parts))[1].value == total


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(1, 20, 5), (5, 19, None), (5, 20, 25), (7, 20, 35), (21, 20, 100), (1, 3, None)],
)
def test_a_share_in_whole_percent(part, whole, percent):
    assert share(exact(part), exact(whole)) == percent
    assert share(Shown(None, Status.WITHHELD), exact(whole)) is None


GAP = """
2026-08-03 09:00 Ann booked at Govan
2026-08-03 09:30 Ann agreed telling DRUG DEBT
"""


def weeks_of(ledger, need: str) -> dict[str, int]:
    """The weeks in which a need was noted, by their Monday."""
    rows = {row.need: row.weeks for row in ledger.rows}
    pairs = zip(ledger.weeks, rows.get(need, ()), strict=False)
    return {str(week): number for week, number in pairs if number}


@pytest.mark.parametrize(
    ("noted", "week"),
    [
        ("2026-08-16 23:59:59", None),  # twelve weeks are shown, the running one among them
        ("2026-08-17 00:00", "2026-08-17"),
        ("2026-10-04 23:59:59", "2026-09-28"),
        ("2026-10-05 00:00", "2026-10-05"),  # in summer time, while it is still Sunday in UTC
        ("2026-10-25 23:59:59", "2026-10-19"),  # the night of the clock change
        ("2026-10-26 00:00", "2026-10-26"),
        ("2026-11-02 00:00", "2026-11-02"),
    ],
)
def test_an_unmet_need_counts_in_the_week_that_it_is_in_scotland(stories, noted, week):
    stories.play(GAP).play(f"{noted} Ann unmet because none DEBT")
    ledger = team_unmet(stories.lead, moment("2026-11-04 12:00").date())
    assert weeks_of(ledger, "DEBT") == ({week: 1} if week else {})


def test_the_ledger_counts_each_need_until_a_service_takes_it_on(stories):
    stories.play(GAP).play(
        """
2026-10-05 09:00 Ann unmet because none DEBT DRUG
2026-10-06 09:00 Ann unmet because full DEBT
2026-10-07 09:00 Ann referred to hub
"""
    )
    day = moment("2026-11-04 12:00").date()
    rows = team_unmet(stories.lead, day).rows
    assert [(row.need, row.whole) for row in rows] == [("DEBT", 1), ("DRUG", 1)]
    stories.play("2026-10-08 09:00 Ann accepted by hub")
    rows = team_unmet(stories.lead, day).rows
    assert [(row.need, row.whole) for row in rows] == [("DEBT", 1)]


def test_the_ledger_is_exact_and_of_the_own_team_alone(stories):
    day = moment("2026-08-05 12:00").date()
    noted = GAP + "2026-08-04 09:00 Ann unmet because none DEBT\n"
    stories.play(many(noted, NAMES[:4]))
    stories.play(many(noted.replace("Govan", "Falkirk"), NAMES[4:9]))
    assert [row.whole for row in team_unmet(stories.lead, day).rows] == [9]
    for name in ("Omar Reid", "Isla Gunn"):  # of another team, and of none
        assert team_unmet(staff(name), day).rows == ()


MOMENT = moment("2026-09-01 00:30")  # in UTC it is still August


@pytest.fixture
def september(monkeypatch):
    monkeypatch.setattr(clock, "source", lambda: MOMENT)


def became(place: str = "Govan") -> dict[str, int | None] | None:
    found = became_of(centre(place).id, MOMENT)
    return found and {step: shown.value for step, shown in found.items()}


def test_a_centre_sees_what_became_of_last_month_where_no_number_is_small(stories, september):
    stories.play(many(STARTED, NAMES[:5]))
    assert became() == {"asked": 5, "met": 5, "engaged": 5}
    stories.play(many(OPENING + "2026-08-03 10:00 Ann assessed", NAMES[5:8]))
    stories.play(many("2026-08-31 23:59 Ann booked at Govan", NAMES[8:12]))  # and never asked
    assert became() == {"asked": 10, "met": 10, "engaged": 5}
    assert became("Falkirk") is None


@pytest.mark.parametrize(
    "fifth",
    [
        OPENING + "2026-08-03 10:00 Ann referred to hub",  # met, and has not started
        OPENING,  # asked, and met nobody
        "2026-08-03 09:00 Ann booked at Govan",
        STARTED.replace("2026-08-0", "2026-07-0"),
    ],
)
def test_a_centre_is_told_nothing_where_only_four_went_all_the_way(stories, september, fifth):
    stories.play(many(STARTED, NAMES[:4])).play(fifth.replace("Ann", "Eve"))
    assert became() is None
