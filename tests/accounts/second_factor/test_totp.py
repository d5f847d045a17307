"""Codes of an app, against the published example and the clock."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from referral.accounts.second_factor.totp import is_code, new_recovery_code, plain, step_of

SECRET = base64.b32encode(b"12345678901234567890").decode()  # RFC 6238, appendix B
AT = datetime.fromtimestamp(1111111109, UTC)
STEP = 1111111109 // 30


def test_the_published_example_is_right_at_its_time():
    assert step_of(SECRET, "081804", AT, after=0) == STEP


@pytest.mark.parametrize(("seconds", "found"), [(-30, STEP), (30, STEP), (-90, None), (90, None)])
def test_a_clock_may_be_half_a_minute_off(seconds, found):
    assert step_of(SECRET, "081804", AT + timedelta(seconds=seconds), after=0) == found


def test_a_code_that_was_used_is_wrong():
    assert step_of(SECRET, "081804", AT, after=STEP) is None


@pytest.mark.parametrize("typed", ["", "81804", "0818040", "08180a", "٠٨١٨٠٤"])
def test_what_is_not_six_digits_is_no_code(typed):
    assert not is_code(typed)
    assert step_of(SECRET, typed, AT, after=0) is None


def test_recovery_codes_differ_and_are_compared_plain():
    codes = {new_recovery_code() for _ in range(50)}
    assert len(codes) == 50
    assert plain(" AbCd-efgh ") == "abcdefgh"
