"""The files that a real installation is made of are what their programs take, and say the truth."""

import ast
import http.client
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from browser.conftest import _wait_for
from browser.proxy import certificate
from conftest import hidden_fields
from postgres import _binaries
from sqlalchemy.engine import make_url
from support.databases import execute, named

from referral.cli.selfcheck import of_settings
from referral.settings import KEY_LISTS, Settings, from_environment

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "docs" / "deploy"
README = (ROOT / "README.md").read_text(encoding="utf-8")
SERVICES = ["referral-web.service", "referral-worker@.service", "referral-backup.service"]
HOST = "referral.example.scot"
EXPOSED_AT_MOST = 2.0  # of 10, as systemd counts


def program(name: str) -> str:
    """A program of this machine; without it the test is skipped, or fails where required."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        if os.environ.get("REQUIRE_DEPLOY_TOOLS"):
            pytest.fail(f"{name} is required here, and was not found")
        pytest.skip(f"no {name} on this machine")
    return found


def run(*command: str, **more: object) -> subprocess.CompletedProcess[str]:
    """Run a program to its end and keep what it says."""
    return subprocess.run(command, capture_output=True, text=True, **more)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, for the place where this copy lies."""
    for unit in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")):
        text = unit.read_text(encoding="utf-8").replace("/opt/referral", str(ROOT))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    return tmp_path


def test_systemd_understands_every_unit(units):
    named = [unit.name.replace("@.", "@1.") for unit in sorted(units.iterdir())]
    said = run(
        program("systemd-analyze"), "verify", "--man=no", *named,
        cwd=units, env={"SYSTEMD_UNIT_PATH": f"{units}:", "PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize("unit", SERVICES)
def test_a_service_may_do_little_more_than_its_work(units, unit):
    said = run(program("systemd-analyze"), "security", "--offline=true", str(units / unit))
    exposed = float(re.search(r"Overall exposure level for .*: ([\d.]+)", said.stdout)[1])
    assert exposed <= EXPOSED_AT_MOST


def started_by(unit: str) -> list[str]:
    """The command of a unit, as words, for the place where this copy lies."""
    text = (DEPLOY / unit).read_text(encoding="utf-8").replace("/opt/referral", str(ROOT))
    return shlex.split(
        re.search(r"^ExecStart=(.*)$", text, re.M)[1].replace("%%", "%").replace("$$", "$")
    )


def settings_of_file() -> dict[str, str]:
    """What the environment file sets, with keys in place of the empty ones."""
    lines = (DEPLOY / "referral.env").read_text(encoding="utf-8").splitlines()
    found = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {n: v or f"{n} {'k' * 32}" for n, v in found.items()}


def test_the_commands_of_the_units_are_taken():
    web, worker = started_by(SERVICES[0]), started_by(SERVICES[1])
    surroundings = {"env": settings_of_file() | {"PATH": os.environ["PATH"]}, "cwd": ROOT}
    taken = run(*web, "--check-config", **surroundings)
    assert taken.returncode == 0, taken.stderr
    assert run(*worker, "--help", **surroundings).returncode == 0


def test_the_command_of_the_installation_takes_its_settings_from_the_file(tmp_path):
    env = tmp_path / "referral.env"
    env.write_text("".join(f"{n}='{v}'\n" for n, v in settings_of_file().items()))
    text = (DEPLOY / "referral").read_text(encoding="utf-8")
    for old, new in (
        ("/etc/referral/referral.env", str(env)),
        ("/opt/referral", str(ROOT)),
        ("runuser -u referral -- ", ""),
    ):
        assert old in text
        text = text.replace(old, new)
    said = run("/bin/sh", "-c", text, "referral", "demo", "ready", env={"PATH": os.environ["PATH"]})
    assert "This is a production installation" in said.stderr


def test_each_setting_stands_in_the_environment_file_and_in_the_readme_and_no_other():
    source = ast.parse((ROOT / "referral" / "settings.py").read_text(encoding="utf-8"))
    calls = [n for n in ast.walk(source) if isinstance(n, ast.Call)]
    readers = ("os.environ.get", "_list", "_minutes")
    first = [n.args[0] for n in calls if ast.unparse(n.func) in readers]
    read = {name.value for name in first if isinstance(name, ast.Constant)}
    fields = {
        keyword.arg for n in calls if ast.unparse(n.func) == "Settings" for keyword in n.keywords
    }
    assert fields == set(Settings.__dataclass_fields__)
    assert {n for n in read if n.endswith(("KEYS", "FALLBACKS"))} == set(KEY_LISTS)
    file = (DEPLOY / "referral.env").read_text(encoding="utf-8")
    table = re.search(r"## Settings\n(.*?)\n## ", README, re.S)[1]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert sorted(re.findall(r"^#?([A-Z_]+)=", file, re.M)) == sorted(read)  # each once
    assert set(re.findall(r"`([A-Z_]+)`", " ".join(rows))) == read


def test_the_settings_of_the_file_are_fit_for_production_once_the_examples_are_ones_own(
    monkeypatch,
):
    for name, value in settings_of_file().items():
        monkeypatch.setenv(name, value)
    (left,) = [one.wrong for one in of_settings(from_environment()) if one.wrong]
    named = {name for name, value in settings_of_file().items() if "example" in value}
    assert set(re.findall(r"Set (\w+)", left)) == named
    for name in named:
        monkeypatch.setenv(name, settings_of_file()[name].replace("example.scot", "referral.test"))
    assert [one for one in of_settings(from_environment()) if one.wrong] == []


def test_caddy_understands_its_file():
    caddy = program("caddy")
    config = ("--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile")
    said = run(caddy, "validate", *config)
    assert said.returncode == 0, said.stderr


@contextmanager
def behind_nginx(folder: Path, port: int) -> Iterator[int]:
    """The example file at work in front of the application; yields where it speaks TLS."""
    nginx, ports = program("nginx"), [_free_port() for _ in range(2)]
    pem = certificate(HOST, folder)
    example = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{ports[0]};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{ports[1]} ssl http2;"),
        ("127.0.0.1:8000", f"127.0.0.1:{port}"),
        ("/etc/ssl/certs/referral.pem", str(pem)),
        ("/etc/ssl/private/referral.key", str(pem)),
        ("/var/log/nginx/", f"{folder}/nginx-"),
    ):
        assert old in example
        example = example.replace(old, new)
    (folder / "nginx.conf").write_text(
        f"pid {folder}/nginx.pid;\ndaemon off;\nevents {{}}\nhttp {{\n{example}\n}}\n"
    )
    command = [nginx, "-p", str(folder), "-c", "nginx.conf", "-e", str(folder / "nginx-start.log")]
    tried = run(*command, "-t")
    assert tried.returncode == 0, tried.stderr
    server = subprocess.Popen(command)
    try:
        _wait_for(ports[1])
        yield ports[1]
    finally:
        server.terminate()
        server.wait(20)


def _free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def test_a_form_is_sent_through_nginx_and_its_log_holds_no_path(sqlite_model, tmp_path):
    program("nginx")
    shutil.copy(sqlite_model, tmp_path / "site.db")
    port = _free_port()
    said = settings_of_file() | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.db'}",
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "wsgi:app"]
    with (tmp_path / "log").open("w") as log:
        pages = subprocess.Popen(command, cwd=ROOT, env=said, stderr=log)
    try:
        _wait_for(port)
        with behind_nginx(tmp_path, port) as door:
            browse(door)
    finally:
        pages.terminate()
        pages.wait(20)
    assert "secret-link" not in "".join(log.read_text() for log in tmp_path.glob("nginx-*.log"))
    assert (tmp_path / "nginx-referral.log").read_text().count("POST 422") == 1


