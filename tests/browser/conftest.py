"""A served application and a real Chromium for the browser tests."""

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from subprocess import PIPE
from threading import Thread

import pytest
from browser.places import add_what_the_demo_lacks
from flask import Flask
from werkzeug.serving import make_server

from referral.app import create_app
from referral.clock import now
from referral.db import db
from referral.demo.story import play
from referral.settings import Settings

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs a browser: `.ci/run` asks for those apart."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


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
    with served(tmp_path) as address:
        yield address


@pytest.fixture(scope="session")
def demo_app(sqlite_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database with some weeks of the demo; nobody writes into it."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(sqlite_model, folder / "site.db")
    app = create_app(Settings(database_url=f"sqlite:///{folder / 'site.db'}"))
    app.config["FOLDER"] = folder
    with app.app_context():
        play(120, 1, now())
        add_what_the_demo_lacks()
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def demo_site(demo_app: Flask) -> Iterator[str]:
    """The address of the application on that database."""
    with served(demo_app.config["FOLDER"]) as address:
        yield address


@pytest.fixture
def bare() -> Flask:
    """The application without a database."""
    return create_app(Settings(database_url="sqlite://"))


@contextmanager
def answering(app: Flask) -> Iterator[str]:
    """Serve an application of this process, on whichever database: its clock can be set."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        serving.join()


@contextmanager
def served(tmp_path: Path) -> Iterator[str]:
    """Serve the database of a folder for the time of the block."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    settings = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'site.db'}"}
    loaded = _loaded()
    loaded.stdin.write(json.dumps([port, str(tmp_path), settings]) + "\n")
    loaded.stdin.flush()
    server = int(loaded.stdout.readline())
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.kill(server, signal.SIGQUIT)  # does not wait for what a browser keeps open


@cache
def _loaded() -> subprocess.Popen[str]:
    """The process that has loaded the product; it ends with this one."""
    compiled = tempfile.mkdtemp()
    command = [sys.executable, "-m", "browser.serving", compiled]
    paths = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    loaded = subprocess.Popen(command, cwd=ROOT, env=paths, stdin=PIPE, stdout=PIPE, text=True)

    @atexit.register
    def end() -> None:
        loaded.communicate(timeout=20)
        shutil.rmtree(compiled)

    return loaded


def _wait_for(port: int) -> None:
    for _ in range(1500):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    pytest.fail("the application did not start")
