"""The digest of an event is HMAC-SHA-256, made in fewer steps."""

import hmac

import pytest

from referral.audit.chain import digest_of

SAID = ("1", "2026-11-27T08:00:00+00:00", "booking:collected", "None", "0" * 64)


@pytest.mark.parametrize("key", ["", "k", "k" * 63, "k" * 64, "k" * 65, "\u00e9" * 40, "k" * 500])
def test_it_is_what_the_library_makes_of_it_whatever_the_length_of_the_key(key):
    expected = hmac.digest(key.encode(), repr(list(SAID)).encode(), "sha256").hex()
    assert digest_of(SAID, key) == expected
    assert digest_of(list(SAID), key) == expected
