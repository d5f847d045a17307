"""How old somebody is, to the day in Scotland, and how the young are marked."""

from datetime import date

import pytest

from referral.people.ages import Age, Young, age_on

LEAP = date(2008, 2, 29)
BORN = date(2010, 11, 26)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (BORN, date(2026, 11, 25), 15),
        (BORN, date(2026, 11, 26), 16),
        (BORN, date(2026, 12, 1), 16),
        (BORN, date(2027, 1, 31), 16),
        (LEAP, date(2026, 2, 28), 17),
        (LEAP, date(2026, 3, 1), 18),
        (LEAP, date(2028, 2, 28), 19),
        (LEAP, date(2028, 2, 29), 20),
        (BORN, BORN, 0),
    ],
)
def test_a_year_is_complete_on_the_birthday(born, on, years):
    assert age_on(born, None, on) == Age(years)
    assert age_on(born, 1950, on) == Age(years)  # a birth date counts before a guess


def test_nothing_is_known_of_who_told_nothing():
    assert age_on(None, None, BORN) is None


@pytest.mark.parametrize(
    ("age", "young", "mark"),
    [
        (Age(12), Young.UNDER_16, "Under 16"),
        (Age(15), Young.UNDER_16, "Under 16"),
        (Age(16), Young.UNDER_18, "16 or 17"),
        (Age(17), Young.UNDER_18, "16 or 17"),
        (Age(18), None, ""),
        (Age(15, about=True), Young.UNDER_16, "May be under 16"),
        (Age(16, about=True), Young.UNDER_16, "May be under 16"),
        (Age(18, about=True), Young.UNDER_18, "May be under 18"),
        (Age(19, about=True), None, ""),
    ],
)
def test_of_the_ages_that_somebody_may_be_the_lowest_decides(age, young, mark):
    assert (age.young, age.mark) == (young, mark)


def test_an_age_that_is_only_about_known_says_so():
    assert age_on(None, 1985, date(2026, 1, 1)).words == "about 41"
    assert Age(41).words == "41"
