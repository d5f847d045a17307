"""Days, birth dates and moments are read as people type them; what cannot be says what is wrong."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.web.moments import Side, as_typed, moment
from referral.web.reading import Unreadable, birth_date, day

TODAY = date(2026, 11, 26)
NIGHT = datetime(2026, 11, 26, 0, 40, tzinfo=UTC)
DAYS = st.dates(date(1917, 1, 1), date(2014, 1, 1))


@pytest.mark.parametrize(
    "typed",
    ["3 5 1985", "3/5/85", "03051985", "030585", "19850503", "3 May 1985", "3rd of May, 1985",
     "May 3 1985", "1985-05-03", "1985/05/03", "3.5.1985", "3-5-85", "  3  may  85 ", "3MAY1985",
     "٣/٥/١٩٨٥", "３．５．１９８５".replace("．", "."), "\u200f3/5/1985"],
)  # fmt: skip
def test_a_birth_date_is_read_as_people_type_it(typed):
    assert birth_date(typed, TODAY) == date(1985, 5, 3)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("3 5 2030", "in the future"),
        ("3 5 2020", "under 12"),
        ("27 11 2014", "under 12"),
        ("3 5 1915", "more than 110 years ago"),
        ("3 5 1826", "cannot be 1826"),
        ("3 5 0026", "cannot be 26"),
        ("31 2 1985", "There is no 31 February 1985"),
        ("29 2 1985", "There is no 29 February 1985"),
        ("12/25/1985", "There is no month 25. Type the day first"),
        ("3 5 20", "all four digits"),  # a child of six, or somebody of 106
        ("3 5", "the year as well"),
        ("about 3 5 1985", "as day month year"),
        ("3 5 1985 or 86", "as day month year"),
        ("3 mai 1985", "as day month year"),
        ("1985", "as day month year"),
        ("3 5 085", "as day month year"),
        ("-3 5 1985", "as day month year"),
        ("3" * 50, "as day month year"),
        ("²/5/1985", "as day month year"),
    ],
)
def test_what_cannot_be_a_birth_date_is_told_in_the_sentence_that_fits(typed, says):
    with pytest.raises(Unreadable, match=says):
        birth_date(typed, TODAY)


def test_the_youngest_and_the_oldest_are_read_on_their_birthday():
    assert birth_date("26 11 2014", TODAY) == date(2014, 11, 26)
    assert birth_date("27 11 1915", TODAY) == date(1915, 11, 27)


@given(DAYS, st.sampled_from(["%d %m %Y", "%d/%m/%Y", "%d%m%Y", "%Y-%m-%d", "%Y%m%d", "%d %b %Y"]))
def test_a_day_is_read_as_itself_however_it_is_written(born, shape):
    assert birth_date(born.strftime(shape), TODAY) == born
    assert day(born.strftime(shape), TODAY) == born


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(typed):
    for read in (lambda: birth_date(typed, TODAY), lambda: moment(typed, NIGHT)):
        try:
            read()
        except Unreadable:
            continue


def test_a_day_without_a_year_is_the_nearest():
    assert day("5 Jan", TODAY) == date(2027, 1, 5)
    assert day("24 Nov", TODAY) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("24 Nov 14:30", "2026-11-24T14:30"),
        ("24 Nov 2026, 15:04", "2026-11-24T15:04"),
        ("24/11/26 14:30", "2026-11-24T14:30"),
        ("24 Nov 2026 1430", "2026-11-24T14:30"),
        ("2026-11-24T03:15", "2026-11-24T03:15"),
        ("2026-11-24 03:15:22", "2026-11-24T03:15:22"),
        ("2026-11-24T03:15:22.5", "2026-11-24T03:15:22"),
        ("2026-07-01T03:15+00:00", "2026-07-01T03:15"),
        ("1 7 2026 04:15", "2026-07-01T03:15"),
        ("now", "2026-11-26T00:40"),
        ("yesterday 23:10", "2026-11-25T23:10"),
        ("23:10 yesterday", "2026-11-25T23:10"),
        ("+1", "2026-11-26T01:40"),
        ("+1:30", "2026-11-26T02:10"),
        ("+30 min", "2026-11-26T01:10"),
        ("tomorrow 10", "2026-11-27T10:00"),
        ("tomorrow at 2.30pm", "2026-11-27T14:30"),
        ("12am", "2026-11-26T00:00"),
    ],
)
def test_a_moment_is_read_as_people_type_it(typed, read):
    assert moment(typed, NIGHT).replace(microsecond=0, tzinfo=None) == datetime.fromisoformat(read)


@pytest.mark.parametrize("typed", ["2310", "23:10", "11.10pm"])
def test_a_clock_alone_is_that_of_the_night_it_must_belong_to(typed):
    assert moment(typed, NIGHT, Side.PAST) == datetime(2026, 11, 25, 23, 10, tzinfo=UTC)
    assert moment(typed, NIGHT, Side.FUTURE) == datetime(2026, 11, 26, 23, 10, tzinfo=UTC)


def test_a_clock_a_little_ahead_is_not_taken_for_yesterdays():
    assert moment("0050", NIGHT, Side.PAST) == datetime(2026, 11, 26, 0, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("24 11 2026", "the time as well"),  # not 20:26 on 24 November
        ("24 Nov 10", "the time as well"),
        ("25:10", "no such time"),
        ("13pm", "no such time"),
        ("soon", "like 14:30"),
        ("0026-11-24T03:15", "cannot be 26"),
        ("9999-12-31T23:59", "Check the year"),
        ("31 Feb 14:30", "There is no 31 February"),
        ("29 Mar 2026 01:30", "that time does not exist"),
        ("25 Oct 2026 01:30", "Type 01:30 BST for the first or 01:30 GMT for the second"),
        ("24 Nov 14:30 BST", "GMT on that day"),
    ],
)
def test_what_cannot_be_a_moment_is_told_in_the_sentence_that_fits(typed, says):
    with pytest.raises(Unreadable, match=says):
        moment(typed, NIGHT)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("01:30 BST", 0), ("01:30 first", 0), ("01:30 GMT", 1), ("01:30 second", 1)],
)
def test_the_hour_that_comes_twice_is_said_with_which_of_them(typed, hour):
    read = moment(f"25 Oct 2026 {typed}", NIGHT)
    assert read == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


def test_a_later_day_is_not_asked_about_the_hour_that_came_twice_the_day_before():
    morning = datetime(2026, 10, 26, 8, tzinfo=UTC)
    assert moment("0130", morning, Side.PAST) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@given(st.integers(0, 730 * 24 * 60))
def test_what_a_field_shows_is_read_as_the_same_moment(minutes):
    shown = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert moment(as_typed(shown), NIGHT) == shown
    assert moment("+1", shown) - shown == timedelta(hours=1)
