"""The commands that write reports: exact for oneself, and for others only what was frozen."""

import json

import pytest
from editions.test_pages import places, walked  # noqa: F401 - a fixture

SCOTLAND = "S92000003"


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
    words = ("national", "--period", "2026-Q3", "--audience", "own", "--format", form)
    done, out = run(*words)
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 1000
    if form == "json":
        assert json.loads(out.read_text())["report"]["period"]["name"] == "2026-Q3"


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_for_others_there_is_only_what_was_frozen(run, audience):
    done, out = run("national", "--period", "2026-Q3", "--audience", audience)
    assert done.exit_code == 1
    assert "No edition" in done.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("national", "--period", "yesterday"), "Type the period"),
        (("national", "--period", "2026-Q3", "--area", "S1"), "do not know that area"),
        (("national", "--period", "2026-Q3", "--as-at", "soon"), "Type a date"),
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
    done, out = run("edition", "national", "--period", "2026-Q3")
    assert done.exit_code == 0, done.output
    assert {path.suffix for path in out.iterdir()} >= {".ods", ".csv", ".json", ".zip", ".pdf"}
    done, _ = run("edition", "national", "--period", "2026-Q2")
    assert "No edition" in done.output
