"""What the environment may say."""

import pytest

from referral.settings import Settings, UnsafeSettings, from_environment

SAFE = {"secret_key": "s" * 32, "audit_key": "a" * 32}


@pytest.mark.parametrize(
    ("production", "said", "required"),
    [
        (False, "", False),
        (True, "", True),
        (False, "required", True),
        (True, "optional", False),
    ],
)
def test_in_production_a_second_factor_is_required_unless_said_otherwise(
    production, said, required
):
    settings = Settings("sqlite://", production=production, second_factor=said, **SAFE)
    assert settings.second_factor_required is required


def test_another_word_for_the_second_factor_is_refused():
    with pytest.raises(UnsafeSettings):
        Settings("sqlite://", second_factor="yes")


def test_a_short_key_for_what_lies_in_the_database_is_refused_in_production():
    with pytest.raises(UnsafeSettings):
        Settings("sqlite://", production=True, data_keys=("short",), **SAFE)


def test_the_environment_names_keys_and_proxies(monkeypatch):
    monkeypatch.setenv("DATA_KEYS", "new,old")
    monkeypatch.setenv("TRUSTED_PROXIES", "1")
    monkeypatch.setenv("SECOND_FACTOR", "required")
    settings = from_environment()
    assert settings.data_keys == ("new", "old")
    assert settings.trusted_proxies == 1
    assert settings.second_factor_required
