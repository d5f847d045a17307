"""A served application and a real Chromium for the browser tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """The Chromium of this machine; without one the tests are skipped, or fail where required."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("Chromium is required here, and none was found")
        pytest.skip("no Chromium on this machine")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {"executable_path": found, "args": ["--no-sandbox", "--disable-quic", *quiet]}


@pytest.fixture
def site(sqlite_model: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the application, served by gunicorn on a database of the test's own."""
    shutil.copy(sqlite_model, tmp_path / "site.db")
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "--threads", "4"]
    settings = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'site.db'}"}
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen([*command, "wsgi:app"], cwd=ROOT, env=settings, stderr=log)
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the application did not start")