def browse(door: int) -> None:
    """Open the sign-in page and send its form as a browser does; look where nothing is."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    site = http.client.HTTPSConnection("127.0.0.1", door, context=tls)
    site.request("GET", "/sign-in", headers={"Host": HOST})
    page = site.getresponse()
    form = hidden_fields(page.read().decode()) | {"email": "a@b.example", "password": "wrong"}
    assert page.headers["Strict-Transport-Security"]
    said = {
        "Host": HOST,
        "Origin": f"https://{HOST}",
        "Cookie": page.headers["Set-Cookie"].partition(";")[0],
        "Content-Type": "application/x-www-form-urlencoded",
    }
    for path, status in (("/sign-in", 422), ("/a/secret-link/still", 404)):
        site.request("POST", path, urlencode(form), said)
        answer = site.getresponse()
        answer.read()
        assert answer.status == status
    site.request("POST", "/sign-in", "x" * 300_000, said)
    assert site.getresponse().status == 413
    site.close()


@pytest.mark.postgres
def test_what_the_backup_keeps_is_restored_as_the_readme_says(postgres_model, tmp_path):
    model = make_url(postgres_model).set(drivername="postgresql")
    name, server = f"restored_{uuid4().hex}", named(postgres_model, "postgres")
    restored = model.set(database=name).render_as_string(hide_password=False)
    programs = f"{_binaries()}:{os.environ['PATH']}"  # of the server that the tests use
    surroundings = {"PATH": programs, "STATE_DIRECTORY": str(tmp_path)}
    surroundings["DATABASE_URL"] = model.render_as_string(hide_password=False)
    kept = run(*started_by("referral-backup.service"), env=surroundings)
    assert kept.returncode == 0, kept.stderr
    (file,) = tmp_path.glob("referral-*.dump")
    execute(server, f"CREATE DATABASE {name}")
    surroundings["DATABASE_URL"] = restored
    restore = re.search(r"pg_restore .*", README)[0].replace("FILE", str(file)).rstrip("'")
    done = run("/bin/sh", "-c", restore, env=surroundings)
    assert done.returncode == 0, done.stderr
    verify = (sys.executable, "-m", "flask", "--app", "wsgi", "audit", "verify")
    assert "sound" in run(*verify, env=surroundings, cwd=ROOT).stdout
    execute(server, f"DROP DATABASE {name} WITH (FORCE)")
