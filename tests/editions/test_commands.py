"""The commands that write reports: exact for oneself, and for others only what was frozen."""

import json
from datetime import timedelta

import pytest
from editions.test_pages import places, walked  # noqa: F401 - a fixture
from editions.town import LAST, OF_THE_YEAR

from referral import clock

SCOTLAND = "S92000003"


def in_ten_days() -> str:
    """As it is typed."""
    return f"{clock.today() + timedelta(days=10):%d %b %Y} 9:30"


@pytest.fixture
def run(app, tmp_path):
    """A command, and the file or folder that it writes."""

    def command(*words: str):
        out = tmp_path / "out"
        done = app.test_cli_runner().invoke(args=["report", *words, "--out", str(out)])
        return done, out

    return command


def test_all_reports_are_listed(app):
    done = app.test_cli_runner().invoke(args=["report", "list"])
    assert done.exit_code == 0
    assert "national" in done.output


@pytest.mark.parametrize("form", ["json", "csv", "ods", "zip", "pdf"])
def test_the_own_report_is_written_in_every_form(run, form):
    words = ("national", "--period", LAST, "--audience", "own", "--format", form)
    done, out = run(*words)
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 1000
    if form == "json":
        assert json.loads(out.read_text())["report"]["period"]["name"] == LAST


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_for_others_there_is_only_what_was_frozen(run, audience):
    done, out = run("national", "--period", LAST, "--audience", audience)
    assert done.exit_code == 1
    assert "No edition" in done.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("national", "--period", "yesterday"), "Type the period"),
        (("national", "--period", LAST, "--area", "S1"), "do not know that area"),
        (("national", "--period", LAST, "--as-at", "soon"), "Type a date"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(run, words, said):
    done, out = run(*words, "--audience", "own")
    assert done.exit_code != 0
    assert said in done.output
    assert "Traceback" not in done.output
    assert not out.exists()


def test_a_frozen_edition_is_written_with_all_its_files(run, places, app):  # noqa: F811
    maker, signer, _ = places
    walked(maker, signer, app)
    done, out = run("edition", "national", "--period", LAST)
    assert done.exit_code == 0, done.output
    assert {path.suffix for path in out.iterdir()} >= {".ods", ".csv", ".json", ".zip", ".pdf"}
    done, _ = run("edition", "national", "--period", OF_THE_YEAR[0])
    assert "No edition" in done.output


def test_a_correction_that_goes_out_later_does_not_hide_what_is_out(run, places, app):  # noqa: F811
    maker, signer, _ = places
    walked(maker, signer, app)
    later = {"why_revised": "late entries", "release_at": in_ten_days()}
    walked(maker, signer, app, **later)
    done, out = run("national", "--period", LAST, "--audience", "public")
    assert done.exit_code == 0, done.output
    assert "late entries" not in out.read_text()
