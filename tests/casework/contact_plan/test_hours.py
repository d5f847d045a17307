"""When a message may reach a person: what is understood, what is not, and the clock in Scotland."""

from datetime import UTC, datetime, time

import pytest

from referral.casework.contact_plan.hours import EVERY_DAY, WORKDAYS, Hours, hours_in

UNDERSTOOD = {
    "": (9, 20, EVERY_DAY),
    "Any time": (9, 20, EVERY_DAY),
    "after 12": (12, 20, EVERY_DAY),
    "after 5pm": (17, 20, EVERY_DAY),
    "After noon, please": (12, 20, EVERY_DAY),
    "before 12": (9, 12, EVERY_DAY),
    "until 17:00": (9, 17, EVERY_DAY),
    "10 to 16": (10, 16, EVERY_DAY),
    "9-12": (9, 12, EVERY_DAY),
    "between 10am and 4 pm": (10, 16, EVERY_DAY),
    "06:00 - 23:00": (9, 20, EVERY_DAY),  # never at night, whatever was said
    "from 11am": (11, 20, EVERY_DAY),
    "12pm to 4pm": (12, 16, EVERY_DAY),
    "12am to 4pm": (9, 16, EVERY_DAY),
    "mornings only": (9, 12, EVERY_DAY),
    "in the afternoon.": (12, 17, EVERY_DAY),
    "weekdays": (9, 20, WORKDAYS),
    "weekdays after 12": (12, 20, WORKDAYS),
    "after 12, not at weekends": (12, 20, WORKDAYS),
    "at the weekend": (9, 20, EVERY_DAY - WORKDAYS),
}
NOT_FOR_SURE = (
    "after 5", "before 8", "10 to 4", "when the heron sings", "when his mum is out", "after 21",
    "not after 12", "never", "after 12 but not on Tuesdays", "25 to 26", "17 to 12", "before 9",
    "after 13pm", "after work", "mornings and evenings", "not mornings", "weekends",
)  # fmt: skip


@pytest.mark.parametrize("words", UNDERSTOOD)
def test_plain_words_are_understood(words):
    opens, closes, days = UNDERSTOOD[words]
    assert hours_in(words) == Hours(time(opens), time(closes), days)


@pytest.mark.parametrize("words", NOT_FOR_SURE)
def test_what_is_not_for_sure_is_no_time_at_all(words):
    assert hours_in(words) is None


@pytest.mark.parametrize(
    ("words", "at", "opens"),
    [
        ("", "2026-11-24T10:00", "2026-11-24T10:00"),
        ("", "2026-11-24T20:00", "2026-11-25T09:00"),
        ("", "2026-11-24T03:00", "2026-11-24T09:00"),
        ("after 12", "2026-11-24T10:00", "2026-11-24T12:00"),
        ("", "2026-07-01T19:30", "2026-07-02T08:00"),  # half past eight in the evening: summer
        ("", "2026-10-24T21:00", "2026-10-25T09:00"),  # the clocks go back in that night
        ("weekdays", "2026-11-27T20:30", "2026-11-30T09:00"),
    ],
)
def test_what_is_outside_waits_for_the_next_hour_that_is_safe(words, at, opens):
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert hours_in(words).next_open(moment).isoformat() == f"{opens}:00+00:00"
