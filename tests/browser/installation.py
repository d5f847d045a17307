"""A real installation on loopback, with all its processes, for the time of a test."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_string, policy
from pathlib import Path
from uuid import uuid4

import pytest
from browser.conftest import ROOT, _wait_for
from browser.proxy import Behind, proxied
from jobs.receiver import MailReceiver, receiving
from sqlalchemy.engine import make_url
from support.databases import execute, named

HOST = "referral.test"


@dataclass(frozen=True)
class Installation:
    """A running installation: its address, what reached it, its post, its log and commands."""

    address: str
    behind: Behind
    post: MailReceiver
    folder: Path
    settings: dict[str, str]

    def flask(self, *command: str, ends_with: int = 0) -> str:
        """Run a command of it; returns what it says."""
        run = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
        done = subprocess.run(run, cwd=ROOT, env=self.settings, capture_output=True, text=True)
        assert done.returncode == ends_with, done.stderr
        return done.stdout

    @contextmanager
    def running(self, *command: str) -> Iterator[None]:
        """One of its processes, for the time of the block."""
        with (self.folder / "log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command], cwd=ROOT, env=self.settings, stderr=log
            )
            try:
                yield
            finally:
                process.terminate()
                process.wait(30)

    def mailed(self, address: str, subject: str, what: str = r"https://\S+") -> str:
        """The address (or what else) in the newest e-mail that begins so, once it has come."""
        for _ in range(300):
            for mail in reversed(self.post.mails):
                read = message_from_string(mail, policy=policy.default)
                if read["To"] == address and read["Subject"].startswith(subject):
                    return re.search(what, read.get_content())[0]
            time.sleep(0.1)
        pytest.fail(f"no e-mail “{subject}” came to {address}")


@contextmanager
def installed(server: str, folder: Path) -> Iterator[Installation]:
    """An installation that was set up as the README says, on an empty database of a server."""
    name = f"production_{uuid4().hex}"
    execute(named(server, "postgres"), f"CREATE DATABASE {name}")
    url = make_url(named(server, name)).set(drivername="postgresql")
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    with proxied(HOST, folder) as (address, behind), receiving(MailReceiver()) as post:
        behind.port = port
        settings = {
            "PATH": os.environ["PATH"],
            "REFERRAL_ENV": "production",
            "DATABASE_URL": url.render_as_string(hide_password=False),
            "SECRET_KEY": "s" * 40,
            "AUDIT_KEY": "a" * 40,
            "DATA_KEYS": "d" * 40,
            "PUBLIC_URL": address,
            "TRUSTED_HOSTS": HOST,
            "TRUSTED_PROXIES": "1",
            "SMTP_URL": post.url,
            "MAIL_FROM": f"no-reply@{HOST}",
        }
        made = Installation(address, behind, post, folder, settings)
        made.flask("db", "upgrade")
        made.flask("reference", "load")
        pages = ("gunicorn", "-b", f"127.0.0.1:{port}", "--threads", "4", "wsgi:app")
        with made.running(*pages), made.running("flask", "--app", "wsgi", "worker"):
            _wait_for(port)
            yield made
    execute(named(server, "postgres"), f"DROP DATABASE {name} WITH (FORCE)")
