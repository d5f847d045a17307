"""What is sealed opens with the right key, for the same purpose, and not otherwise."""

import pytest

from referral.app import create_app
from referral.settings import Settings
from referral.web.sealing import seal, unseal


def at(*keys, secret="s" * 32, before=()):
    settings = Settings(
        database_url="sqlite://", secret_key=secret, data_keys=keys, secret_key_fallbacks=before
    )
    return create_app(settings).app_context()


def test_a_key_can_be_replaced_while_the_old_one_still_opens():
    with at("old"):
        sealed = seal("a", "Jim")
    with at("new", "old"):
        assert unseal("a", sealed) == "Jim"
        anew = seal("a", "Jim")
    with at("new"):
        assert unseal("a", anew) == "Jim"
        assert unseal("a", sealed) is None


def test_without_keys_of_its_own_it_is_sealed_with_the_secret_key():
    with at():
        sealed = seal("a", "Jim")
        assert unseal("a", sealed) == "Jim"
    with at("first"):
        assert unseal("a", sealed) == "Jim"
    with at(secret="t" * 32):
        assert unseal("a", sealed) is None
    with at(secret="t" * 32, before=("s" * 32,)):
        assert unseal("a", sealed) == "Jim"


@pytest.mark.parametrize("spoilt", ["", "x", "é", "gAAAA"])
def test_what_was_altered_or_made_for_something_else_does_not_open(spoilt):
    with at("key"):
        assert unseal("a", spoilt) is None
        assert unseal("b", seal("a", "Jim")) is None
