"""What holds between the numbers of several editions."""

from referral.editions.between import between
from referral.published.cells import AtMost, Sum

COUNCILS = {"S1": ("S1",), "S2": ("S2",), "ADP": ("S1", "S2"), "S3": ("S3",)}


def key(unit="referrals", place="S92000003", period="2026-Q3"):
    return "referral", unit, place, period


def months(unit="referrals"):
    return [key(unit, period=f"2026-{month:02}") for month in (7, 8, 9)]


def test_three_months_make_up_their_quarter():
    sums, bounds = between([key(), *months()], {})
    assert sums == [Sum(key(), tuple(months()))]
    assert AtMost(months()[0], (key(),)) in bounds


def test_people_may_come_in_several_months():
    whole = key("people")
    sums, bounds = between([whole, *months("people")], {})
    assert not sums
    assert AtMost(whole, tuple(months("people"))) in bounds


def test_with_a_month_missing_each_is_still_no_greater_than_the_quarter():
    sums, bounds = between([key(), *months()[:2]], {})
    assert not sums
    assert len(bounds) == 2


def test_a_year_is_made_up_of_quarters_and_months():
    year = [key(period="2026"), key(period="2026-Q1"), key(period="2026-Q2"), *months(),
            key(period="2026-Q4")]  # fmt: skip
    sums, _ = between(year, {})
    parts = (year[1], year[2], *months(), year[-1])
    assert Sum(year[0], parts) in sums


def test_a_financial_year_does_not_lie_in_a_calendar_year():
    sums, bounds = between([key(period="2025-26"), key(period="2026")], {})
    assert not sums
    assert not bounds


def test_an_area_is_made_up_of_its_councils_by_where_people_live():
    places = [key(place=f"home:{code}") for code in ("ADP", "S1", "S2")]
    sums, _ = between(places, COUNCILS)
    assert sums == [Sum(places[0], tuple(places[1:]))]
    assert between(places[:2], COUNCILS)[0] == []
    assert between([key(place=f"first:{code}") for code in COUNCILS], COUNCILS)[0] == []
