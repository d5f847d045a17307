"""When two phone numbers are one."""

import pytest

from referral.people.traits import same_number


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("07700900123", "07700 900123", True),
        ("+44 7700 900123", "07700 900123", True),
        ("07700 900123", "07700 900124", False),
        ("", "", False),
        ("ask mum", "", False),
    ],
)
def test_a_number_is_the_same_however_it_is_written_and_none_is_like_no_other(one, other, same):
    assert same_number(one, other) is same
