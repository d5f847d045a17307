"""What the environment may say, and what is refused where people are real."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from flask_migrate import upgrade
from safe import PRODUCTION

from referral.app import create_app
from referral.db import db
from referral.demo.organisations import empty
from referral.settings import DEVELOPMENT_KEY, KEY_LISTS, Settings, UnsafeSettings, from_environment

ROOT = Path(__file__).parents[1]


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
    settings = Settings(
        "sqlite://", **PRODUCTION | {"production": production, "second_factor": said}
    )
    assert settings.second_factor_required is required


def test_another_word_for_the_second_factor_is_refused():
    with pytest.raises(UnsafeSettings):
        Settings("sqlite://", second_factor="yes")


@pytest.mark.parametrize("name", KEY_LISTS)
def test_a_short_key_in_any_list_of_keys_is_refused_in_production(name):
    for key in ("short", DEVELOPMENT_KEY):
        with pytest.raises(UnsafeSettings, match=name):
            Settings("sqlite://", **PRODUCTION | {name.lower(): ("k" * 32, key)})
    Settings("sqlite://", **PRODUCTION | {name.lower(): ("k" * 32,)})


def test_the_environment_names_keys_and_proxies(monkeypatch):
    for name in KEY_LISTS:
        monkeypatch.setenv(name, "new, old")
    monkeypatch.setenv("TRUSTED_PROXIES", "1")
    monkeypatch.setenv("SECOND_FACTOR", "required")
    monkeypatch.setenv("TRUSTED_HOSTS", "one.test, two.test")
    settings = from_environment()
    for name in KEY_LISTS:
        assert getattr(settings, name.lower()) == ("new", "old")
    assert settings.trusted_proxies == 1
    assert settings.trusted_hosts == ("one.test", "two.test")
    assert settings.second_factor_required


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"secret_key": "s" * 31}, "SECRET_KEY"),
        ({"audit_key": "a" * 31}, "AUDIT_KEY"),
        ({"audit_key": "s" * 32}, "Make AUDIT_KEY different from SECRET_KEY"),
        ({"secret_key": "a" * 32}, "Make AUDIT_KEY different from SECRET_KEY"),
        ({"public_url": "http://referral.test"}, "PUBLIC_URL"),
        ({"public_url": "https://127.0.0.1"}, "PUBLIC_URL"),
        ({"public_url": "https://localhost:8000"}, "PUBLIC_URL"),
        ({"mail_from": "no-reply@example.org"}, "MAIL_FROM"),
        ({"mail_from": "us@post.example.com"}, "MAIL_FROM"),
    ],
)
def test_production_does_not_start_with_what_would_harm_people(said, name):
    with pytest.raises(UnsafeSettings, match=name):
        Settings("sqlite://", **PRODUCTION | said)


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(UnsafeSettings, match=r"SECRET_KEY.*AUDIT_KEY.*PUBLIC_URL.*MAIL_FROM"):
        Settings("sqlite://", production=True)


def test_the_environment_says_how_long_a_sign_in_lasts(monkeypatch):
    assert from_environment().desk_idle_minutes == 10
    for name, minutes in (("IDLE", "20"), ("DESK_IDLE", "5"), ("SESSION", "480")):
        monkeypatch.setenv(f"{name}_MINUTES", minutes)
    settings = from_environment()
    lasts = (settings.idle_minutes, settings.desk_idle_minutes, settings.session_minutes)
    assert lasts == (20, 5, 480)


@pytest.mark.parametrize("said", ["0", "-5", "ten", "1.5", "٥"])
def test_what_is_no_number_of_minutes_is_refused(monkeypatch, said):
    monkeypatch.setenv("DESK_IDLE_MINUTES", said)
    with pytest.raises(UnsafeSettings, match="DESK_IDLE_MINUTES"):
        from_environment()


@pytest.mark.parametrize("word", ["prod", "Production", "live", "1"])
def test_a_misspelt_environment_never_means_development(monkeypatch, word):
    monkeypatch.setenv("REFERRAL_ENV", word)
    with pytest.raises(UnsafeSettings, match="REFERRAL_ENV"):
        from_environment()


@pytest.mark.parametrize("word", ["", "development"])
def test_development_is_the_rest(monkeypatch, word):
    monkeypatch.setenv("REFERRAL_ENV", word)
    assert not from_environment().production


@pytest.mark.parametrize(
    "command",
    [("flask", "--app", "wsgi", "db", "upgrade"), ("gunicorn", "-b", "127.0.0.1:0", "wsgi:app")],
)
def test_an_unsafe_start_ends_with_one_clear_line(command):
    unsafe = {"PATH": os.environ["PATH"], "REFERRAL_ENV": "production"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, env=unsafe, capture_output=True, text=True
    )
    assert done.returncode == 3
    said = [line for line in done.stderr.splitlines() if "SECRET_KEY" in line]
    assert said
    assert said[0].startswith("Not started: Set SECRET_KEY to at least 32 random characters.")
    assert "Traceback" not in done.stderr


def make_run(**more: str) -> subprocess.CompletedProcess[str]:
    """Run it as it stands in the README, without setting up what is set up."""
    command = ["make", "-o", ".venv/.run", "run"]
    said = {**os.environ, **more}
    return subprocess.run(command, cwd=ROOT, env=said, capture_output=True, text=True, timeout=120)


def test_make_run_refuses_production_before_it_touches_the_database(tmp_path):
    done = make_run(REFERRAL_ENV="production", DATABASE_URL=f"sqlite:///{tmp_path / 'real.db'}")
    assert done.returncode != 0
    assert "is for trying out" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_make_run_fails_when_the_port_is_taken(sqlite_model, tmp_path):
    shutil.copy(sqlite_model, tmp_path / "demo.db")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = make_run(PORT=port, DATABASE_URL=f"sqlite:///{tmp_path / 'demo.db'}")
    assert done.returncode != 0
    assert "already in use" in done.stderr


@pytest.mark.parametrize("command", ["load", "ready"])
def test_no_invented_people_are_loaded_into_production(tmp_path, command):
    app = create_app(Settings(f"sqlite:///{tmp_path / 'real.db'}", **PRODUCTION))
    with app.app_context():
        upgrade()
        said = app.test_cli_runner().invoke(args=["demo", command])
        assert said.exit_code != 0
        assert "This is a production installation" in said.output
        assert empty()
        db.session.remove()
        db.engine.dispose()
