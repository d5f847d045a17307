"""The product, loaded once, and served by gunicorn in a fork for each folder.

To load it takes seconds, for which each browser test would wait. It reads lines of JSON: a port, a
folder and the environment; each is answered with the number of the process that serves.
"""

import json
import os
import signal
import sys
from pathlib import Path

from flask import Flask
from gunicorn.app.base import BaseApplication
from jinja2 import FileSystemBytecodeCache

from referral.app import create_app
from referral.settings import from_environment


class Served(BaseApplication):
    """The application of the environment at a port of this machine."""

    def __init__(self, port: int, templates: Path) -> None:
        self._port, self._templates = port, templates
        super().__init__()

    def load_config(self) -> None:
        """As `make run` has it, but for the number of workers."""
        self.cfg.set("bind", f"127.0.0.1:{self._port}")
        self.cfg.set("threads", 4)
        self.cfg.set("control_socket_disable", True)

    def load(self) -> Flask:
        """The application, whose templates are compiled once for all forks."""
        app = create_app(from_environment())
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(self._templates))
        return app


def serve(port: int, folder: str, environment: dict[str, str]) -> None:
    """Serve until told to stop; what is logged goes to the folder."""
    os.environ.clear()
    os.environ.update(environment)
    log = os.open(Path(folder) / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(log, stream.fileno())
    Served(port, Path(sys.argv[1])).run()


def main() -> None:
    """One fork for each line."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a fork
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(*json.loads(line))
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main()
